import { learn, switchLanguage, t, translate } from './i18n.js';
import { clock, ticking, now } from './time.js';

export const $ = (id) => document.getElementById(id);

/** Properties that the element does not know become attributes. */
export function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Rows of a `dl`. */
export const rows = (values) =>
  Object.entries(values).flatMap(([name, value]) =>
    value == null ? [] : [el('dt', {}, t(name)), el('dd', { 'data-fact': name }, value)],
  );

/** A convenience, never a proof. */
export const memory = {
  get: (key) => JSON.parse(sessionStorage.getItem('naru.' + key)),
  set: (key, value) => sessionStorage.setItem('naru.' + key, JSON.stringify(value)),
  drop: (key) => sessionStorage.removeItem('naru.' + key),
};

export const campaign = new URLSearchParams(location.search).get('c') ?? '';
export const path = '/campaigns/' + encodeURIComponent(campaign);
export const link = (page, more = '') => `/${page}.html?c=${encodeURIComponent(campaign)}${more}`;

export async function open(name, run) {
  await Promise.all([learn('common'), learn(name)]);
  translate();
  document.title = `${t('title')} · ${t('brand')}`;
  $('lang').onclick = switchLanguage;
  if (campaign) $('mine').href = link('me');
  const steps = document.querySelector('.steps');
  if (steps && !campaign) return location.replace('/');
  for (let step = 1; steps && step <= 4; step++) {
    const at = step - steps.dataset.step;
    steps.append(el('li', at ? { className: at < 0 ? 'past' : '' } : { 'aria-current': 'step' }, t('step' + step)));
  }
  ticking(() => {
    if (now()) $('clock').textContent = clock(now());
  });
  try {
    await run();
  } catch (problem) {
    explain(problem);
  }
}

export async function explain(problem) {
  (await import('./message.js')).tellProblem(problem);
}

export function focusOn(id) {
  $(id).tabIndex = -1;
  $(id).focus();
}
