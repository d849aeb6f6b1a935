import { learn, t } from './i18n.js';
import { el } from './page.js';
import { fullDay, hour } from './time.js';
import text from './text/appointment.js';

learn(text);

export const when = (startsAt) => `${fullDay(startsAt)} ${hour(startsAt)}`;

/** Name and dose, as people know them. */
export function product(appointment, about) {
  const known = about.products?.find((each) => each.id === appointment.product);
  const name = known?.name ?? appointment.product ?? '';
  return appointment.dose && known?.doses !== 1 ? t('dose', { product: name, n: appointment.dose }) : name;
}

export const calendarOf = (id) => `/api/v1/appointments/${id}.ics`;

/** Rows of a `dl`; rows without a value are left out. */
export function rows(entries) {
  return Object.entries(entries).flatMap(([name, value]) =>
    value ? [el('dt', {}, t(name)), el('dd', { 'data-fact': name }, value)] : [],
  );
}

export function details(appointment, about) {
  const { site } = appointment;
  return el(
    'dl',
    {},
    ...rows({
      when: el('strong', {}, el('time', { dateTime: appointment.startsAt }, when(appointment.startsAt))),
      where: site?.name,
      address: site?.address,
      phone: site?.phone && el('a', { href: 'tel:' + site.phone }, site.phone),
      what: product(appointment, about),
      reference: appointment.id,
    }),
  );
}
