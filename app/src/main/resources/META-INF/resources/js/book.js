import { call, get, patiently } from './api.js';
import { when } from './dates.js';
import { learn, t } from './i18n.js';
import { goTo, hush, need, tell, tellProblem, trying } from './message.js';
import { $, campaign, el, link, memory, open, path, rows } from './page.js';
import { ticking, left, now, setZone } from './time.js';
import { setUpSearch, search } from './search.js';

const pass = memory.get('pass');
const moving = memory.get('move');
const isMove = moving?.campaign === campaign;
let about;

open('book', async () => {
  await learn('appointment');
  if (pass?.campaign !== campaign) {
    return tell(t('noPass'), t('noPassText'), [goTo(t('enterAgain'), link('wait'), 'enter-again')]);
  }
  about = await need(() => get(path));
  setZone(about.zone);
  ticking(countDown);
  $('search').hidden = false;
  $('search-title').textContent = t(isMove ? 'moveTitle' : 'title');
  if (isMove) showMove();
  await setUpSearch({ about, pass: pass.pass, choose: confirm });
  const unanswered = memory.get('booking');
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

function showMove() {
  const keep = () => {
    memory.drop('move');
    location.assign(link('me'));
  };
  $('moving').append(
    t('moving', { when: when(moving.startsAt), site: moving.site }),
    ' ',
    el('button', { type: 'button', className: 'plain', id: 'keep', onclick: keep }, t('keep')),
  );
  $('moving').hidden = false;
}

/** @param choice `{slot, startsAt, product, site: {name, address}}` */
function confirm(choice, id = uuid()) {
  const known = about.products?.find((each) => each.id === choice.product) ?? about.products?.[0];
  $('confirm-title').textContent = t(isMove ? 'confirmMove' : 'confirmTitle');
  $('choice').replaceChildren(
    ...rows({
      when: el('strong', {}, when(choice.startsAt)),
      where: choice.site.name,
      address: choice.site.address,
      what: choice.product && known?.name,
    }),
  );
  $('second').textContent = known?.bookedTogether && known.doses > 1 && !isMove ? t('together', { n: known.intervalDays }) : '';
  $('checking').textContent = '';
  $('book').textContent = t(isMove ? 'bookMove' : 'book');
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
    isMove
      ? call('PUT', `/appointments/${moving.id}/slot`, { slot }, pass.pass)
      : call('PUT', '/appointments/' + id, { campaign, slot, pass: pass.pass });
  try {
    const { id: booked } = await patiently(ask, (problem) => {
      $('checking').textContent = problem.status ? `${problem.message} ${t('retrying')}` : t('checking');
    });
    memory.drop('booking');
    memory.drop('move');
    location.replace(link('booked', '#' + booked));
  } catch (problem) {
    // Without a session nothing was decided; the person asks again, after the next check.
    if (problem.status === 401) memory.set('booking', { ...booking, refused: true });
    else memory.drop('booking');
    busy(false);
    $('confirm').close();
    if (problem.code !== 'slot-full') throw problem;
    offer(problem);
    search();
  }
}

function busy(is) {
  $('book').disabled = $('not-yet').disabled = is;
}

function offer(problem) {
  const buttons = (problem.body.alternatives ?? []).map((each) =>
    el(
      'button',
      { type: 'button', 'data-alternative': each.slot, onclick: () => confirm({ ...each, site: { name: each.siteName } }) },
      el('span', {}, `${when(each.startsAt)} · ${each.siteName}`),
    ),
  );
  tellProblem(problem, ...(buttons.length ? [el('p', {}, t('alternatives')), ...buttons] : [el('span')]));
}

function uuid() {
  // crypto.randomUUID is missing on plain HTTP, where a demonstration on a local network runs.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

$('not-yet').addEventListener('click', () => {
  memory.drop('booking');
  $('confirm').close();
});
$('confirm').addEventListener('cancel', (event) => {
  if ($('book').disabled) event.preventDefault();
});
