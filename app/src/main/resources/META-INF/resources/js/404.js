import { open } from './page.js';

await open('404', () => {});
