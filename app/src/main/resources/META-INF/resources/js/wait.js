import { call, get, jitter, patiently, Problem, sleep } from './api.js';
import { placeOf } from './draw.js';
import { lang, t } from './i18n.js';
import { $, campaign, explain, link, memory, open, path, rows } from './page.js';
import { clock, ticking, left, moment, now, number, setZone } from './time.js';

let status;
let mine;
let place;

open('wait', async () => {
  setZone((await surely(() => get(path))).zone);
  ticking(countDown);
  for (;;) {
    status = await surely(() => get(path + '/line'));
    const { phase, line, lobbyOpensAt } = status;
    if (phase === 'closed' || phase === 'over') {
      throw new Problem(403, { type: 'urn:naru:not-eligible', title: t('overTitle'), detail: t('overText') });
    }
    if (phase !== 'before' && mine?.joined !== line) {
      mine = { ...(await surely(() => call('POST', path + '/line', {}))), joined: line };
    }
    await show();
    if (isCalled() && !document.hidden && (await enter())) return;
    await sleep(pause());
    // Nobody gains by being first.
    if (phase === 'before' && now() >= Date.parse(lobbyOpensAt)) await sleep(Math.random() * 3, false);
  }
});

async function surely(action) {
  const answer = await patiently(action, lost);
  $('connection').textContent = '';
  return answer;
}

function lost(problem) {
  $('connection').textContent = problem.status ? problem.message : t('lost');
}

const isCalled = () => status.phase === 'open' && place <= status.serving;
const remembered = (name) => `${name}.${campaign}.${status.line}.${mine.number}`;

/** What has been shown once never grows. */
function ahead() {
  const figure = Math.min(Math.max(0, place - status.serving - 1), memory.get(remembered('ahead')) ?? Infinity);
  memory.set(remembered('ahead'), figure);
  return figure;
}

function opening() {
  return Date.parse({ before: status?.lobbyOpensAt, lobby: status?.opensAt }[status?.phase]);
}

function pause() {
  const { near, far } = status.pollSeconds;
  const minutes = opening() ? (opening() - now()) / 60_000 : ahead() / status.perMinute;
  const share = Math.min(1, Math.max(0, (minutes - 2) / 18)) || 0;
  return jitter(near + (far - near) * share);
}

async function show() {
  const notice = status.notice?.[lang] ?? status.notice;
  $('notice').hidden = !notice;
  $('notice').textContent = notice;
  const asOf = clock(Date.parse(status.asOf ?? status.serverTime));
  if (status.phase === 'before') {
    say(t('beforeTitle'), t('beforeLead', { time: moment(status.lobbyOpensAt) }), t('toBefore'));
  } else if (status.phase === 'lobby') {
    memory.set(remembered('promise'), status.lobby.commitment);
    say(t('lobbyTitle'), t('lobbyLead', { time: moment(status.opensAt) }), t('toLobby'));
    facts({ size: number(status.lobby.size), number: number(mine.number), asOf });
  } else {
    place = await placeOf(status.draw, mine.number);
    $('draw').hidden = false;
    facts({ place: number(place), serving: number(status.serving), pace: number(status.perMinute), asOf });
    showPlace(ahead());
  }
  countDown();
  $('waiting').dataset.phase = status.phase;
  $('waiting').hidden = false;
}

function say(title, lead, note) {
  $('headline').textContent = title;
  $('lead').textContent = lead;
  $('range').textContent = note;
}

function facts(values) {
  $('facts').replaceChildren(...rows(values));
}

function countDown() {
  if (!opening()) return;
  $('ahead').textContent = left(opening() - now());
  if (status.phase === 'lobby' && opening() <= now()) $('lead').textContent = t('drawing');
}

function showPlace(figure) {
  const start = memory.get(remembered('start')) ?? figure;
  memory.set(remembered('start'), start);
  $('river').hidden = false;
  $('river').style.setProperty('--done', start ? 1 - figure / start : 1);
  $('ahead').textContent = number(figure);
  const title = t(isCalled() ? 'calledTitle' : figure ? 'lineTitle' : 'nextTitle');
  say(title, isCalled() ? t('calledLead') : '', range(figure));
  document.title = isCalled() ? title : `(${number(figure)}) ${t('title')} · ${t('brand')}`;
  announce(figure);
}

function range(figure) {
  if (isCalled()) return '';
  if (!status.perMinute) return t('unknown');
  const low = round(figure / status.expect.fast);
  const high = round((figure + 1) / status.expect.slow, 1);
  return high < 2 ? t('soon') : t('range', { low: span(low), high: span(high) });
}

function round(minutes, up = 0) {
  const step = minutes < 10 ? 1 : minutes < 60 ? 5 : 10;
  return (Math.floor(minutes / step) + up) * step;
}

function span(minutes) {
  const values = { h: Math.floor(minutes / 60), m: minutes % 60 };
  return t(values.h ? 'hours' : 'minutes', values);
}

let spoken = Infinity;

/** A screen reader hears of it when it has halved, not of every step. */
function announce(figure) {
  if (figure > spoken / 2 || figure === spoken) return;
  spoken = figure;
  $('live').textContent = t('spoken', { n: number(figure), range: range(figure) });
}

/** The server decides. True when this page has nothing more to do. */
async function enter() {
  try {
    const { pass, expiresAt } = await call('POST', path + '/admission', { ticket: mine.ticket });
    memory.set('pass', { campaign, pass, expiresAt });
    location.replace(link('book'));
  } catch (problem) {
    if (problem.status === 425) return false;
    if (problem.passing) {
      lost(problem);
      await sleep(jitter(problem.retryAfter || 2), false);
      return false;
    }
    explain(problem);
  }
  return true;
}

$('draw').addEventListener('toggle', async () => {
  const { check } = await import('./check.js');
  check(status, mine, place, memory.get(remembered('promise')));
});
