import { open } from './page.js';

open('404', () => {});
