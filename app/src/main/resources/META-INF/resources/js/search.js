import { get } from './api.js';
import { t } from './i18n.js';
import { need, trying } from './message.js';
import { $, el, link, memory, path } from './page.js';
import { shortDay } from './dates.js';
import { hour, now, number } from './time.js';

/** Finding a site, a day and a time. */
const DAYS_SHOWN = 6;
const sites = path + '/sites';
let about;
let pass;
let choose;
let task;
let days;
let provinces;
let next;
let round = 0;
const wanted = memory.get('search') ?? { region: '', near: '', date: '' };

export async function setUpSearch(given) {
  ({ about, pass, choose, task } = given);
  days = task.from ? task : about.supply;
  if (wanted.date < days.from || wanted.date > days.to) wanted.date = '';
  ({ provinces } = await need(() => get('/regions')));
  options($('province'), provinces, 'pick', wanted.region.slice(0, 2) && provinceOf(wanted.region)?.code);
  fillDistricts();
  fillDates();
  $('results-title').textContent = t('results');
  $('near').setAttribute('aria-pressed', String(Boolean(wanted.near)));
  $('province').addEventListener('change', () => {
    fillDistricts();
    go({ region: $('province').value, near: '' });
  });
  $('district').addEventListener('change', () => go({ region: $('district').value || $('province').value, near: '' }));
  $('near').addEventListener('click', locate);
  $('more').addEventListener('click', () => trying(() => load(next)));
  await search();
}

const provinceOf = (region) =>
  provinces.find((each) => each.code === region || each.districts.some((district) => district.code === region));

function options(select, entries, first, chosen) {
  select.replaceChildren(
    el('option', { value: '' }, t(first)),
    ...entries.map(({ code, name }) => el('option', { value: code, selected: code === chosen }, name)),
  );
}

function fillDistricts() {
  const province = provinces.find((each) => each.code === $('province').value);
  options($('district'), province?.districts ?? [], 'whole', wanted.region);
  $('district').disabled = !province;
}

function fillDates() {
  const { from, to } = days;
  const today = new Intl.DateTimeFormat('sv', { timeZone: about.zone }).format(now());
  const all = [''];
  for (let day = new Date((from > today ? from : today) + 'T00:00Z'); ; day.setUTCDate(day.getUTCDate() + 1)) {
    const text = day.toISOString().slice(0, 10);
    if (text > to) break;
    all.push(text);
  }
  $('dates').replaceChildren(
    ...all.map((day) =>
      el(
        'li',
        {},
        el(
          'button',
          { type: 'button', 'data-day': day, 'aria-pressed': String(day === wanted.date), onclick: () => go({ date: day }) },
          day ? shortDay(day) : t('anyDay'),
        ),
      ),
    ),
  );
}

function go(change) {
  Object.assign(wanted, change);
  memory.set('search', wanted);
  for (const button of $('dates').querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset.day === wanted.date));
  }
  $('near').setAttribute('aria-pressed', String(Boolean(wanted.near)));
  return search();
}

function locate() {
  if (wanted.near) return go({ near: '' });
  if (!navigator.geolocation) return void ($('found').textContent = t('noLocation'));
  $('found').textContent = t('locating');
  navigator.geolocation.getCurrentPosition(
    // Three decimals are a hundred metres: near enough for a clinic, too coarse for a front door.
    ({ coords }) => go({ near: `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}` }),
    () => { $('found').textContent = t('noLocation'); },
    { timeout: 10_000, maximumAge: 600_000 },
  );
}

export function search() {
  $('sites').replaceChildren();
  $('more').hidden = true;
  if (!wanted.region && !wanted.near) {
    $('found').textContent = t('start');
    return;
  }
  return trying(() => load());
}

async function load(after) {
  const mine = ++round;
  $('found').textContent = t('searching');
  const query = new URLSearchParams({ limit: 10 });
  if (wanted.near) query.set('near', wanted.near);
  else query.set('region', wanted.region);
  const { product, dose } = task;
  const ask = { from: wanted.date || task.from, to: wanted.date || task.to, product, dose };
  for (const [name, value] of Object.entries(ask)) if (value) query.set(name, value);
  if (after) query.set('after', after);
  const answer = await need(() => get(`${sites}?${query}`, pass));
  // Somebody who taps on quickly must not see the answer to an earlier question.
  if (mine !== round) return;
  next = answer.next;
  $('sites').append(...answer.sites.map(card));
  $('more').hidden = !next;
  const shown = $('sites').childElementCount;
  $('found').textContent = shown ? t('found', { n: number(shown) + (next ? '+' : '') }) : t('none');
  if (!shown) $('sites').append(el('div', { className: 'row' }, ...otherWays()));
}

/** What could be looked at instead. */
function otherWays() {
  const button = (id, label, change) => el('button', { type: 'button', id, onclick: () => go(change) }, label);
  const province = provinceOf(wanted.region);
  const ways = [];
  if (about.appointments.acceptSeconds && !task) {
    ways.push(el('a', { className: 'button', id: 'to-waitlist', href: link('me', '#waitlist') }, t('toWaitlist')));
  }
  if (wanted.date) ways.push(button('any-day', t('anyDayInstead'), { date: '' }));
  if (!wanted.near && province && province.code !== wanted.region) {
    const widen = button('wider', t('wider', { name: province.name }), { region: province.code });
    widen.addEventListener('click', () => { $('district').value = ''; });
    ways.push(widen);
  }
  return ways;
}

const distance = (meters) => (meters < 1000 ? `${Math.round(meters / 50) * 50} m` : `${(meters / 1000).toFixed(1)} km`);

function card(site) {
  const times = el('div', { 'aria-live': 'polite' });
  const free = site.days.filter((day) => day.free > 0);
  const chip = (day) =>
    el(
      'li',
      {},
      el(
        'button',
        { type: 'button', 'data-date': day.date, 'aria-expanded': 'false', onclick: (event) => trying(() => showTimes(site, day.date, event.currentTarget, times)) },
        shortDay(day.date),
        el('small', {}, t('free', { n: number(day.free) })),
      ),
    );
  const chips = el('ul', { className: 'chips' }, ...free.slice(0, DAYS_SHOWN).map(chip));
  const rest = free.slice(DAYS_SHOWN);
  if (rest.length) {
    const all = el('button', { type: 'button', onclick: () => all.parentNode.replaceWith(...rest.map(chip)) }, t('moreDays', { n: rest.length }));
    chips.append(el('li', {}, all));
  }
  return el(
    'article',
    { className: 'card', 'data-site': site.id },
    el('h3', {}, site.name),
    el('p', { className: 'soft' }, site.address, site.meters == null ? '' : ` · ${t('away', { n: distance(site.meters) })}`),
    free.length ? chips : el('p', {}, t('full')),
    times,
  );
}

async function showTimes(site, day, button, times) {
  for (const other of button.closest('ul').querySelectorAll('[aria-expanded]')) {
    other.setAttribute('aria-expanded', String(other === button));
  }
  times.replaceChildren(t('searching'));
  const answer = await need(() => get(`${sites}/${encodeURIComponent(site.id)}/slots?date=${day}`, pass));
  const slots = answer.slots.filter(({ product }) => !task.product || product === task.product);
  const several = about.products?.length > 1;
  const name = (id) => about.products.find((each) => each.id === id)?.name ?? id;
  const chip = (slot) =>
    el(
      'li',
      {},
      el(
        'button',
        { type: 'button', 'data-slot': slot.slot, disabled: !slot.free, onclick: () => choose({ ...slot, site }) },
        hour(slot.startsAt),
        several ? el('small', {}, name(slot.product)) : '',
        el('small', {}, slot.free ? t('free', { n: number(slot.free) }) : t('full')),
      ),
    );
  times.replaceChildren(slots.length ? el('ul', { className: 'chips' }, ...slots.map(chip)) : t('full'));
}
