function chosen() {
  try {
    return localStorage.getItem('naru.lang');
  } catch {
    return null;
  }
}

export const lang = (chosen() ?? navigator.language).startsWith('ko') ? 'ko' : 'en';

const words = {};

export const t = (key, values) => (words[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

export async function learn(name) {
  try {
    Object.assign(words, await (await fetch(`/text/${lang}/${name}.json`)).json());
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return learn(name);
  }
}

export function translate() {
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
}

export function switchLanguage() {
  localStorage.setItem('naru.lang', lang === 'ko' ? 'en' : 'ko');
  location.reload();
}
