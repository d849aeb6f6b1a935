import './steps.js';
import { learn, t, translate } from './i18n.js';
import { path } from './page.js';

export { act } from './helping.js';

// After the words of the steps, which speak to the one who holds the phone.
await learn('caller');
translate();
document.title = `${t('title')} · ${t('brand')}`;

/** A member of staff verifies somebody on the telephone: other calls, the same page. */
export const way = `${path}/helpings/callers/`;

/** The browser knows the member of staff, not the caller. */
export const field = { autocomplete: 'off' };
