import { call, jitter, sleep } from './api.js';
import { learn, t } from './i18n.js';
import { hush, need, tell } from './message.js';
import { $, campaign, el } from './page.js';

await learn('steps');

/** What a check needs besides a plain form: a visit at the provider, the phone, a code, a signature. */
export function take(next, check) {
  if (next.next === 'redirect') leave(next, check);
  else if (next.next === 'poll') return poll(next, check);
  else if (next.challenge) sign(next, check);
  else if (next.fields.includes('smsCode')) code(next, check);
  else check.form(next.fields);
}

function leave({ url, step }, { provider, request }) {
  $('busy').textContent = t('leaving');
  const back = new URLSearchParams(location.search).get('return');
  // Not in the session's storage: some apps come back in another tab.
  localStorage.setItem('naru.check', JSON.stringify({ provider: provider.id, request, step, campaign, back }));
  location.assign(url);
}

async function poll({ step }, { provider, request, way, goOn, refuse, again }) {
  let left = false;
  const leaving = () => {
    left = true;
    again();
  };
  $('form').hidden = $('choose').hidden = true;
  $('busy').textContent = '';
  const ask = () => tell(t('polling'), t('pollingText', provider), [el('button', { type: 'button', id: 'other-way', onclick: leaving }, t('tryOther'))]);
  ask();
  try {
    for (;;) {
      await sleep(jitter(2));
      if (left) return;
      const answer = await need(() => call('POST', way('complete'), { request, step }));
      if (left) return;
      if (answer.next !== 'poll') {
        hush();
        return await goOn(answer);
      }
      ask();
    }
  } catch (problem) {
    if (!left) refuse(problem);
  }
}

function code({ fields }, { form, complete, refuse }) {
  form(fields);
  const input = $('field-smsCode');
  Object.assign(input, { inputMode: 'numeric', autocomplete: 'one-time-code', maxLength: 6 });
  const resend = async () => {
    try {
      await complete({ resend: 'yes' });
    } catch (problem) {
      refuse(problem);
    }
  };
  $('fields').prepend(el('p', { id: 'code-sent', role: 'status' }, t('codeSent')));
  $('fields').append(el('button', { type: 'button', id: 'resend', onclick: resend }, t('resend')));
}

/** An agency's signer is a module of its own on this server: `sign(challenge)` gives the CMS in Base64. */
function sign({ fields, challenge, signer }, { form }) {
  form(fields);
  const input = $('field-signature');
  input.maxLength = 8000;
  const use = async () => {
    hush();
    try {
      input.value = await (await import(signer)).sign(challenge);
      $('submit').focus();
    } catch (fault) {
      // The signer is the agency's, and so are its faults.
      console.warn(fault);
      tell(t('notSigned'), t('notSignedText'), [], 'bad');
    }
  };
  $('fields').prepend(el('p', {}, t('signText')), el('p', {}, el('code', { id: 'challenge' }, challenge)));
  if (signer) input.after(el('button', { type: 'button', id: 'sign', onclick: use }, t('sign')));
}
