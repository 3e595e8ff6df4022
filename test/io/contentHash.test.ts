import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentHash, xxh64 } from '../../src/io/contentHash.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const MASK = 2n ** 64n - 1n;
const [P1, P2, P3, P4, P5]: readonly [bigint, bigint, bigint, bigint, bigint] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n, 0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n];

/** The specification read word for word, in BigInt. */
function reference(bytes: Uint8Array): string {
  const turn = (x: bigint, bits: bigint): bigint => ((x << bits) | (x >> (64n - bits))) & MASK;
  const read = (at: number, count: number): bigint => bytes.subarray(at, at + count).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const round = (lane: bigint, input: bigint): bigint => (turn((lane + input * P2) & MASK, 31n) * P1) & MASK;
  let at = 0;
  let hash = P5;
  if (bytes.length >= 32) {
    const lanes = [P1 + P2, P2, 0n, -P1].map((lane) => lane & MASK);
    for (; at + 32 <= bytes.length; at += 32) lanes.forEach((lane, i) => (lanes[i] = round(lane, read(at + 8 * i, 8))));
    hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => sum + turn(lanes[i]!, bits), 0n) & MASK;
    for (const lane of lanes) hash = ((hash ^ round(0n, lane)) * P1 + P4) & MASK;
  }
  hash = (hash + BigInt(bytes.length)) & MASK;
  for (; at + 8 <= bytes.length; at += 8) hash = (turn(hash ^ round(0n, read(at, 8)), 27n) * P1 + P4) & MASK;
  if (at + 4 <= bytes.length) {
    hash = (turn(hash ^ ((read(at, 4) * P1) & MASK), 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < bytes.length; at++) hash = (turn(hash ^ ((read(at, 1) * P5) & MASK), 11n) * P1) & MASK;
  hash = ((hash ^ (hash >> 33n)) * P2) & MASK;
  hash = ((hash ^ (hash >> 29n)) * P3) & MASK;
  return (hash ^ (hash >> 32n)).toString(16).padStart(16, '0');
}

/** The buffer of xxHash's own sanity check. */
function sanityBuffer(length: number): Uint8Array {
  let state = 2654435761n;
  return Uint8Array.from({ length }, () => {
    const byte = Number(state >> 56n);
    state = (state * 11400714785074694797n) & MASK;
    return byte;
  });
}

describe('xxh64', () => {
  // https://github.com/Cyan4973/xxHash/blob/dev/cli/xsum_sanity_check.c, seed 0
  test.each([[0, 'ef46db3751d8e999'], [1, 'e934a84adb052768'], [4, '9136a0dca57457ee'], [14, '8282dcc4994e35c8'], [222, 'b641ae8cb691c174']])('the published hash of %i bytes', (length, hash) => {
    expect(xxh64(sanityBuffer(length))).toBe(hash);
  });
  test.each([['a', 'd24ec4f1a98c6e5b'], ['abc', '44bc2cf5ad770999'], ['xxhash', '32dd38952c4bc720'], ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1']])('the published hash of %s', (text, hash) => {
    expect(xxh64(bytesOf(text))).toBe(hash);
  });
  test('of any bytes it is what the specification says', () => {
    const extreme = fc.uint8Array({ minLength: 0, maxLength: 150, size: 'max' });
    const runs = fc.tuple(fc.constantFrom(0, 1, 127, 128, 255), fc.integer({ min: 0, max: 150 })).map(([byte, length]) => new Uint8Array(length).fill(byte));
    fc.assert(fc.property(fc.oneof(extreme, runs), (bytes) => xxh64(bytes) === reference(bytes)), { seed: 1, numRuns: 500 });
  });
  test('of a part of a buffer, wherever that begins', () => {
    const buffer = sanityBuffer(100);
    for (let start = 0; start < 9; start++) expect(xxh64(buffer.subarray(start, 70))).toBe(xxh64(buffer.slice(start, 70)));
  });
});

test('SHA-256 is that of others', async () => {
  for (const length of [0, 1, 100]) {
    const bytes = sanityBuffer(length);
    expect(await contentHash(bytes, 'sha-256')).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await contentHash(bytes, 'xxh64')).toBe(xxh64(bytes));
  }
});
