import { lang } from './i18n.js';
import { hour } from './time.js';

const formatter = (options) => (date) =>
  new Intl.DateTimeFormat(lang === 'ko' ? 'ko' : 'en-GB', { timeZone: 'UTC', ...options }).format(new Date(date));

const parts = { year: 'numeric', month: 'short', day: 'numeric' };

/** Calendar dates such as 2021-08-27, which have no zone. */
export const birthday = formatter(parts);
export const fullDay = formatter({ ...parts, weekday: 'short' });
export const shortDay = formatter({ month: 'numeric', day: 'numeric', weekday: 'short' });

/** A slot's time with its date: the server writes it in the zone of the site. */
export const when = (startsAt) => `${fullDay(startsAt.slice(0, 10))} ${hour(startsAt)}`;
