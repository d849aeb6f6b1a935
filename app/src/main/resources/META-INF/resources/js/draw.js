import { hmac, unhex, utf8 } from './digest.js';

/** Every byte is explained in docs/draw.md. */
const ROUNDS = 24;

function bigEndian(value, length) {
  const bytes = [];
  for (; bytes.length < length; value = Math.floor(value / 256)) bytes.unshift(value % 256);
  return bytes;
}

export async function placeOf({ seed, size, beacon = '' }, number) {
  if (number > size) return number;
  const key = await hmac(unhex(seed), [...utf8('naru-draw-1'), ...bigEndian(size, 8), ...utf8(beacon)]);
  const hash = (round, x) => hmac(key, [round, ...bigEndian(x, 4)]);
  const half = Math.ceil(Math.sqrt(size));
  let value = number - 1;
  do {
    let left = Math.floor(value / half);
    let right = value % half;
    for (let round = 0; round < ROUNDS; round++) {
      const drawn = (await hash(round, right)).slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
      [left, right] = [right, (left + (drawn % half)) % half];
    }
    value = left * half + right;
  } while (value >= size);
  const coin = size > 1 && value < 2 && (await hash(ROUNDS, 0))[0] >= 128;
  return coin ? 2 - value : value + 1;
}
