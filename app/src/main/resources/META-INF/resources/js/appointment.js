import { learn, t } from './i18n.js';
import { el, rows } from './page.js';
import { when } from './dates.js';

await learn('appointment');

/** Name and dose, as people know them. */
export function vaccine({ product, productName, dose }, about) {
  const known = about.products.find((each) => each.id === product);
  return known?.doses === 1 ? productName : t('dose', { product: productName, n: dose });
}

/** A UUID; crypto.randomUUID is missing on plain HTTP, where a demonstration on a local network runs. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-4$3-8$4-$5');
}

export const calendarOf = (id) => `/api/v1/appointments/${id}.ics`;

export function details(appointment, about) {
  const { startsAt, siteName, siteAddress, sitePhone, id } = appointment;
  return el(
    'dl',
    {},
    ...rows({
      when: el('strong', {}, el('time', { dateTime: startsAt }, when(startsAt))),
      where: siteName,
      address: siteAddress,
      phone: sitePhone && el('a', { href: 'tel:' + sitePhone }, sitePhone),
      what: vaccine(appointment, about),
      reference: id,
    }),
  );
}
