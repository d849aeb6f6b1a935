import { lang } from './i18n.js';

/** The server's time, as far as it is known here; the device's clock is never asked. */
let ahead = -Infinity;
let zone = 'Asia/Seoul';

export function setZone(name) {
  zone = name ?? zone;
}

/** Takes a time the server has sent. */
export function sync(iso) {
  const at = Date.parse(iso ?? '');
  // Travel and caches can only make an answer older, so the largest difference is the truest.
  if (at) ahead = Math.max(ahead, at - performance.now());
}

/** Milliseconds since 1970 by the server's clock; NaN before the first answer. */
export function now() {
  return ahead === -Infinity ? NaN : ahead + performance.now();
}

const format = (options) => (time) =>
  new Intl.DateTimeFormat(lang, { timeZone: zone, ...options }).format(new Date(time));

const day = { month: 'long', day: 'numeric', weekday: 'short' };
const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

export const clock = format({ ...minute, second: '2-digit' });
export const hour = (time) => format(minute)(time);
export const moment = (time) => format({ ...day, ...minute })(time);
export const fullDay = (time) => format({ year: 'numeric', ...day })(time);
/** A calendar date such as 2021-08-27, which has no zone. */
export const date = (text) => format({ ...day, month: 'numeric', timeZone: 'UTC' })(text + 'T00:00Z');
export const number = (value) => new Intl.NumberFormat(lang).format(value);

/** 581 seconds as 9:41, 4000 as 1:06:40. */
export function left(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  if (hours) parts.unshift(hours);
  return parts.map((part, index) => (index ? String(part).padStart(2, '0') : part)).join(':');
}

/** Calls back now and every second, while the page lives. */
export function everySecond(action) {
  action();
  setInterval(action, 1000);
}
