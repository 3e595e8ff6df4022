/** How content is told apart. `'xxh64'` is fast; `'sha-256'` also holds against somebody who makes two different files of one hash on purpose. */
export type ContentHash = 'xxh64' | 'sha-256';

/** The hash of these bytes, in hexadecimal. */
export async function contentHash(bytes: Uint8Array, hash: ContentHash): Promise<string> {
  if (hash === 'xxh64') return xxh64(bytes);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Words of 64 bits are pairs of 32, high half first, at an even place of one array: with BigInt the hash would take many times as long.
type Words = Int32Array;

const [PRIME1_HIGH, PRIME1_LOW] = [0x9e3779b1 | 0, 0x85ebca87 | 0] as const;
const [PRIME2_HIGH, PRIME2_LOW] = [0xc2b2ae3d | 0, 0x27d4eb4f] as const;
const [PRIME3_HIGH, PRIME3_LOW] = [0x165667b1, 0x9e3779f9 | 0] as const;
const [PRIME4_HIGH, PRIME4_LOW] = [0x85ebca77 | 0, 0xc2b2ae63 | 0] as const;
const [PRIME5_HIGH, PRIME5_LOW] = [0x27d4eb2f, 0x165667c5] as const;
const STRIPE_BYTES = 32;
/** How far each lane is turned when they are summed up. */
const LANE_TURNS = [1, 7, 12, 18] as const;
/** Where the words lie: four lanes, their sum, and one to compute in. */
const LANES = [0, 2, 4, 6] as const;
const SUM = 8;
const SPARE = 10;

/**
 * XXH64 of these bytes with seed 0, as 16 hexadecimal digits.
 * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
export function xxh64(bytes: Uint8Array): string {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  // Of the seed 0: prime 1 + prime 2, prime 2, 0, -prime 1.
  const words = Int32Array.of(0x60ea27ee, 0xadc0b5d6, PRIME2_HIGH, PRIME2_LOW, 0, 0, 0x61c8864e, 0x7a143579, 0, 0, 0, 0);
  let at = 0;
  for (; at + STRIPE_BYTES <= length; at += STRIPE_BYTES) {
    for (let lane = 0; lane < SUM; lane += 2) mix(words, lane, view.getInt32(at + 4 * lane + 4, true), view.getInt32(at + 4 * lane, true));
  }
  if (length < STRIPE_BYTES) add(words, SUM, PRIME5_HIGH, PRIME5_LOW);
  else joinLanes(words);
  add(words, SUM, Math.trunc(length / 2 ** 32), length | 0);
  for (; at + 8 <= length; at += 8) {
    joinMixed(words, view.getInt32(at + 4, true), view.getInt32(at, true));
    turn(words, SUM, 27);
    multiply(words, SUM, PRIME1_HIGH, PRIME1_LOW);
    add(words, SUM, PRIME4_HIGH, PRIME4_LOW);
  }
  if (at + 4 <= length) {
    joinProduct(words, view.getInt32(at, true), PRIME1_HIGH, PRIME1_LOW);
    turn(words, SUM, 23);
    multiply(words, SUM, PRIME2_HIGH, PRIME2_LOW);
    add(words, SUM, PRIME3_HIGH, PRIME3_LOW);
    at += 4;
  }
  for (; at < length; at++) {
    joinProduct(words, view.getUint8(at), PRIME5_HIGH, PRIME5_LOW);
    turn(words, SUM, 11);
    multiply(words, SUM, PRIME1_HIGH, PRIME1_LOW);
  }
  return finish(words);
}

/** Sums the lanes up, each turned, and joins each once more. */
function joinLanes(words: Words): void {
  LANES.forEach((lane, index) => {
    words.copyWithin(SPARE, lane, lane + 2);
    turn(words, SPARE, LANE_TURNS[index] as number);
    add(words, SUM, words[SPARE] as number, words[SPARE + 1] as number);
  });
  for (const lane of LANES) {
    joinMixed(words, words[lane] as number, words[lane + 1] as number);
    multiply(words, SUM, PRIME1_HIGH, PRIME1_LOW);
    add(words, SUM, PRIME4_HIGH, PRIME4_LOW);
  }
}

/** Takes eight bytes into a lane. */
function mix(words: Words, lane: number, high: number, low: number): void {
  add(words, lane, (highProduct(low, PRIME2_LOW) + Math.imul(low, PRIME2_HIGH) + Math.imul(high, PRIME2_LOW)) | 0, Math.imul(low, PRIME2_LOW));
  turn(words, lane, 31);
  multiply(words, lane, PRIME1_HIGH, PRIME1_LOW);
}

function joinMixed(words: Words, high: number, low: number): void {
  words.fill(0, SPARE);
  mix(words, SPARE, high, low);
  joinSpare(words);
}

function joinProduct(words: Words, value: number, primeHigh: number, primeLow: number): void {
  words[SPARE] = 0;
  words[SPARE + 1] = value;
  multiply(words, SPARE, primeHigh, primeLow);
  joinSpare(words);
}

function joinSpare(words: Words): void {
  (words[SUM] as number) ^= words[SPARE] as number;
  (words[SUM + 1] as number) ^= words[SPARE + 1] as number;
}

/** Lets every bit of the input reach every bit of the hash. */
function finish(words: Words): string {
  fold(words, 33);
  multiply(words, SUM, PRIME2_HIGH, PRIME2_LOW);
  fold(words, 29);
  multiply(words, SUM, PRIME3_HIGH, PRIME3_LOW);
  fold(words, 32);
  return [words[SUM], words[SUM + 1]].map((half) => ((half as number) >>> 0).toString(16).padStart(8, '0')).join('');
}

/** `sum ^= sum >>> bits`. */
function fold(words: Words, bits: number): void {
  const high = words[SUM] as number;
  words[SPARE] = bits < 32 ? high >>> bits : 0;
  words[SPARE + 1] = bits < 32 ? ((words[SUM + 1] as number) >>> bits) | (high << (32 - bits)) : high >>> (bits - 32);
  joinSpare(words);
}

function add(words: Words, at: number, high: number, low: number): void {
  const sum = ((words[at + 1] as number) + low) | 0;
  words[at] = (words[at] as number) + high + (sum >>> 0 < low >>> 0 ? 1 : 0);
  words[at + 1] = sum;
}

function multiply(words: Words, at: number, high: number, low: number): void {
  const oldHigh = words[at] as number;
  const oldLow = words[at + 1] as number;
  words[at] = highProduct(oldLow, low) + Math.imul(oldLow, high) + Math.imul(oldHigh, low);
  words[at + 1] = Math.imul(oldLow, low);
}

/** Turns to the left by 1 to 31 bits. */
function turn(words: Words, at: number, bits: number): void {
  const high = words[at] as number;
  const low = words[at + 1] as number;
  words[at] = (high << bits) | (low >>> (32 - bits));
  words[at + 1] = (low << bits) | (high >>> (32 - bits));
}

/** The high half of the product of two unsigned halves. A double knows the product to 2^10; without its low half what remains rounds to the one right number. */
function highProduct(a: number, b: number): number {
  return (((a >>> 0) * (b >>> 0) - (Math.imul(a, b) >>> 0)) * 2 ** -32 + 0.5) | 0;
}
