import { hex, sha256, unhex } from './digest.js';
import { learn, t, translate } from './i18n.js';
import { $, rows } from './page.js';
import { number } from './time.js';

await learn('check');
translate();

/**
 * Compares what was promised with what came.
 *
 * @param noted the commitment this page saw before the opening, if it was there
 */
export async function check({ draw, lobby }, mine, place, noted) {
  const { seed, size, beacon } = draw;
  const commitment = noted ?? lobby.commitment;
  const isPromised = hex(await sha256(unhex(seed))) === commitment;
  const right = isPromised && (mine.place ?? place) === place;
  const found = mine.number > size ? 'later' : 'checked';
  $('drawn').dataset.checked = right;
  $('drawn').className = right ? 'good' : 'bad';
  $('drawn').textContent = t(right ? found : 'wrong', { place: number(place) });
  $('draw-facts').replaceChildren(...rows({ seed, commitment, beacon, size, number: mine.number, place }));
}
