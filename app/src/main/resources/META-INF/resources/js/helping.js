import { call, get, jitter, sleep } from './api.js';
import { learn, t } from './i18n.js';
import { hush, need, trying } from './message.js';
import { $, campaign, el, link, memory, path } from './page.js';
import { left, moment, now, ticking } from './time.js';

await learn('helping');
document.head.append(el('link', { rel: 'stylesheet', href: '/css/helping.css' }));

/** Acts for somebody from now on, or for nobody. What was begun for another person is forgotten. */
export function act(helping) {
  const who = memory.get('who');
  sessionStorage.clear();
  memory.set('who', who);
  if (helping) memory.set('helping', helping);
  location.assign(link('me'));
}

function button(id, text, action, className = '') {
  const onclick = () =>
    trying(async () => {
      hush();
      await action();
    });
  return el('button', { type: 'button', id, className, onclick }, text);
}

/** Acts for whom this tab acts for, and says so on every page. */
export function actIn(headers) {
  const acting = memory.get('helping');
  headers['X-Naru-Helping'] = acting.helping;
  if (campaign && !$('acting')) banner(acting);
}

function banner({ id, person }) {
  const end = async () => {
    await need(() => call('DELETE', `${path}/helpings/${id}`));
    act();
  };
  document.querySelector('main').prepend(
    el(
      'section',
      { className: 'card', id: 'acting', 'aria-labelledby': 'acting-title' },
      el('p', { id: 'acting-title' }, el('strong', {}, t('acting', { name: person.maskedName }))),
      el('div', { className: 'row' }, button('acting-end', t('actingEnd'), end)),
    ),
  );
}

/** How to be helped, and how to help. */
export async function helpingCards({ helping }) {
  const [mine, others] = await Promise.all([need(() => get(path + '/helper')), need(() => get(path + '/helpings'))]);
  const helped = el('section', { className: 'card', id: 'helped' });
  showHelper(helped, mine);
  return [helped, helpSomebody(others, helping)];
}

function showHelper(card, { helper, codeExpiresAt }) {
  const head = el('h2', {}, t('helped'));
  const code = () => trying(() => showCode(card));
  const make = button('code-make', t(codeExpiresAt || helper ? 'codeAgain' : 'codeMake'), code);
  if (!helper) return card.replaceChildren(head, el('p', {}, t(codeExpiresAt ? 'codeOpen' : 'helpedText')), el('div', { className: 'row' }, make));
  const end = async () => {
    await need(() => call('DELETE', path + '/helper'));
    showHelper(card, {});
    $('done').textContent = t('helperEnded');
  };
  const values = { name: helper.maskedName, until: moment(Date.parse(helper.until)) };
  card.replaceChildren(
    head,
    el('p', { id: 'helper' }, t(helper.staff ? 'helperStaff' : 'helper', values)),
    el('div', { className: 'row' }, button('helper-end', t('helperEnd'), end, 'danger'), make),
  );
}

async function showCode(card) {
  hush();
  const { code, expiresAt } = await need(() => call('POST', path + '/helper/code', {}));
  const rest = el('b', {});
  const shown = code.replace(/(\d{3})(\d{3})(\d{4})/, '$1 $2 $3');
  card.replaceChildren(
    el('h2', {}, t('helped')),
    el('p', {}, t('codeText')),
    el('p', { className: 'code', id: 'code' }, shown),
    el('p', { className: 'bar' }, t('codeLeft'), rest),
    el('p', { className: 'soft' }, t('codeWarning')),
    el('div', { className: 'row' }, button('code-void', t('codeVoid'), () => call('DELETE', path + '/helper').then(() => showHelper(card, {})))),
  );
  const shownCode = card.querySelector('#code');
  shownCode.tabIndex = -1;
  shownCode.focus();
  ticking(() => (rest.textContent = left(Date.parse(expiresAt) - now())));
  for (;;) {
    await sleep(jitter(4));
    if (!shownCode.isConnected) return;
    // A call that fails may pass: what is shown stays.
    const mine = await get(path + '/helper').catch(() => null);
    if (shownCode.isConnected && mine && !mine.codeExpiresAt) return showHelper(card, mine);
  }
}

function helpSomebody({ helpings, staff: isStaff }, { family, staff }) {
  const input = el('input', {
    id: 'helping-code',
    inputMode: 'numeric',
    autocomplete: 'off',
    maxLength: 20,
    required: true,
    'aria-describedby': 'helping-hint helping-error',
  });
  const error = el('p', { id: 'helping-error', className: 'bad', role: 'alert' });
  const complain = (text) => {
    input.setAttribute('aria-invalid', String(Boolean(text)));
    error.textContent = text;
  };
  const begin = () =>
    trying(async () => {
      hush();
      const code = input.value.replace(/\D/g, '');
      complain(code.length === 10 ? '' : t('codeForm'));
      if (code.length !== 10) return input.focus();
      try {
        act(await call('POST', path + '/helpings', { code }));
      } catch (problem) {
        if (!problem.code?.startsWith('helping-')) throw problem;
        complain(problem.message);
        input.focus();
      }
    });
  const form = el(
    'form',
    { noValidate: true },
    el('label', { htmlFor: 'helping-code' }, t('codeLabel'), el('small', { id: 'helping-hint' }, t(!family ? 'staffOnly' : staff ? 'familyOrStaff' : 'family', { n: family }))),
    input,
    error,
    el('div', { className: 'row' }, el('button', { type: 'submit', id: 'helping-begin' }, t('begin'))),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    begin();
  });
  return el(
    'section',
    { className: 'card', id: 'help' },
    el('h2', {}, t('help')),
    ...helpings.map((each) =>
      el(
        'div',
        { className: 'row', 'data-helping': each.id },
        el('button', { type: 'button', className: 'main', onclick: () => act(each) }, t('goOnFor', { name: each.person.maskedName })),
      ),
    ),
    form,
    ...(isStaff ? [el('p', {}, t('callerText')), el('p', {}, el('a', { className: 'button', id: 'caller', href: link('verify', '&caller') }, t('callerVerify')))] : []),
  );
}
