import { open } from './page.js';
import text from './text/404.js';

await open(text, () => {});
