import { hex, hmac, join, sha256, unhex } from './sha256.js';

/** The draw, computed here from what was published; docs/draw.md has every byte. */
const ROUNDS = 24;

const utf8 = (text) => new TextEncoder().encode(text);

function bigEndian(value, length) {
  const bytes = new Uint8Array(length);
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = value % 256;
    value = Math.floor(value / 256);
  }
  return bytes;
}

/** The place (from 1) of a number (from 1): drawn for the lobby's, the number itself for later ones. */
export function placeOf({ seed, size, beacon }, number) {
  if (number > size) return number;
  const key = hmac(unhex(seed), join(utf8('naru-draw-1'), bigEndian(size, 8), utf8(beacon ?? '')));
  const half = Math.ceil(Math.sqrt(size));
  let value = number - 1;
  do {
    let left = Math.floor(value / half);
    let right = value % half;
    for (let round = 0; round < ROUNDS; round++) {
      const hash = hmac(key, join([round], bigEndian(right, 4)));
      const drawn = hash.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) % half;
      [left, right] = [right, (left + drawn) % half];
    }
    value = left * half + right;
  } while (value >= size);
  return value + 1;
}

/** Whether a seed is the one whose fingerprint was published before. */
export const isPromised = (seed, commitment) => hex(sha256(unhex(seed))) === commitment;
