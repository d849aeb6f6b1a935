/**
 * A signer for certificates that are files: asks for one PEM file with the certificate and its private key (PKCS#8,
 * not encrypted; RSA or P-256), perhaps certificates in between, and signs in the browser. The key goes nowhere.
 *
 * The proxy in front serves it from the host of the pages, and the page of the provider names it:
 * `signer: /signer/key-file.js` (docs/identity.md). A vendor's signer looks the same from outside.
 *
 * @param {string} challenge the text to sign
 * @returns {Promise<string>} CMS (PKCS#7) with text and certificates, in Base64
 */
export async function sign(challenge) {
  const pem = await (await choose()).text();
  const certificates = blocks(pem, 'CERTIFICATE');
  const [secret] = blocks(pem, 'PRIVATE KEY');
  if (!certificates.length || !secret) throw new Error('the file needs a CERTIFICATE and a PRIVATE KEY');
  const text = new TextEncoder().encode(challenge);
  return base64(signed(text, certificates, await signature(secret, text)));
}

/** The file that somebody chooses; an error when they choose none. */
function choose() {
  return new Promise((resolve, reject) => {
    const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.pem' });
    input.addEventListener('change', () => resolve(input.files[0]));
    input.addEventListener('cancel', () => reject(new Error('no file was chosen')));
    input.click();
  });
}

function blocks(pem, name) {
  const found = pem.matchAll(new RegExp(`-----BEGIN ${name}-----([^-]+)-----END ${name}-----`, 'g'));
  return [...found].map(([, text]) => Uint8Array.from(atob(text.replace(/\s/g, '')), (each) => each.charCodeAt(0)));
}

const base64 = (bytes) => btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(''));

// DER

const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

function der(tag, ...parts) {
  const body = join(...parts);
  const length = [];
  for (let rest = body.length; rest > 0; rest >>= 8) length.unshift(rest & 255);
  return join([tag, ...(body.length < 128 ? [body.length] : [128 + length.length, ...length])], body);
}

const sequence = (...parts) => der(0x30, ...parts);
const set = (...parts) => der(0x31, ...parts);

/** A number of unsigned bytes: as short as possible, and not negative. */
function integer(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && !bytes[start]) start++;
  return der(2, bytes[start] < 128 ? [] : [0], bytes.slice(start));
}

function oid(name) {
  const [first, second, ...rest] = name.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const each of rest) {
    const groups = [each & 127];
    for (let more = each >> 7; more; more >>= 7) groups.unshift((more & 127) | 128);
    bytes.push(...groups);
  }
  return der(6, bytes);
}

/** The elements inside an element. */
function inside(element) {
  const [start] = header(element, 0);
  const parts = [];
  for (let at = start; at < element.length; ) {
    const [body, length] = header(element, at);
    parts.push(element.slice(at, body + length));
    at = body + length;
  }
  return parts;
}

function header(bytes, at) {
  const short = bytes[at + 1];
  if (short < 128) return [at + 2, short];
  const body = at + 2 + (short & 127);
  return [body, bytes.slice(at + 2, body).reduce((sum, each) => sum * 256 + each, 0)];
}

// CMS (RFC 5652)

const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'));

/** @returns the algorithm and the bytes of a signature */
async function signature(secret, text) {
  // PrivateKeyInfo: version, algorithm, key
  const isRsa = base64(inside(inside(secret)[1])[0]) === base64(oid('1.2.840.113549.1.1.1'));
  const algorithm = isRsa ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', secret, algorithm, false, ['sign']);
  const bytes = new Uint8Array(await crypto.subtle.sign(algorithm, key, text));
  return isRsa
    ? { algorithm: sequence(oid('1.2.840.113549.1.1.11'), der(5)), bytes }
    : { algorithm: sequence(oid('1.2.840.10045.4.3.2')), bytes: sequence(integer(bytes.slice(0, 32)), integer(bytes.slice(32))) };
}

function signed(text, certificates, { algorithm, bytes }) {
  // TBSCertificate: version, serial number, algorithm, issuer
  const [, serial, , issuer] = inside(inside(certificates[0])[0]);
  const signer = sequence(integer([1]), sequence(issuer, serial), sha256, algorithm, der(4, bytes));
  const content = sequence(oid('1.2.840.113549.1.7.1'), der(0xa0, der(4, text)));
  const data = sequence(integer([1]), set(sha256), content, der(0xa0, ...certificates), set(signer));
  return sequence(oid('1.2.840.113549.1.7.2'), der(0xa0, data));
}
