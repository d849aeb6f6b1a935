import { call, get } from './api.js';
import { when } from './dates.js';
import { learn, t } from './i18n.js';
import { hush, need, trying } from './message.js';
import { campaign, el, memory, path, rows } from './page.js';
import { now } from './time.js';

await learn('waitlist');

const MOST = 5;

/**
 * What somebody waits for, what they are offered, or how to wait.
 *
 * @param again shows the page anew
 */
export async function waitlistCard(me, about, again) {
  const card = el('section', { className: 'card', id: 'waitlist' }, el('h2', {}, t('waitlist')));
  if (me.waitlist?.offer) card.append(...offer(me.waitlist.offer, again));
  else if (me.waitlist) card.append(...waiting(me.waitlist, again));
  else card.append(...(await form(about, again)));
  return card;
}

function button(name, className, action) {
  const onclick = () =>
    trying(async () => {
      hush();
      await action();
    });
  return el('button', { type: 'button', className, id: 'waitlist-' + name, onclick }, t(name));
}

function offer({ startsAt, siteName, siteAddress, until }, again) {
  // One id for the offer, remembered: asking again cannot make a second appointment.
  const known = memory.get('acceptance');
  const id = known?.until === until ? known.id : uuid();
  memory.set('acceptance', { id, until });
  const accept = async () => {
    await need(() => call('PUT', path + '/waitlist/acceptance', { id }));
    await again();
  };
  return [
    el('p', {}, el('strong', {}, t('offered', { until: when(until) }))),
    el('dl', {}, ...rows({ when: when(startsAt), where: siteName, address: siteAddress })),
    el('div', { className: 'row' }, button('accept', 'main', accept), leave('decline', again)),
  ];
}

function waiting({ sites, from, to }, again) {
  return [
    el('p', {}, t('waiting', { from, to })),
    el('ul', {}, ...sites.map(({ name }) => el('li', {}, name))),
    el('p', { className: 'soft' }, t('lookHere')),
    leave('leave', again),
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
  const list = el('div', { id: 'waitlist-sites' });
  const district = el('select', { id: 'waitlist-district' });
  const province = el('select', { id: 'waitlist-province' }, ...options(provinces));
  const fill = () => {
    district.replaceChildren(...options(provinces.find(({ code }) => code === province.value)?.districts ?? []));
    list.replaceChildren();
  };
  const pick = (site, box) => {
    if (box.checked && chosen.size >= MOST) box.checked = false;
    if (box.checked) chosen.set(site.id, site.name);
    else chosen.delete(site.id);
    picked.textContent = [...chosen.values()].join(', ');
  };
  const show = async () => {
    list.replaceChildren();
    if (!district.value) return;
    const { sites } = await need(() => get(`${path}/waitlist/sites?region=${district.value}`));
    for (const site of sites) {
      const box = el('input', { type: 'checkbox', value: site.id, checked: chosen.has(site.id) });
      box.onchange = () => pick(site, box);
      list.append(el('label', {}, box, ` ${site.name} · ${site.address}`));
    }
  };
  province.onchange = fill;
  district.onchange = () => trying(show);
  fill();
  const { from: min, to: max } = about.supply;
  const day = (id, value) => el('input', { type: 'date', id: 'waitlist-' + id, min, max, value });
  const [from, to] = [day('from', min), day('to', max)];
  const join = async () => {
    const body = { sites: [...chosen.keys()], from: from.value, to: to.value };
    await need(() => call('PUT', path + '/waitlist', body, pass.pass));
    await again();
  };
  return [
    el('p', {}, t('howTo', { n: MOST })),
    el('label', {}, t('province'), province),
    el('label', {}, t('district'), district),
    list,
    picked,
    el('label', {}, t('from'), from),
    el('label', {}, t('to'), to),
    button('join', 'main', join),
  ];
}

const options = (entries) => [
  el('option', { value: '' }, t('pick')),
  ...entries.map(({ code, name }) => el('option', { value: code }, name)),
];

function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}
