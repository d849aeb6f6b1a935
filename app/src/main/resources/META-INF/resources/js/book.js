import { call, get, patiently } from './api.js';
import { newId } from './appointment.js';
import { when } from './dates.js';
import { t } from './i18n.js';
import { goTo, hush, need, tell, tellProblem, trying } from './message.js';
import { $, campaign, el, link, memory, open, path, rows } from './page.js';
import { ticking, left, now, setZone } from './time.js';
import { setUpSearch, search } from './search.js';

const pass = memory.get('pass');
/** A move, or a later dose, which has no id yet. */
const begun = memory.get('move');
const task = begun?.campaign === campaign && begun;
let about;
let choose = confirm;

open('book', async () => {
  if (pass?.campaign !== campaign) {
    return tell(t('noPass'), t('noPassText'), [goTo(t('enterAgain'), link('wait'), 'enter-again')]);
  }
  about = await need(() => get(path));
  setZone(about.zone);
  ticking(countDown);
  $('search').hidden = false;
  if (task) await (await import('./task.js')).showTask(task);
  $('search-title').textContent = t('title');
  const unanswered = memory.get('booking');
  if (about.appointments.holdSeconds && !task) {
    const { holding } = await import('./hold.js');
    choose = holding({ pass: pass.pass, confirm, full, resume: unanswered?.campaign !== campaign });
  }
  await setUpSearch({ about, pass: pass.pass, choose: (choice) => choose(choice), task });
  if (unanswered?.campaign === campaign) {
    confirm(unanswered.choice, unanswered.id);
    if (!unanswered.refused) await send(unanswered);
  }
});

function countDown() {
  const rest = Date.parse(pass.expiresAt) - now();
  if (isNaN(rest)) return;
  $('bar').hidden = false;
  $('left').textContent = left(rest);
  if (rest <= 0 && !countDown.told) {
    countDown.told = true;
    tell(t('expired'), t('afterThat'), [goTo(t('enterAgain'), link('wait'), 'enter-again')]);
  }
}

/** @param choice `{slot, startsAt, product, site: {name, address}}` */
function confirm(choice, id = newId()) {
  const known = about.products.find(({ id }) => id === choice.product) ?? about.products[0];
  $('confirm-title').textContent = t('confirmTitle');
  $('choice').replaceChildren(
    ...rows({
      when: el('strong', {}, when(choice.startsAt)),
      where: choice.site.name,
      address: choice.site.address,
      what: choice.product && known.name,
    }),
  );
  $('second').textContent = known.bookedTogether && known.doses > 1 && !task ? t('together', { n: known.intervalDays }) : '';
  $('checking').textContent = '';
  $('book').textContent = t('book');
  $('book').onclick = () => trying(() => send({ campaign, id, slot: choice.slot, choice }));
  if (!$('confirm').open) $('confirm').showModal();
}

/**
 * Asks for the slot until there is an answer. The id is made once and remembered before the first
 * try: asking again, even after a reload, can find the booking but never make a second one.
 */
async function send(booking) {
  memory.set('booking', booking);
  busy(true);
  hush();
  $('checking').textContent = t('booking');
  const { id, slot } = booking;
  const ask = () =>
    task.id
      ? call('PUT', `/appointments/${task.id}/slot`, { slot }, pass.pass)
      : call('PUT', '/appointments/' + id, { campaign, slot, pass: pass.pass, dose: task.dose });
  try {
    const { id: booked } = await patiently(ask, (problem, wait) => {
      $('checking').textContent = problem.status ? `${problem.message} ${t('retrying', wait)}` : t('checking');
    });
    memory.drop('booking');
    memory.drop('move');
    memory.drop('hold');
    location.replace(link('booked', '#' + booked));
  } catch (problem) {
    // Without a session nothing was decided; the person asks again, after the next check.
    if (problem.status === 401) memory.set('booking', { ...booking, refused: true });
    else memory.drop('booking');
    busy(false);
    $('confirm').close();
    full(problem);
  }
}

/** A slot that is gone has others near it. */
function full(problem) {
  if (problem.code !== 'slot-full') throw problem;
  offer(problem);
  search();
}

function busy(is) {
  $('book').disabled = $('not-yet').disabled = is;
}

function offer(problem) {
  const buttons = (problem.body.alternatives ?? []).map((each) =>
    el(
      'button',
      { type: 'button', 'data-alternative': each.slot, onclick: () => choose({ ...each, site: { name: each.siteName } }) },
      el('span', {}, `${when(each.startsAt)} · ${each.siteName}`),
    ),
  );
  tellProblem(problem, ...(buttons.length ? [el('p', {}, t('alternatives')), ...buttons] : [el('span')]));
}

$('not-yet').addEventListener('click', () => {
  memory.drop('booking');
  $('confirm').close();
});
$('confirm').addEventListener('cancel', (event) => {
  if ($('book').disabled) event.preventDefault();
});
