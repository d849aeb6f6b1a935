// Browsers lend these on secure origins only; a demonstration may run over plain HTTP.
const { subtle } = crypto;
const own = subtle ? null : await import('./sha256.js');

export async function sha256(bytes) {
  return own ? own.sha256(bytes) : new Uint8Array(await subtle.digest('SHA-256', bytes));
}

export async function hmac(key, message) {
  const bytes = Uint8Array.from(message);
  if (own) return own.hmac(key, bytes);
  const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', imported, bytes));
}

export const utf8 = (text) => new TextEncoder().encode(text);
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
export const unhex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
