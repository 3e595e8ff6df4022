import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { bytesIn, type ByteAt } from '../../src/io/byteAt.ts';
import { parseHeader, type PictureHeader } from '../../src/io/pictureHeader.ts';
import { bmp, bomb, heifHeader, plain, WRITTEN_TYPES } from '../support/pictureFiles.ts';

const RUNS = 12_000;
/** Every so many headers are held against a decoder. */
const SAMPLED = 6;
/** What `parseHeader` may look at, whatever a file says. */
const MOST_READS = 2 ** 16;

let seeds: Buffer[];
beforeAll(async () => {
  // Sides of more than a byte.
  const written = WRITTEN_TYPES.flatMap((type) => [plain(37, 273).toFormat(type), plain(301, 23).withMetadata({ orientation: 6 }).toFormat(type)]);
  const special = [plain(19, 40).jpeg({ progressive: true }), plain(19, 40).withIccProfile('p3').jpeg(), plain(300, 261).webp({ lossless: true }), plain(19, 40).ensureAlpha(0.5).webp().withMetadata(), plain(19, 40).png({ palette: true }), plain(19, 40).ensureAlpha(0.5).avif()];
  seeds = [...(await Promise.all([...written, ...special].map((picture) => picture.toBuffer()))), bmp(9, 5), bmp(9, -5), heifHeader('heic', 9, 5, '\0\0\0\x09irot\x01\0\0\0\x09imir\x01'), ...Object.values(bomb).map((make) => make(65_535, 65_535))];
});

/** One way to damage a file; places and values are fractions and bytes, so that they fit files of all lengths. */
type Damage =
  | { readonly kind: 'flip' | 'extreme' | 'cut' | 'repeat' | 'insert'; readonly place: number; readonly value: number }
  | { readonly kind: 'splice'; readonly place: number; readonly value: number; readonly other: number };

/** What fields of one, two and four bytes make decoders stumble over: none, all, the sign, one too many, one too few. */
const EXTREMES: readonly (readonly number[])[] = [[0], [255], [0, 0], [255, 255], [0, 1], [1, 0], [0, 0, 0, 0], [255, 255, 255, 255], [127, 255, 255, 255], [128, 0, 0, 0], [0, 0, 0, 1], [255, 255, 255, 127], [0, 0, 0, 128], [255, 255, 255, 254]];

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constantFrom('flip' as const, 'extreme' as const, 'extreme' as const, 'insert' as const, 'repeat' as const, 'cut' as const), place: place(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('splice' as const), place: place(), value: fc.nat(255), other: fc.nat(1000) }),
);

/** A fraction of a file's length, often where its header is. */
function place(): fc.Arbitrary<number> {
  return fc.noBias(fc.tuple(fc.integer({ min: 0, max: 2 ** 20 }), fc.constantFrom(1, 2, 3))).map(([at, power]) => (at / 2 ** 20) ** power);
}

function damaged(file: Buffer, how: Damage): Buffer {
  const at = Math.floor(how.place * (file.length - 1));
  if (how.kind === 'cut') return file.subarray(0, at);
  if (how.kind === 'insert') return Buffer.concat([file.subarray(0, at), Buffer.alloc(1 + (how.value % 9), how.value), file.subarray(at)]);
  if (how.kind === 'repeat') return Buffer.concat([file.subarray(0, at + how.value), file.subarray(at)]);
  if (how.kind === 'splice') return Buffer.concat([file.subarray(0, at), (seeds[how.other % seeds.length] as Buffer).subarray(how.value)]);
  const copy = Buffer.from(file);
  if (how.kind === 'flip') copy[at] = (copy[at] as number) ^ (1 << how.value % 8);
  else copy.set((EXTREMES[how.value % EXTREMES.length] as readonly number[]).slice(0, copy.length - at), at);
  return copy;
}

const mutant: fc.Arbitrary<Buffer> = fc.tuple(fc.noBias(fc.nat(1000)), fc.array(damage, { minLength: 1, maxLength: 4 })).map(([seed, damages]) => damages.reduce((file, how) => (file.length === 0 ? file : damaged(file, how)), seeds[seed % seeds.length] as Buffer));

function counted(byte: ByteAt): { byte: ByteAt; reads: () => number } {
  let reads = 0;
  return { byte: (at) => (reads++, byte(at)), reads: () => reads };
}

/** Whether the header says no less than a decoder makes of the file. */
async function holdsAll(file: Buffer, header: PictureHeader): Promise<boolean> {
  const decoder = (): Sharp => sharp(file, { failOn: 'error', limitInputPixels: 1e6 });
  // What is said to be large costs time to find out, and the header refuses it in any case.
  if (header.width * header.height > 1e6) return true;
  const decoded = await decoder().raw().toBuffer({ resolveWithObject: true }).catch(() => undefined);
  return decoded === undefined || decoded.info.width * decoded.info.height <= header.width * header.height;
}

test(`${RUNS} damaged files: no crash, no hang, and no header that says less than there is to decode`, async () => {
  let mutants = 0;
  let withHeader = 0;
  let compared = 0;
  let mostReads = 0;
  await fc.assert(
    fc.asyncProperty(mutant, async (file) => {
      const { byte, reads } = counted(bytesIn(file));
      const header = parseHeader(byte);
      mutants++;
      mostReads = Math.max(mostReads, reads());
      if (header === undefined) return;
      withHeader++;
      expect(Number.isInteger(header.width) && Number.isInteger(header.height) && header.width >= 1 && header.height >= 1).toBe(true);
      expect([1, 2, 3, 4, 5, 6, 7, 8]).toContain(header.orientation);
      if (withHeader % SAMPLED !== 0) return;
      compared++;
      expect(await holdsAll(file, header), `${header.type} ${header.width} x ${header.height}`).toBe(true);
    }),
    { seed: 20_240_731, numRuns: RUNS, endOnFailure: true },
  );
  expect(mutants).toBe(RUNS);
  expect(mostReads).toBeLessThanOrEqual(MOST_READS);
  // A fuzz that damages everything beyond recognition would prove nothing.
  expect(withHeader).toBeGreaterThan(RUNS / 4);
  expect(compared).toBeGreaterThan(500);
});

test('a file made to keep a parser busy is given up in time', () => {
  const many = (head: string, item: string): Buffer => Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(item.repeat(2 ** 20 / item.length), 'latin1')]);
  const busy = [
    many('\xff\xd8\xff', '\0'),
    many('\xff\xd8\xff', '\xff'),
    many('\xff\xd8', '\xff\xfe\0\x02'),
    many('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x05\0\0\0\x05', '\0\0\0\0tEXt\0\0\0\0'),
    many('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\x04\0\0\x04\0\0', '\0\0\0\0\0\0\0\0'),
    many('GIF89a\x05\0\x05\0\0\0\0!\xfe', '\x01a'),
    many('\0\0\0\x10ftypavif\0\0\0\0', '\0\0\0\x08free'),
    many('\0\0\0\x10ftypavif\0\0\0\0', '\0\0\0\0'),
    many('II*\0\x08\0\0\0\xff\xff', '\0\x01\x03\0'),
  ];
  for (const file of busy) {
    const { byte, reads } = counted(bytesIn(file));
    const header = parseHeader(byte);
    expect(reads()).toBeLessThanOrEqual(MOST_READS);
    if (header !== undefined) expect([header.width, header.height]).toEqual([5, 5]);
  }
});
