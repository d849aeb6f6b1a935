import { memory } from './page.js';

/** Somebody was verified in this browser. */
export function remember({ maskedName }) {
  // On a shared device the next person must not go on with what the last one had begun.
  if (memory.get('who') !== maskedName) sessionStorage.clear();
  memory.set('who', maskedName);
  localStorage.setItem('naru.known', 'yes');
}
