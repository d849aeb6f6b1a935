import { lang } from './i18n.js';

let zone = 'Asia/Seoul';
let offset;

export const setZone = (name) => { zone = name ?? zone; };

/** Takes a time the server has sent; the device's clock is never asked. */
export function sync(iso) {
  const found = Date.parse(iso) - performance.now();
  // Travel and caches only make an answer older: the largest is the truest.
  if (!(found <= offset) && found) offset = found;
}

/** NaN before the first answer. */
export const now = () => offset + performance.now();

const formatter = (options) => (time) =>
  new Intl.DateTimeFormat(lang === 'ko' ? 'ko' : 'en-GB', { timeZone: zone, ...options }).format(new Date(time));

const day = { month: 'short', day: 'numeric', weekday: 'short' };
const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

export const clock = formatter({ ...minute, second: '2-digit' });
export const hour = formatter(minute);
export const moment = formatter({ ...day, ...minute });
export const number = (value) => value.toLocaleString(lang);

/** Milliseconds as 9:41 or 1:06:40. */
export function left(rest) {
  const seconds = Math.max(0, Math.ceil(rest / 1000));
  const two = (value) => String(value % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds)}`;
}

/** Twice a second, so that no second is skipped. */
export function ticking(action) {
  action();
  setInterval(action, 500);
}
