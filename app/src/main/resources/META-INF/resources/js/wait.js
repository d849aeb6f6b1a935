import { call, get, jitter, patiently, Problem, sleep } from './api.js';
import { isPromised, placeOf } from './draw.js';
import { lang, t } from './i18n.js';
import { $, campaign, el, focusOn, goTo, link, memory, need, open, tell, tellProblem } from './page.js';
import { clock, everySecond, left, moment, now, number, setZone } from './time.js';
import text from './text/wait.js';

const path = '/campaigns/' + encodeURIComponent(campaign);
/** What POST …/line gave: a number that is the same from every device. */
let mine;
let status;

await open(text, async () => {
  setZone((await need(() => get(path))).zone);
  everySecond(countDown);
  let joined;
  for (;;) {
    status = await patiently(() => get(path + '/line'), () => { $('connection').textContent = t('lost'); });
    $('connection').textContent = '';
    if (['closed', 'over'].includes(status.phase)) return over();
    if (status.phase !== 'before' && joined !== status.line) {
      mine = await need(() => call('POST', path + '/line', {}));
      joined = status.line;
      place.known = undefined;
    }
    show();
    if (isCalled() && !document.hidden && (await enter())) return;
    const before = status.phase === 'before';
    await sleep(pause());
    // Nothing is gained by being first in the lobby; a crowd that spreads out does not jam it.
    if (before && now() >= Date.parse(status.lobbyOpensAt)) await sleep(Math.random() * 3);
  }
});

const key = (name) => `${name}.${campaign}.${status.line}.${mine?.number}`;

function place() {
  if (!status.draw || !mine) return mine?.place;
  place.known ??= placeOf(status.draw, mine.number);
  return place.known;
}

const isCalled = () => status.phase === 'open' && place() <= status.serving;

/** People ahead; what has been shown once never grows. */
function ahead() {
  const figure = Math.min(Math.max(0, place() - status.serving - 1), memory.get(key('ahead')) ?? Infinity);
  memory.set(key('ahead'), figure);
  return figure;
}

function pause() {
  const { near, far } = status.pollSeconds;
  const until = { before: status.lobbyOpensAt, lobby: status.opensAt }[status.phase];
  const minutes = until ? (Date.parse(until) - now()) / 60_000 : ahead() / status.perMinute;
  const share = Math.min(1, Math.max(0, (minutes - 2) / 18));
  return jitter(near + (far - near) * (share || 0));
}

function show() {
  $('waiting').hidden = false;
  $('waiting').dataset.phase = status.phase;
  const notice = status.notice?.[lang] ?? status.notice;
  $('notice').hidden = !notice;
  $('notice').textContent = notice ?? '';
  ({ before: showBefore, lobby: showLobby, open: showLine })[status.phase]();
}

function say(title, lead) {
  if ($('headline').textContent !== title) $('headline').textContent = title;
  $('lead').textContent = lead;
}

function facts(...rows) {
  const known = rows.filter(([, value]) => value != null && value !== '');
  $('facts').replaceChildren(
    ...known.flatMap(([name, value]) => [el('dt', {}, t(name)), el('dd', { 'data-fact': name }, String(value))]),
  );
}

const asOf = () => ['asOf', clock(Date.parse(status.asOf ?? status.serverTime))];

function showBefore() {
  say(t('beforeTitle'), t('beforeLead', { time: moment(status.lobbyOpensAt) }));
}

function showLobby() {
  memory.set(key('promise'), status.lobby.commitment);
  say(t('lobbyTitle'), t('lobbyLead', { time: moment(status.opensAt) }));
  facts(['size', number(status.lobby.size)], ['number', number(mine.number)], asOf());
}

function countDown() {
  const until = { before: status?.lobbyOpensAt, lobby: status?.opensAt }[status?.phase];
  if (!until) return;
  const rest = Date.parse(until) - now();
  $('ahead').textContent = left(rest);
  if (rest <= 0 && status.phase === 'lobby') $('lead').textContent = t('drawing');
}

function showLine() {
  const figure = ahead();
  const start = memory.get(key('start')) ?? figure;
  memory.set(key('start'), start);
  $('ahead').textContent = number(figure);
  $('ahead').dataset.ahead = figure;
  $('progress').hidden = false;
  $('progress').value = start ? 1 - figure / start : 1;
  $('range').textContent = range(figure);
  say(t(isCalled() ? 'calledTitle' : figure ? 'lineTitle' : 'nextTitle'), isCalled() ? t('calledLead') : '');
  facts(['place', number(place())], ['serving', number(status.serving)], ['pace', number(status.perMinute)], asOf());
  document.title = isCalled() ? t('calledTitle') : `(${number(figure)}) ${t('title')} · ${t('brand')}`;
  announce(figure);
  showDraw();
}

function range(figure) {
  if (isCalled()) return '';
  if (!status.perMinute) return t('unknown');
  const minutes = (figure + 1) / status.perMinute;
  const round = (value) => {
    const step = value < 10 ? 1 : value < 60 ? 5 : 10;
    return Math.max(1, Math.round(value / step) * step);
  };
  const low = round(minutes * 0.8);
  const high = round(minutes * 1.3);
  return high <= 1 ? t('soon') : t('range', { low: span(low), high: span(Math.max(high, low + 1)) });
}

function span(minutes) {
  const values = { h: Math.floor(minutes / 60), m: minutes % 60 };
  return t(values.h ? (values.m ? 'hoursMinutes' : 'hours') : 'minutes', values);
}

let spoken = Infinity;

/** A screen reader hears of the place when it has halved, not of every step. */
function announce(figure) {
  if (figure > spoken / 2 && spoken !== 0) return;
  if (figure === spoken) return;
  spoken = figure;
  $('live').textContent = t('spoken', { n: number(figure), range: range(figure) });
}

function showDraw() {
  if (!status.draw || !$('draw').hidden) return;
  const { seed, size, beacon } = status.draw;
  const promise = memory.get(key('promise')) ?? status.lobby.commitment;
  const right = isPromised(seed, promise) && (mine.place ?? place()) === place();
  $('drawn').className = right ? 'good' : 'bad';
  $('drawn').dataset.checked = right;
  $('drawn').textContent = t(right ? (mine.number > size ? 'later' : 'checked') : 'wrong', { place: number(place()) });
  const rows = { seed, commitment: promise, beacon, size, number: mine.number, place: place() };
  $('draw-facts').replaceChildren(
    ...Object.entries(rows).flatMap(([name, value]) => (value == null ? [] : [el('dt', {}, t(name)), el('dd', {}, String(value))])),
  );
  $('draw').hidden = false;
}

/** Asks for the pass; the server decides. True when this page has nothing more to do. */
async function enter() {
  try {
    const { pass, expiresAt } = await call('POST', path + '/admission', { ticket: mine.ticket });
    memory.set('pass', { campaign, pass, expiresAt });
    location.replace(link('book'));
    return true;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 425) return false;
    if (problem.passing) {
      $('connection').textContent = problem.status ? problem.message : t('lost');
      await sleep(jitter(problem.retryAfter || 2), false);
      return false;
    }
    tellProblem(problem);
    return true;
  }
}

function over() {
  $('waiting').hidden = true;
  tell(t('overTitle'), t('overText'), [goTo(t('myWindow'), link('verify'), 'my-window')]);
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && status && isCalled()) focusOn('headline');
});
