import { fullDay } from './dates.js';
import { learn, t } from './i18n.js';
import { campaign, el, link, memory } from './page.js';

await learn('later');

const plus = (startsAt, days) => {
  const day = new Date(startsAt.slice(0, 10) + 'T00:00Z');
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
};

/** The days on which the dose after this one can be given, and of what. */
export function daysAfter({ startsAt, product }, about) {
  const { earliestDays, latestDays } = about.products.find(({ id }) => id === product);
  return { product, from: plus(startsAt, earliestDays), to: plus(startsAt, latestDays) };
}

/** How to book the dose that follows by itself; nothing when none does. */
export function laterCard(active, about) {
  const last = active.reduce((one, other) => (other.dose > one.dose ? other : one));
  const known = about.products.find(({ id }) => id === last.product);
  if (!known || known.bookedTogether || last.dose >= known.doses) return '';
  const dose = last.dose + 1;
  const days = daysAfter(last, about);
  // The way leads through the line, as for a move: whoever books needs a pass.
  const choose = () => {
    memory.set('move', { campaign, dose, ...days });
    location.assign(link('wait'));
  };
  return el(
    'section',
    { className: 'card', id: 'later', 'data-dose': dose },
    el('h2', {}, t('laterTitle', { n: dose })),
    el('p', {}, t('laterText', { n: dose, from: fullDay(days.from), to: fullDay(days.to) })),
    el('div', { className: 'row' }, el('button', { type: 'button', className: 'main', id: 'later-choose', onclick: choose }, t('laterChoose', { n: dose }))),
  );
}
