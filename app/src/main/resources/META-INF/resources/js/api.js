import { lang, t } from './i18n.js';
import { sync } from './time.js';

/** An answer that is not what was asked for: RFC 9457, or `offline` when none came. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail ?? body.title ?? t('fault'));
    Object.assign(this, { body, status, retryAfter });
    this.code = (body.type ?? '').split(':').pop();
  }

  /** Whether the same call may well succeed in a moment. */
  get passing() {
    return !this.status || [429, 502, 503, 504].includes(this.status);
  }
}

export async function call(method, path, body, pass) {
  const headers = { Accept: 'application/json', 'Accept-Language': lang };
  if (method !== 'GET') headers['X-Naru-Request'] = '1';
  if (body) headers['Content-Type'] = 'application/json';
  if (pass) headers['X-Naru-Pass'] = pass;
  let response, text;
  try {
    const signal = AbortSignal.timeout(15_000);
    response = await fetch('/api/v1' + path, { method, headers, signal, body: body && JSON.stringify(body) });
    text = await response.text();
  } catch {
    throw new Problem(0, { type: 'offline', detail: t('offline') });
  }
  let answer;
  try {
    answer = text ? JSON.parse(text) : {};
  } catch {
    // A proxy's or a hotel's page instead of Naru's answer: nothing of it is fit to be shown.
    throw new Problem(response.ok ? 0 : response.status, {});
  }
  if (!response.ok) throw new Problem(response.status, answer, Number(response.headers.get('Retry-After')));
  sync(answer.serverTime ?? answer.asOf);
  return answer;
}

export const get = (path, pass) => call('GET', path, undefined, pass);

/** 80 to 120 % of a time, so that a crowd does not come back in step. */
export const jitter = (seconds) => seconds * (0.8 + Math.random() * 0.4);

/** Waits; a device that comes back from offline or from sleep does not wait any longer. */
export function sleep(seconds, wakes = true) {
  return new Promise((resolve) => {
    const done = new AbortController();
    const wake = () => {
      done.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(wake, seconds * 1000);
    if (!wakes) return;
    addEventListener('online', wake, { signal: done.signal });
    document.addEventListener('visibilitychange', () => document.hidden || wake(), { signal: done.signal });
  });
}

/** Repeats a call until it is answered; `waiting` hears of every failure that will pass. */
export async function patiently(action, waiting) {
  for (let pause = 2; ; pause = Math.min(pause * 1.6, 30)) {
    try {
      return await action();
    } catch (problem) {
      if (!problem.passing) throw problem;
      waiting(problem);
      await sleep(jitter(Math.max(pause, problem.retryAfter || 0)), !problem.status);
    }
  }
}
