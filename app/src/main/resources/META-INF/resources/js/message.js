import { patiently, Problem } from './api.js';
import { learn, t } from './i18n.js';
import { $, el, link, memory } from './page.js';

await learn('message');

/** Runs an action; whatever refusal comes out of it is told. */
export async function trying(action) {
  try {
    return await action();
  } catch (problem) {
    tellProblem(problem);
  }
}

/** A call that must succeed before the page can go on, and says so while it does not. */
export async function need(action) {
  let told = false;
  const answer = await patiently(action, (problem, wait) => {
    told = true;
    tell(problem.message, t('retrying', wait));
  });
  if (told) hush();
  return answer;
}

export function tell(title, text, actions = [], tone = '') {
  const box = $('message');
  box.className = 'card ' + tone;
  // Where the page has nothing else to show, this is its heading.
  const heading = [...document.querySelectorAll('h1')].some((each) => each.offsetParent) ? 'p' : 'h1';
  box.replaceChildren(
    el(heading, {}, el('strong', {}, title)),
    el('p', {}, text),
    el('div', { className: 'row', hidden: !actions.length }, ...actions),
  );
  box.hidden = false;
  box.scrollIntoView({ block: 'nearest' });
}

export function hush() {
  $('message').hidden = true;
}

export const goTo = (label, href, id) => el('a', { className: 'button', href, id }, label);

const enter = () => goTo(t('enterAgain'), link('wait'), 'enter-again');
const home = () => goTo(t('home'), '/', 'to-home');

/** What can be done about a problem, by its code. */
const ways = {
  'pass-expired': enter,
  'pass-missing': enter,
  'pass-elsewhere': enter,
  'window-closed': home,
  'campaign-unknown': home,
  'helping-over': () => {
    memory.drop('helping');
    $('acting')?.remove();
    return goTo(t('mine'), link('me'), 'to-mine');
  },
  'already-booked': () => goTo(t('mine'), link('me'), 'to-mine'),
  'not-eligible': () => goTo(t('myWindow'), link('verify'), 'my-window'),
  unauthenticated() {
    const page = location.pathname.split('/').pop().replace('.html', '');
    return goTo(t('verifyAgain'), link('verify', '&return=' + page), 'verify-again');
  },
};

/** Says what was refused, in the server's words, and what can be done now. */
export function tellProblem(problem, ...actions) {
  if (!(problem instanceof Problem)) {
    console.error(problem);
    return tell(t('broken'), t('brokenText'), [home()], 'bad');
  }
  const { title, detail } = problem.body;
  const way = ways[problem.status === 401 ? 'unauthenticated' : problem.code];
  if (way) actions.push(way());
  else if (!actions.length) {
    actions.push(el('button', { type: 'button', id: 'again', onclick: () => location.reload() }, t('again')));
  }
  if (title && detail) tell(title, detail, actions, 'bad');
  else tell(problem.message, t('nothingLost'), actions, 'bad');
}

/** Somebody was verified in this browser. */
export function remember({ maskedName }) {
  // On a shared device the next person must not go on with what the last one had begun.
  if (memory.get('who') !== maskedName) sessionStorage.clear();
  memory.set('who', maskedName);
  localStorage.setItem('naru.known', 'yes');
}
