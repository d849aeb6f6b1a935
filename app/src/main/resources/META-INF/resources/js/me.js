import { call, get } from './api.js';
import { calendarOf, details } from './appointment.js';
import { when } from './dates.js';
import { t } from './i18n.js';
import { goTo, hush, need, tell, trying } from './message.js';
import { $, campaign, el, link, memory, open, path } from './page.js';
import { hour, setZone } from './time.js';

let about;
let mine;

open('me', async () => {
  if (!campaign) return choose();
  about = await need(() => get(path));
  setZone(about.zone);
  await load();
});

async function choose() {
  const { campaigns } = await need(() => get('/campaigns'));
  const href = ({ id }) => '/me.html?c=' + encodeURIComponent(id);
  if (campaigns.length === 1) return location.replace(href(campaigns[0]));
  $('appointments').replaceChildren(
    el('p', {}, t(campaigns.length ? 'whichOne' : 'nothing')),
    ...campaigns.map((each) => el('p', {}, el('a', { className: 'button wide', href: href(each) }, each.name))),
  );
}

async function load() {
  const me = await need(() => get('/me?campaign=' + encodeURIComponent(campaign)));
  // A session belongs to one campaign; what it shows is that one's.
  if (me.campaign !== campaign) return location.replace('/me.html?c=' + encodeURIComponent(me.campaign));
  mine = me.appointments.filter(isActive);
  $('who').textContent = `${t('who', { name: me.person.maskedName })} · ${about.name}`;
  $('appointments').replaceChildren(...me.appointments.map(card));
  if (mine.length && isApart(mine[0])) {
    const { laterCard } = await import('./later.js');
    $('appointments').append(laterCard(mine, about));
  }
  if (!mine.length) {
    $('appointments').append(
      el('p', {}, t('nothing')),
      me.eligibility?.eligible
        ? el('a', { className: 'button main', id: 'join', href: link('wait') }, t(me.place ? 'toWait' : 'toLine'))
        : goTo(t('myWindow'), link('verify'), 'my-window'),
    );
  }
  if (!mine.length && about.appointments?.acceptSeconds && (me.waitlist || me.eligibility?.eligible)) {
    const { waitlistCard } = await import('./waitlist.js');
    const list = await waitlistCard(me, about, load);
    if (me.waitlist) $('appointments').prepend(list);
    else $('appointments').append(list);
    if (location.hash === '#waitlist') $('waitlist').scrollIntoView();
  }
  if ((about.helping?.family || about.helping?.staff) && !memory.get('helping')) {
    $('appointments').append(...(await (await import('./helping.js')).helpingCards(about)));
  }
  if (me.hold) $('appointments').prepend(held(me.hold));
  $('logout').hidden = false;
}

/** Whether its doses are booked one by one. */
const isApart = ({ product }) => about.products.some(({ id, doses, bookedTogether }) => id === product && doses > 1 && !bookedTogether);

const held = ({ startsAt, siteName, until }) =>
  el(
    'section',
    { className: 'card', id: 'held' },
    el('p', {}, t('held', { until: hour(until), when: when(startsAt), site: siteName })),
    el('a', { className: 'button main', href: link('book') }, t('goOn')),
  );

const isActive = ({ state }) => state !== 'cancelled';

function card(appointment) {
  const button = (name, action, className = '') =>
    el('button', { type: 'button', className, 'data-action': name, onclick: () => action(appointment) }, t(name));
  return el(
    'section',
    { className: 'card', 'data-appointment': appointment.id, 'data-state': appointment.state },
    isActive(appointment) ? '' : el('p', { className: 'bad' }, t('cancelled')),
    details(appointment, about),
    isActive(appointment)
      ? el(
          'div',
          { className: 'row' },
          el('a', { className: 'button', href: calendarOf(appointment.id), download: 'naru.ics' }, t('calendar')),
          button('move', move),
          button('cancel', ask, 'danger'),
        )
      : '',
  );
}

/** The way leads through the line: whoever moves needs a pass, and waits only if there is a line. */
async function move({ id, startsAt, siteName, dose }) {
  const before = mine.find((each) => each.dose === dose - 1);
  const days = before && (await import('./later.js')).daysAfter(before, about);
  memory.set('move', { campaign, id, startsAt, site: siteName, dose, ...days });
  location.assign(link('wait'));
}

function ask(appointment) {
  const later = mine.some(({ dose }) => dose > appointment.dose);
  $('cancel-what').textContent = `${when(appointment.startsAt)}, ${appointment.siteName}`;
  $('cancel-later').textContent = later ? t('cancelLater') : '';
  $('cancel-yes').onclick = () => trying(() => cancel(appointment));
  $('cancel').showModal();
}

async function cancel({ id }) {
  $('cancel').close();
  hush();
  await need(() => call('DELETE', '/appointments/' + id));
  await load();
  $('done').textContent = t('cancelDone');
}

$('cancel-no').addEventListener('click', () => $('cancel').close());

$('logout').addEventListener('click', () =>
  trying(async () => {
    await need(() => call('DELETE', '/me/session'));
    localStorage.removeItem('naru.known');
    sessionStorage.clear();
    $('appointments').replaceChildren();
    $('who').textContent = $('done').textContent = '';
    $('logout').hidden = true;
    tell(t('logoutDone'), t('logoutWhy'), [goTo(t('home'), '/', 'to-home')]);
  }),
);
