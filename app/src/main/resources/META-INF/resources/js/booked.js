import { get } from './api.js';
import { calendarOf, details } from './appointment.js';
import { when } from './dates.js';
import { t } from './i18n.js';
import { goTo, need, tell } from './message.js';
import { $, el, focusOn, link, open, path } from './page.js';
import { setZone } from './time.js';

open('booked', async () => {
  // Behind the # it is not sent to any server and stands in no log.
  const id = location.hash.slice(1);
  if (!/^[0-9a-f-]{36}$/i.test(id)) {
    return tell(t('missing'), t('missingText'), [goTo(t('mine'), link('me'), 'to-mine')]);
  }
  const about = await need(() => get(path));
  setZone(about.zone);
  const appointment = await need(() => get('/appointments/' + id));
  const booked = appointment.state !== 'cancelled';
  $('booked-title').textContent = t(booked ? 'done' : 'cancelled');
  $('booked-text').textContent = booked ? t('doneText') : '';
  $('ticket').replaceChildren(
    el('section', { className: 'card', 'data-appointment': id }, el('p', { className: 'soft' }, about.name), details(appointment, about)),
    ...(appointment.following ?? []).map((next) =>
      el(
        'section',
        { className: 'card', 'data-appointment': next.id },
        el('h2', {}, t('following', { n: next.dose })),
        el('p', {}, el('strong', {}, when(next.startsAt))),
        el('p', {}, el('a', { href: calendarOf(next.id), download: 'naru.ics' }, t('calendar'))),
      ),
    ),
  );
  const { doses, bookedTogether } = about.products.find((each) => each.id === appointment.product);
  if (booked && doses > appointment.dose && !bookedTogether) {
    const { laterCard } = await import('./later.js');
    $('ticket').append(laterCard([appointment], about));
  }
  $('calendar').href = calendarOf(id);
  $('calendar').hidden = !booked;
  $('to-mine').href = link('me');
  $('print').addEventListener('click', () => print());
  $('booked').hidden = false;
  focusOn('booked-title');
});
