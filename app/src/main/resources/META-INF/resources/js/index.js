import { get } from './api.js';
import { t } from './i18n.js';
import { need } from './message.js';
import { $, el, open } from './page.js';
import { birthday } from './dates.js';
import { moment, now, setZone } from './time.js';

open('index', async () => {
  const { campaigns } = await need(() => get('/campaigns'));
  const all = await Promise.all(campaigns.map(({ id }) => need(() => get('/campaigns/' + encodeURIComponent(id)))));
  $('campaigns').replaceChildren(...all.map(card));
  if (!all.length) $('campaigns').append(el('p', { className: 'card' }, t('none')));
});

function card(campaign) {
  setZone(campaign.zone);
  const { phase, windows = [], eligible, supply } = campaign;
  const next = windows.find((each) => Date.parse(each.closes) > now()) ?? windows.at(-1);
  const when = next && { lobby: moment(next.lobbyOpens), opens: moment(next.opens), closes: moment(next.closes) };
  const href = '/verify.html?c=' + encodeURIComponent(campaign.id);
  return el(
    'section',
    { className: 'card', 'data-campaign': campaign.id, 'data-phase': phase },
    el('h2', {}, campaign.name),
    el('p', {}, el('strong', {}, t(phase, when))),
    el(
      'dl',
      {},
      ...(eligible ? [el('dt', {}, t('born')), el('dd', {}, `${birthday(eligible.bornFrom)} – ${birthday(eligible.bornTo)}`)] : []),
      ...(supply ? [el('dt', {}, t('supply')), el('dd', {}, `${birthday(supply.from)} – ${birthday(supply.to)}`)] : []),
    ),
    phase === 'over'
      ? ''
      : el('p', {}, el('a', { className: 'button main wide start', href }, t(phase === 'lobby' || phase === 'open' ? 'start' : 'check'))),
    windows.length ? calendar(windows, next) : '',
  );
}

function calendar(windows, next) {
  const row = (each) =>
    el(
      'tr',
      each === next ? { 'aria-current': 'date' } : {},
      el('th', { scope: 'row' }, each.cohorts?.length ? each.cohorts.join(', ') : t('everybody')),
      el('td', {}, moment(each.opens)),
      el('td', {}, moment(each.closes)),
    );
  const head = ['who', 'from', 'until'].map((key) => el('th', { scope: 'col' }, t(key)));
  const drawn = windows.filter((each) => each.commitment);
  return el(
    'details',
    {},
    el('summary', {}, t('calendar')),
    el('div', { className: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...windows.map(row)))),
    ...(drawn.length
      ? [
          el('h3', {}, t('commitment')),
          el('p', { className: 'soft' }, t('commitmentWhy')),
          el('ul', { className: 'hashes' }, ...drawn.map((each) => el('li', {}, moment(each.opens), ' ', el('code', {}, each.commitment)))),
        ]
      : []),
  );
}
