import { lang, t } from './i18n.js';
import { sync } from './time.js';

/** A refusal (RFC 9457), or with status 0 no answer at all. */
export class Problem extends Error {
  constructor(status, body, retryAfter = 0) {
    super(body.detail ?? body.title ?? t('fault'));
    Object.assign(this, { status, body, retryAfter });
    this.code = body.type?.split(':').pop();
  }

  get passing() {
    return !this.status || [429, 502, 503, 504].includes(this.status);
  }
}

export async function call(method, path, body, pass) {
  const headers = { Accept: 'application/json', 'Accept-Language': lang };
  if (method !== 'GET') headers['X-Naru-Request'] = '1';
  if (body) headers['Content-Type'] = 'application/json';
  if (pass) headers['X-Naru-Pass'] = pass;
  if (sessionStorage['naru.helping']) (await import('./helping.js')).actIn(headers);
  let response, text, answer;
  try {
    const signal = AbortSignal.timeout(15000);
    response = await fetch('/api/v1' + path, { method, headers, signal, body: body && JSON.stringify(body) });
    text = await response.text();
  } catch {
    throw new Problem(0, { detail: t('offline') });
  }
  try {
    answer = JSON.parse(text || '{}');
  } catch {
    // Some proxy's page: nothing to show.
    throw new Problem(response.ok ? 0 : response.status, {});
  }
  if (!response.ok) throw new Problem(response.status, answer, Number(response.headers.get('Retry-After')));
  sync(answer.serverTime ?? answer.asOf);
  return answer;
}

export const get = (path, pass) => call('GET', path, undefined, pass);

/** So that a crowd does not come back in step. */
export const jitter = (seconds) => seconds * (0.8 + Math.random() * 0.4);

/** A device that comes back from offline or from sleep need not wait on. */
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
    const options = { signal: done.signal };
    addEventListener('online', wake, options);
    document.addEventListener('visibilitychange', () => document.hidden || wake(), options);
  });
}

export async function patiently(action, failed) {
  for (let pause = 2; ; pause = Math.min(pause * 1.6, 30)) {
    try {
      return await action();
    } catch (problem) {
      if (!problem.passing) throw problem;
      const seconds = jitter(Math.max(pause, problem.retryAfter));
      failed(problem, { seconds: Math.ceil(seconds) });
      await sleep(seconds, !problem.status);
    }
  }
}
