import { call, get, jitter, sleep } from './api.js';
import { newId } from './appointment.js';
import { fullDay, when } from './dates.js';
import { learn, t } from './i18n.js';
import { hush, need, trying } from './message.js';
import { campaign, el, memory, path, rows } from './page.js';
import { left, moment, now, ticking } from './time.js';

await learn('waitlist');

const MOST = 5;

/**
 * What somebody waits for, what they are offered, or how to wait.
 *
 * @param again shows the page anew
 */
export async function waitlistCard(me, about, again) {
  const card = el('section', { className: 'card', id: 'waitlist' }, el('h2', {}, t('waitlist')));
  const { waitlist } = me;
  document.title = `${t(waitlist?.offer ? 'offered' : 'title')} · ${t('brand')}`;
  if (waitlist?.offer) card.append(...offer(waitlist.offer, again));
  else if (waitlist) card.append(...waiting(waitlist, again));
  else card.append(...(await form(about, again)));
  if (waitlist) watch(card, waitlist.offer?.until, pauseOf(about), again);
  return card;
}

/** Often enough to leave most of the time to accept; all who wait ask. */
const pauseOf = ({ appointments }) => Math.min(120, Math.max(5, appointments.acceptSeconds / 10));

/** Looks whether something is offered, or no longer; the title tells it to whoever looks elsewhere. */
async function watch(card, shown, pause, again) {
  for (;;) {
    await sleep(jitter(pause));
    if (!card.isConnected) return;
    try {
      const { offer: found } = await get(path + '/waitlist');
      if (found?.until !== shown) return again();
    } catch (problem) {
      if (problem.code === 'not-waiting') return again();
      // Anything else may pass: what is shown stays.
    }
  }
}

function button(name, className, action) {
  const onclick = () =>
    trying(async () => {
      hush();
      await action();
    });
  return el('button', { type: 'button', className, id: 'waitlist-' + name, onclick }, t(name));
}

function offer({ startsAt, siteName, siteAddress, productName, until }, again) {
  // One id for the offer, remembered: asking again cannot make a second appointment.
  const known = memory.get('acceptance');
  const id = known?.until === until ? known.id : newId();
  memory.set('acceptance', { id, until });
  const rest = el('b', { role: 'timer' });
  ticking(() => {
    rest.textContent = left(Date.parse(until) - now());
  });
  const accept = async () => {
    await need(() => call('PUT', path + '/waitlist/acceptance', { id }));
    await again();
  };
  return [
    el('p', {}, el('strong', {}, t('offered'))),
    el('p', { className: 'bar' }, el('span', {}, t('timeLeft')), rest),
    el('dl', {}, ...rows({ when: el('strong', {}, when(startsAt)), where: siteName, address: siteAddress, what: productName })),
    el('p', { className: 'soft' }, t('until', { until: moment(until) })),
    el('div', { className: 'row' }, button('accept', 'main', accept), leave('decline', again)),
  ];
}

function waiting({ sites, from, to }, again) {
  return [
    el('p', {}, t('waiting', { from: fullDay(from), to: fullDay(to) })),
    el('ul', {}, ...sites.map(({ name }) => el('li', {}, name))),
    el('p', { className: 'soft' }, t('lookHere')),
    el('div', { className: 'row' }, leave('leave', again)),
  ];
}

const leave = (name, again) =>
  button(name, 'danger', async () => {
    await need(() => call('DELETE', path + '/waitlist'));
    await again();
  });

async function form(about, again) {
  const pass = memory.get('pass');
  if (pass?.campaign !== campaign || Date.parse(pass.expiresAt) <= now()) return [el('p', {}, t('needPass'))];
  const { provinces } = await need(() => get('/regions'));
  const chosen = new Map();
  const picked = el('p', { id: 'waitlist-picked', role: 'status' });
  const list = el('ul', { id: 'waitlist-sites', className: 'ticks' });
  const district = el('select', { id: 'waitlist-district' });
  const province = el('select', { id: 'waitlist-province' }, ...options(provinces));
  const fill = () => {
    district.replaceChildren(...options(provinces.find(({ code }) => code === province.value)?.districts ?? []));
    district.disabled = !province.value;
    list.replaceChildren();
  };
  const pick = (site, box) => {
    if (box.checked && chosen.size >= MOST) box.checked = false;
    if (box.checked) chosen.set(site.id, site.name);
    else chosen.delete(site.id);
    for (const other of list.querySelectorAll('input')) other.disabled = !other.checked && chosen.size >= MOST;
    picked.textContent = t('picked', { n: chosen.size, most: MOST, names: [...chosen.values()].join(', ') });
  };
  const tick = (site) => {
    const box = el('input', { type: 'checkbox', value: site.id, checked: chosen.has(site.id) });
    box.disabled = !box.checked && chosen.size >= MOST;
    box.onchange = () => pick(site, box);
    return el('li', {}, el('label', {}, box, el('span', {}, site.name, el('small', {}, site.address))));
  };
  const show = async () => {
    list.replaceChildren();
    if (!district.value) return;
    const { sites } = await need(() => get(`${path}/waitlist/sites?region=${district.value}`));
    list.replaceChildren(...sites.map(tick));
  };
  province.onchange = fill;
  district.onchange = () => trying(show);
  const searched = memory.get('search')?.region ?? '';
  province.value = provinces.find(({ code, districts }) => code === searched || districts.some((each) => each.code === searched))?.code ?? '';
  fill();
  if (searched.length === 5) {
    district.value = searched;
    await show();
  }
  const { from: min, to: max } = about.supply;
  const day = (id, value) => el('input', { type: 'date', id: 'waitlist-' + id, min, max, value });
  const [from, to] = [day('from', min), day('to', max)];
  const join = async () => {
    const body = { sites: [...chosen.keys()], from: from.value, to: to.value };
    await need(() => call('PUT', path + '/waitlist', body, pass.pass));
    await again();
  };
  const labelled = (name, field) => el('label', {}, t(name), field);
  return [
    el('p', {}, t('howTo', { n: MOST })),
    el('div', { className: 'pair' }, labelled('province', province), labelled('district', district)),
    list,
    picked,
    labelled('from', from),
    labelled('to', to),
    el('div', { className: 'row' }, button('join', 'main', join)),
  ];
}

const options = (entries) => [
  el('option', { value: '' }, t('pick')),
  ...entries.map(({ code, name }) => el('option', { value: code }, name)),
];
