import { learn, switchLanguage, t, translate } from './i18n.js';
import { clock, everySecond, now } from './time.js';
import { patiently, Problem } from './api.js';
import common from './text/common.js';

export const $ = (id) => document.getElementById(id);

/** An element with properties (`data-…`, `aria-…` and `role` as attributes) and children. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** What is remembered for this tab; a convenience, never a proof. */
export const memory = {
  get: (key) => JSON.parse(sessionStorage.getItem('naru.' + key)),
  set: (key, value) => sessionStorage.setItem('naru.' + key, JSON.stringify(value)),
  drop: (key) => sessionStorage.removeItem('naru.' + key),
};

/** Whether somebody was verified in this browser; the server alone knows whether it still counts. */
export const isKnown = () => localStorage.getItem('naru.known') === 'yes';
export const know = () => localStorage.setItem('naru.known', 'yes');

export function forget() {
  localStorage.removeItem('naru.known');
  sessionStorage.clear();
}

export const campaign = new URLSearchParams(location.search).get('c') ?? '';
export const link = (page, more = '') => `/${page}.html?c=${encodeURIComponent(campaign)}${more}`;

/** Sets up what every page has, then runs it. */
export async function open(dictionary, run) {
  learn(common);
  learn(dictionary);
  translate();
  document.title = `${t('title')} · ${t('brand')}`;
  $('lang').addEventListener('click', switchLanguage);
  if (campaign) $('mine').href = link('me');
  const steps = document.querySelector('.steps');
  if (steps) {
    const at = Number(steps.dataset.step);
    for (let step = 1; step <= 4; step++) {
      steps.append(el('li', step === at ? { 'aria-current': 'step' } : { className: step < at ? 'past' : '' }, t('step' + step)));
    }
  }
  everySecond(() => {
    if (now()) $('clock').textContent = clock(now());
  });
  await trying(run);
}

/** Runs an action; whatever refusal comes out of it is told. */
export async function trying(action) {
  try {
    return await action();
  } catch (problem) {
    if (problem instanceof Problem) return void tellProblem(problem);
    console.error(problem);
    tell(t('broken'), t('brokenText'), [goTo(t('home'), '/', 'to-home')], 'bad');
  }
}

/** A call that must succeed before the page can go on, and says so while it does not. */
export async function need(action) {
  const answer = await patiently(action, (problem) => tell(problem.message, t('retrying')));
  hush();
  return answer;
}

export function tell(title, text, actions = [], tone = '') {
  $('message').className = 'card ' + tone;
  $('message').replaceChildren(
    el('p', {}, el('strong', {}, title)),
    text ? el('p', {}, text) : '',
    actions.length ? el('div', { className: 'row' }, ...actions) : '',
  );
  $('message').hidden = false;
}

export function hush() {
  $('message').hidden = true;
}

export const goTo = (label, href, id) => el('a', { className: 'button', href, id }, label);

/** Says what was refused, in the server's words, and what can be done now. */
export function tellProblem(problem, ...actions) {
  const page = location.pathname.split('/').pop().replace('.html', '');
  const ways = {
    unauthenticated: () => goTo(t('verifyAgain'), link('verify', '&return=' + page), 'verify-again'),
    'pass-expired': () => goTo(t('enterAgain'), link('wait'), 'enter-again'),
    'pass-missing': () => goTo(t('enterAgain'), link('wait'), 'enter-again'),
    'already-booked': () => goTo(t('mine'), link('me'), 'to-mine'),
    'not-eligible': () => goTo(t('myWindow'), link('verify'), 'my-window'),
    'window-closed': () => goTo(t('home'), '/', 'to-home'),
    'campaign-unknown': () => goTo(t('home'), '/', 'to-home'),
  };
  const way = ways[problem.status === 401 ? 'unauthenticated' : problem.code];
  if (way) actions.push(way());
  else if (!actions.length) {
    actions.push(el('button', { type: 'button', id: 'again', onclick: () => location.reload() }, t('again')));
  }
  const title = problem.body.detail ? problem.body.title : null;
  tell(title ?? problem.message, title ? problem.message : problem.passing ? t('nothingLost') : '', actions, 'bad');
  $('message').scrollIntoView({ block: 'nearest' });
}

/** Moves reader and keyboard to a heading that has just come up. */
export function focusOn(id) {
  $(id).tabIndex = -1;
  $(id).focus();
}
