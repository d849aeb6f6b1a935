import { fullDay, when } from './dates.js';
import { learn, t } from './i18n.js';
import { $, el, link, memory } from './page.js';

/**
 * Says what is done on the booking page instead of a first booking.
 *
 * @param task a move has an id; a later dose the days on which it can be given
 */
export async function showTask({ id, dose, from, to, startsAt, site }) {
  if (id) await learn('move');
  if (from) await learn('later');
  const keep = () => {
    memory.drop('move');
    location.assign(link('me'));
  };
  $('moving').append(
    ...(id ? [t('moving', { when: when(startsAt), site }), ' '] : []),
    ...(from ? [t('between', { n: dose, from: fullDay(from), to: fullDay(to) }), ' '] : []),
    el('span', { className: 'row' }, el('button', { type: 'button', id: 'keep', onclick: keep }, t(id ? 'keep' : 'laterBack'))),
  );
  $('moving').hidden = false;
}
