import { call } from './api.js';
import { t } from './i18n.js';
import { goTo, hush, remember, tell, tellProblem } from './message.js';
import { $, el, open } from './page.js';

const pages = ['wait', 'book', 'me'];

open('steps', async () => {
  const { provider, ...came } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  // What the provider sent is good for once, and nothing for the history.
  history.replaceState(null, '', location.pathname);
  const begun = JSON.parse(localStorage.getItem('naru.check'));
  localStorage.removeItem('naru.check');
  if (begun?.provider !== provider || !provider) {
    return tell(t('startedElsewhere'), t('startedElsewhereText'), [goTo(t('toVerify'), begun ? page('verify', begun) : '/', 'to-verify')], 'bad');
  }
  await complete(begun, came);
});

const page = (name, { campaign }) => `/${name}.html?c=${encodeURIComponent(campaign)}`;

async function complete(begun, came) {
  hush();
  $('busy').textContent = t('returning');
  const { provider, request, step, back } = begun;
  try {
    const { person, eligibility } = await call('POST', `/identity/${encodeURIComponent(provider)}/complete`, { request, step, ...came });
    remember(person);
    location.replace(page(pages.includes(back) && (eligibility.eligible || back === 'me') ? back : 'verify', begun));
  } catch (problem) {
    $('busy').textContent = '';
    const ways = [goTo(t('tryOther'), page('verify', begun), 'to-verify')];
    if (problem.passing) ways.push(el('button', { type: 'button', id: 'try-again', onclick: () => complete(begun, came) }, t('tryAgain')));
    tellProblem(problem, ...ways);
  }
}
