/** Words in the reader's language. A dictionary has one line a text: `key: ['한국어', 'English']`. */
function chosen() {
  try {
    return localStorage.getItem('naru.lang');
  } catch {
    return null;
  }
}

const wanted = chosen() ?? navigator.language ?? 'ko';
export const lang = wanted.startsWith('ko') ? 'ko' : 'en';

const words = {};

export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** Adds a dictionary. */
export function learn(dictionary) {
  for (const [key, pair] of Object.entries(dictionary)) {
    words[key] = pair[lang === 'ko' ? 0 : 1];
  }
}

/** Fills every element that names its text in `data-t`. */
export function translate() {
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = t(element.dataset.t);
  }
}

export function switchLanguage() {
  try {
    localStorage.setItem('naru.lang', lang === 'ko' ? 'en' : 'ko');
  } catch {
    return;
  }
  location.reload();
}
