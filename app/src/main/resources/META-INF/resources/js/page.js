import { learn, switchLanguage, t, translate } from './i18n.js';
import { clock, everySecond, now } from './time.js';

export const $ = (id) => document.getElementById(id);

/** An element with properties (`data-…` and `aria-…` as attributes) and children. */
export function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Rows of a `dl`; those without a value are left out. */
export const rows = (values) =>
  Object.entries(values).flatMap(([name, value]) =>
    value == null ? [] : [el('dt', {}, t(name)), el('dd', { 'data-fact': name }, value)],
  );

/** What this tab remembers; a convenience, never a proof. */
export const memory = {
  get: (key) => JSON.parse(sessionStorage.getItem('naru.' + key)),
  set: (key, value) => sessionStorage.setItem('naru.' + key, JSON.stringify(value)),
  drop: (key) => sessionStorage.removeItem('naru.' + key),
};

export const campaign = new URLSearchParams(location.search).get('c') ?? '';
export const path = '/campaigns/' + encodeURIComponent(campaign);
export const link = (page, more = '') => `/${page}.html?c=${encodeURIComponent(campaign)}${more}`;

/** Sets up what every page has, then runs it. */
export async function open(name, run) {
  await Promise.all([learn('common'), learn(name)]);
  translate();
  document.title = `${t('title')} · ${t('brand')}`;
  $('lang').onclick = switchLanguage;
  if (campaign) $('mine').href = link('me');
  const steps = document.querySelector('.steps');
  for (let step = 1; steps && step <= 4; step++) {
    const at = step - steps.dataset.step;
    steps.append(el('li', at ? { className: at < 0 ? 'past' : '' } : { 'aria-current': 'step' }, t('step' + step)));
  }
  everySecond(() => {
    if (now()) $('clock').textContent = clock(now());
  });
  try {
    await run();
  } catch (problem) {
    explain(problem);
  }
}

/** Tells a refusal; what is needed for it is loaded only then. */
export async function explain(problem) {
  (await import('./message.js')).tellProblem(problem);
}

/** Moves reader and keyboard to a heading that has just come up. */
export function focusOn(id) {
  $(id).tabIndex = -1;
  $(id).focus();
}
