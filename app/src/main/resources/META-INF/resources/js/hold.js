import { call } from './api.js';
import { learn, t } from './i18n.js';
import { need, trying } from './message.js';
import { $, campaign, el, memory, path } from './page.js';
import { left, now, ticking } from './time.js';

await learn('hold');

/**
 * Where a campaign holds slots: a chosen one is kept while the person looks at it, and let go when
 * they do not take it. What cannot be let go ends by itself.
 */
export function holding({ pass, confirm, full, resume }) {
  const rest = el('b', { role: 'timer' });
  const words = el('span', {});
  const line = el('p', { className: 'bar', id: 'kept', hidden: true }, words, rest);
  $('choice').before(line);
  let until;

  const show = (kept) => {
    until = Date.parse(kept);
    line.hidden = !until;
    tick();
  };
  const tick = () => {
    if (!until) return;
    const over = until <= now();
    const text = t(over ? 'over' : 'kept');
    if (words.textContent !== text) words.textContent = text;
    rest.textContent = over ? '' : left(until - now());
  };
  ticking(tick);

  $('confirm').addEventListener('close', () => {
    if (!memory.get('hold')) return;
    memory.drop('hold');
    show();
    call('DELETE', path + '/hold').catch(() => {});
  });

  const choose = async (choice) => {
    try {
      const { until } = await need(() => call('PUT', path + '/hold', { slot: choice.slot }, pass));
      memory.set('hold', { campaign, choice, until });
      confirm(choice);
      show(until);
    } catch (problem) {
      // No more holds today: the slot can be booked as it is.
      if (problem.code !== 'too-many-changes') return full(problem);
      confirm(choice);
      show();
    }
  };

  const before = memory.get('hold');
  if (resume && before?.campaign === campaign && Date.parse(before.until) > now()) {
    confirm(before.choice);
    show(before.until);
  }
  return (choice) => trying(() => choose(choice));
}
