import { learn, t } from './i18n.js';
import { el, rows } from './page.js';
import { when } from './dates.js';

await learn('appointment');

/** Name and dose, as people know them. */
export function product(appointment, about) {
  const known = about.products?.find((each) => each.id === appointment.product);
  const name = known?.name ?? appointment.product ?? '';
  return appointment.dose && known?.doses !== 1 ? t('dose', { product: name, n: appointment.dose }) : name;
}

export const calendarOf = (id) => `/api/v1/appointments/${id}.ics`;

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
