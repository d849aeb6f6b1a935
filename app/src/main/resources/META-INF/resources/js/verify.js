import { call, get, jitter, sleep } from './api.js';
import { t } from './i18n.js';
import { goTo, hush, need, remember, tellProblem } from './message.js';
import { $, campaign, el, focusOn, link, open, path } from './page.js';
import { moment, now, setZone } from './time.js';
import { hex, sha256, utf8 } from './digest.js';

const pages = ['wait', 'book', 'me'];
let provider;
let request;
/** What the next call has to bring back untouched. */
let carried;
/** Where the calls go; caller.js has more, for staff. */
let to = { way: '/identity/' };
/** Names of the fields the provider wants. */
let asked;

open('verify', async () => {
  const about = await need(() => get(path));
  setZone(about.zone);
  $('campaign').textContent = about.name;
  if (location.search.endsWith('&caller')) {
    to = await import('./caller.js');
    return choose();
  }
  // Only somebody who was verified in this browser asks; a crowd of strangers would be refused anyway.
  if (localStorage.getItem('naru.known')) {
    try {
      const me = await need(() => get('/me?campaign=' + encodeURIComponent(campaign)));
      // A session belongs to one campaign.
      if (me.campaign === campaign) return answer(me.person, me.eligibility);
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      localStorage.removeItem('naru.known');
    }
  }
  await choose();
});

function show(part) {
  for (const each of ['choose', 'form', 'answer']) $(each).hidden = each !== part;
  $('busy').textContent = '';
}

async function choose() {
  const { providers } = await need(() => get('/providers'));
  const offered = providers.filter((each) => !to.act || each.byTelephone);
  $('providers').replaceChildren(...offered.map(choice));
  if (offered.every((each) => each.light === 'unavailable')) $('busy').textContent = t('noProvider');
  show('choose');
  watchLights();
}

function choice(each) {
  const button = el(
    'button',
    { type: 'button', 'data-provider': each.id, onclick: () => start(each) },
    el('span', {}, each.name, el('small', {})),
    el('span', { className: 'light' }),
  );
  light(button, each);
  return el('li', {}, button);
}

function light(button, { light, medianSeconds }) {
  button.disabled = light === 'unavailable';
  button.dataset.light = light;
  const lamp = button.lastChild;
  lamp.className = 'light ' + light;
  lamp.textContent = t(light);
  button.querySelector('small').textContent =
    medianSeconds == null ? '' : t('seconds', { n: Math.max(0.1, Math.round(medianSeconds * 10) / 10) });
}

let watching = false;

async function watchLights() {
  if (watching) return;
  watching = true;
  for (;;) {
    await sleep(jitter(5));
    if ($('choose').hidden || document.hidden) continue;
    const { providers } = await get('/providers').catch(() => ({ providers: [] }));
    // The order stays as it is: a list that jumps under the finger makes people hit the wrong one.
    for (const each of providers) {
      const button = document.querySelector(`[data-provider="${CSS.escape(each.id)}"]`);
      if (button) light(button, each);
    }
  }
}

async function start(chosen) {
  provider = chosen;
  hush();
  $('busy').textContent = t('checking');
  try {
    const begun = await call('POST', way('start'), { campaign });
    request = begun.request;
    await goOn(begun);
  } catch (problem) {
    refuse(problem);
  }
}

/** What the server says comes next. Only a plain form needs no more than this page has. */
async function goOn(next) {
  if (next.person) return (to.act ?? verified)(next);
  carried = next.step ? { step: next.step } : {};
  if (next.step || next.challenge || next.next !== 'form') {
    (await import('./steps.js')).take(next, { provider, request, way, complete, form, goOn, refuse, again });
  } else form(next.fields);
}

const complete = async (given) => goOn(await call('POST', way('complete'), { request, ...carried, ...given }));

const way = (step) => `${to.way}${encodeURIComponent(provider.id)}/${step}`;

const kinds = {
  name: { autocomplete: 'name', maxLength: 50 },
  birthDate: { autocomplete: 'bday', inputMode: 'numeric', maxLength: 12 },
  phone: { type: 'tel', autocomplete: 'tel-national', maxLength: 20 },
};

function form(fields) {
  asked = fields.map((field) => field.name ?? field);
  const names = asked.filter((name) => name !== 'ci');
  $('simulated').hidden = !asked.includes('ci');
  $('form-title').textContent = t('with', { name: provider.name });
  $('fields').replaceChildren(
    ...names.map((name) =>
      el(
        'div',
        {},
        el('label', { htmlFor: 'field-' + name }, t(name) || name, name in kinds && name !== 'name' ? el('small', {}, t(name + 'Hint')) : ''),
        el('input', { id: 'field-' + name, name, maxLength: 200, required: true, ...kinds[name], ...to.field, 'aria-describedby': 'error-' + name }),
        el('p', { id: 'error-' + name, className: 'bad' }),
      ),
    ),
  );
  show('form');
  $('fields').querySelector('input')?.focus();
}

/** What people type, in the form the provider wants; null when it cannot be that. */
const tidy = {
  birthDate(value) {
    const parts = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D*$/.exec(value);
    if (!parts) return null;
    const text = [parts[1], parts[2].padStart(2, '0'), parts[3].padStart(2, '0')].join('-');
    const date = new Date(text + 'T00:00Z');
    return !isNaN(date) && date.toISOString().startsWith(text) ? text : null;
  },
  phone(value) {
    const digits = value.replace(/\D/g, '');
    return digits.length >= 8 && digits.length <= 15 ? digits : null;
  },
};

function complain(input, text) {
  input.setAttribute('aria-invalid', String(Boolean(text)));
  $('error-' + input.name).textContent = text;
}

$('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const given = {};
  let wrong;
  for (const input of $('form').querySelectorAll('input')) {
    const value = input.value.trim();
    given[input.name] = value && tidy[input.name] ? tidy[input.name](value) : value;
    const fault = !value ? 'needed' : given[input.name] ? '' : { birthDate: 'badDate', phone: 'badPhone' }[input.name];
    complain(input, fault && t(fault));
    if (fault) wrong ??= input;
  }
  if (wrong) return wrong.focus();
  if (asked.includes('ci')) given.ci = hex(await sha256(utf8([given.name, given.birthDate, given.phone].join('|'))));
  hush();
  $('submit').disabled = true;
  $('busy').textContent = t('checking');
  try {
    await complete(given);
  } catch (problem) {
    const input = problem.body?.field && $('field-' + problem.body.field);
    if (input) {
      complain(input, problem.message);
      input.focus();
      $('busy').textContent = '';
    } else refuse(problem);
  } finally {
    $('submit').disabled = false;
  }
});

$('back').addEventListener('click', again);

function refuse(problem) {
  $('busy').textContent = '';
  tellProblem(problem, el('button', { type: 'button', id: 'other-way', onclick: again }, t('tryOther')));
}

function again() {
  hush();
  return choose();
}

function verified({ person, eligibility }) {
  remember(person);
  const back = new URLSearchParams(location.search).get('return');
  if (pages.includes(back) && (eligibility.eligible || back === 'me')) return location.replace(link(back));
  answer(person, eligibility);
}

function answer({ maskedName: name }, { eligible, cohort, detail, windows = [] }) {
  hush();
  $('answer-title').textContent = t(eligible ? 'welcome' : 'notNow', { name });
  $('answer-text').textContent = eligible ? t('youMay') : (detail ?? '');
  $('answer').dataset.eligible = eligible;
  $('windows').replaceChildren(
    ...windows.flatMap((each) => [
      el('dt', {}, t('ownWindow')),
      el('dd', {}, `${moment(each.opens)} – ${moment(each.closes)}`, ' ', el('span', { className: 'soft' }, t('lobbyFrom', { lobby: moment(each.lobbyOpens) }))),
    ]),
  );
  // Less than an hour before the lobby it is kinder to let people stay than to send them away.
  const soon = cohort >= 0 && windows.some((each) => Date.parse(each.lobbyOpens) - now() < 3_600_000);
  const ways = [];
  if (eligible) ways.push(el('a', { className: 'button main', id: 'join', href: link('wait') }, t('join')));
  else if (soon) ways.push(el('a', { className: 'button main', id: 'stay', href: link('wait') }, t('waitHere')));
  if (!eligible && windows.length) $('answer-text').append(' ', t('comeBack'));
  ways.push(goTo(t('mine'), link('me'), 'to-mine'));
  $('answer-ways').replaceChildren(...ways);
  show('answer');
  focusOn('answer-title');
}
