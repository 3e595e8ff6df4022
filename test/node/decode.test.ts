import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { DecodeError, InputError, InputTooLargeError, ParameterError } from '../../src/core/errors.ts';
import { readPictureHeader } from '../../src/io/pictureHeader.ts';
import type { PictureType } from '../../src/io/sniff.ts';
import { sharpCodec } from '../../src/node/codec.ts';
import { decode, type DecodeOptions } from '../../src/node/decode.ts';
import { noisePixels } from '../support/noisePixels.ts';
import { bmp, bomb, heifHeader, LARGEST } from '../support/pictureFiles.ts';

/** Two by two px: red, green above blue, white. */
const CORNERS = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255];

const fromRaw = (data: ArrayLike<number>, width: number, height: number, channels: 1 | 2 | 3 | 4 = 4): Sharp => sharp(Uint8Array.from(data), { raw: { width, height, channels } });
const noise = noisePixels(64, 48);
const noiseFile = (format: Parameters<Sharp['toFormat']>[0]): Promise<Buffer> => fromRaw(noise.data, 64, 48).toFormat(format).toBuffer();

describe('a small PNG, byte for byte', () => {
  test('RGBA, straight, also the colour under alpha 0', async () => {
    expect(await decode(await noiseFile('png'))).toEqual(noise);
  });
  test('RGB has alpha 255', async () => {
    expect(await decode(await fromRaw([1, 2, 3, 250, 251, 252], 2, 1, 3).png().toBuffer())).toEqual({ data: new Uint8ClampedArray([1, 2, 3, 255, 250, 251, 252, 255]), width: 2, height: 1 });
  });
  test('gray, and gray with alpha', async () => {
    expect([...(await decode(await fromRaw([7, 200], 2, 1, 1).toColourspace('b-w').png().toBuffer())).data]).toEqual([7, 7, 7, 255, 200, 200, 200, 255]);
    expect([...(await decode(await fromRaw([7, 9, 200, 0], 2, 1, 2).toColourspace('b-w').png().toBuffer())).data]).toEqual([7, 7, 7, 9, 200, 200, 200, 0]);
  });
  test('a palette', async () => {
    expect([...(await decode(await fromRaw(CORNERS, 2, 2).png({ palette: true }).toBuffer())).data]).toEqual(CORNERS);
  });
  test('16 bits a channel become 8', async () => {
    const wide = Uint16Array.from([0, 128 * 257, 65_535, 40_000, 257, 0x80ff, 3, 65_535]);
    const file = await sharp(wide, { raw: { width: 2, height: 1, channels: 4 } }).toColourspace('rgb16').png().toBuffer();
    expect((await sharp(file).metadata()).depth).toBe('ushort');
    const { data } = await decode(file);
    wide.forEach((value, i) => expect(Math.abs(data[i]! - value / 257)).toBeLessThan(1));
    expect([data[0], data[1], data[2], data[7]]).toEqual([0, 128, 255, 255]);
  });
});

test('every way to name a file gives the same picture', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-decode-'));
  const file = await noiseFile('png');
  const path = join(folder, 'ein Bild #1.png');
  await writeFile(path, file);
  const arrayBuffer = new Uint8Array(file).buffer;
  const within = new Uint8Array(file.length + 7);
  within.set(file, 5);
  for (const source of [path, pathToFileURL(path), file, arrayBuffer, within.subarray(5, 5 + file.length)]) expect(await decode(source)).toEqual(noise);
  await rm(folder, { recursive: true });
});

describe('orientation', () => {
  // Where each corner of the stored picture is seen, by the EXIF specification: the upright picture as rows of R(ed), G(reen), B(lue), W(hite).
  const UPRIGHT: [number, string][] = [[1, 'RG BW'], [2, 'GR WB'], [3, 'WB GR'], [4, 'BW RG'], [5, 'RB GW'], [6, 'BR WG'], [7, 'WG BR'], [8, 'GW RB']];
  const NAMES: Record<string, number[]> = { R: [255, 0, 0], G: [0, 255, 0], B: [0, 0, 255], W: [255, 255, 255] };

  test.each(UPRIGHT)('EXIF %i', async (orientation, expected) => {
    // 32 x 16 px of four flat quarters, so that JPEG keeps their colours.
    const jpeg = await fromRaw(CORNERS, 2, 2).resize(32, 16, { kernel: 'nearest', fit: 'fill' }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).withMetadata({ orientation }).toBuffer();
    const { data, width, height } = await decode(jpeg);
    expect([width, height]).toEqual(orientation < 5 ? [32, 16] : [16, 32]);
    const seen = [0.25, 0.75].map((y) => [0.25, 0.75].map((x) => {
      const at = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
      return Object.keys(NAMES).find((name) => NAMES[name]!.every((value, channel) => Math.abs(value - data[at + channel]!) < 12)) ?? '?';
    }).join(''));
    expect(seen.join(' ')).toBe(expected);
  });

  test('maxSize is the long side of the upright picture', async () => {
    const jpeg = await fromRaw(noise.data, 64, 48).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await decode(jpeg, { maxSize: 32 })).toMatchObject({ width: 24, height: 32 });
  });
});

test('an embedded profile is converted to sRGB', async () => {
  // sharp converts sRGB to the profile it embeds, so the stored numbers differ and the decoded ones come back.
  const file = await fromRaw([200, 100, 50], 1, 1, 3).withIccProfile('p3').png().toBuffer();
  const stored = await sharp(file).keepIccProfile().raw().toBuffer();
  expect(stored[0]).toBeLessThan(195);
  const { data } = await decode(file);
  [200, 100, 50, 255].forEach((value, channel) => expect(Math.abs(data[channel]! - value)).toBeLessThanOrEqual(2));
});

describe('maxSize', () => {
  test('scales down to the long side and never up', async () => {
    const file = await noiseFile('png');
    expect(await decode(file, { maxSize: 16 })).toMatchObject({ width: 16, height: 12 });
    expect(await decode(file, { maxSize: 64 })).toEqual(noise);
    expect(await decode(file, { maxSize: 1000 })).toEqual(noise);
  });
  test('keeps a side of at least 1 px', async () => {
    expect(await decode(await fromRaw(new Uint8Array(400), 100, 1).png().toBuffer(), { maxSize: 10 })).toMatchObject({ width: 10, height: 1 });
  });
  test('does not mix in the colour of what is transparent', async () => {
    const halves = Uint8Array.from({ length: 4 * 64 * 64 }, (_, i) => ((i >> 2) % 2 ? [255, 255, 255, 0] : [200, 0, 0, 255])[i % 4]!);
    const { data } = await decode(await fromRaw(halves, 64, 64).png().toBuffer(), { maxSize: 16 });
    const [r, g, b, a] = data.subarray(4 * (8 * 16 + 8));
    expect(a).toBeGreaterThan(100);
    expect(a).toBeLessThan(156);
    expect(Math.abs(r! - 200) + g! + b!).toBeLessThan(12);
  });
});

describe('too large, by the header alone', () => {
  const headerOnly = bomb.png;

  test.each(Object.keys(bomb) as PictureType[])('the largest %s there is, in some dozens of bytes', async (type) => {
    const side = LARGEST[type];
    const file = bomb[type](side, side);
    expect(file.length).toBeLessThan(300);
    await expect(decode(file)).rejects.toThrow(InputTooLargeError);
    await expect(decode(bomb[type](5, 3), { maxSide: 4 })).rejects.toThrow('decode: the picture is 5 x 3 px, its long side must be at most maxSide = 4');
  });
  test('a header that only sharp can read is checked too', async () => {
    const big = await fromRaw(noise.data, 64, 48).tiff({ bigtiff: true }).toBuffer();
    expect(await readPictureHeader(big)).toBeUndefined();
    await expect(decode(big, { maxPixels: 64 * 48 - 1 })).rejects.toThrow(InputTooLargeError);
    expect(await decode(big)).toMatchObject({ width: 64, height: 48 });
  });
  test('a header of 30000 x 30000 is refused before anything is decoded', async () => {
    await expect(decode(headerOnly(30_000, 30_000))).rejects.toThrow(InputTooLargeError);
    await expect(decode(headerOnly(30_000, 30_000))).rejects.toThrow('decode: the picture is 30000 x 30000 px, which is 900000000 pixels (900.0 megapixels), must be at most maxPixels = 64000000 (64.0 megapixels)');
  });
  test('of a Blob only the beginning is read', async () => {
    const blob = new Blob([new Uint8Array(headerOnly(4096, 4096)), new Uint8Array(2 ** 20)]);
    const [whole, part] = [vi.spyOn(blob, 'arrayBuffer'), vi.spyOn(blob, 'slice')];
    await expect(sharpCodec.decode(blob, { maxPixels: 10, maxSide: Infinity, maxSize: Infinity })).rejects.toThrow(InputTooLargeError);
    expect(whole).not.toHaveBeenCalled();
    expect(part.mock.results.map(({ value }) => (value as Blob).size)).toEqual([2 ** 15]);
  });
  test('with a higher limit the same file fails only when it is decoded', async () => {
    await expect(decode(headerOnly(30_000, 30_000), { maxPixels: Infinity, maxSize: 8 })).rejects.toThrow(DecodeError);
  });
  test('maxPixels and maxSide allow exactly what they say', async () => {
    const file = await noiseFile('png');
    expect(await decode(file, { maxPixels: 64 * 48, maxSide: 64 })).toEqual(noise);
    await expect(decode(file, { maxPixels: 64 * 48 - 1 })).rejects.toThrow(InputTooLargeError);
    await expect(decode(file, { maxSide: 63 })).rejects.toThrow('its long side must be at most maxSide = 63');
    await expect(decode(file, { maxSide: 63, maxSize: 8 })).rejects.toThrow(InputTooLargeError);
  });
});

describe('no picture', () => {
  const rejected = async (bytes: Uint8Array): Promise<Error> => {
    const error: unknown = await decode(bytes).then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(DecodeError);
    return error as DecodeError;
  };

  test('no bytes', async () => expect((await rejected(new Uint8Array(0))).message).toMatch(/the source is empty \(0 bytes\), must be a PNG, /));
  test('text', async () => expect((await rejected(Buffer.from('hello, I am no picture'))).message).toMatch(/22 bytes of type unknown \(they start with 68 65 6c 6c 6f/));
  test('an SVG, which could load other files', async () => expect((await rejected(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>'))).message).toContain('unknown'));
  test('a BMP is told to become a PNG', async () => expect((await rejected(bmp(3, 2))).message).toMatch(/78 bytes of type bmp.*save it as PNG$/));
  test('a HEIC is told to become a JPEG', async () => expect((await rejected(heifHeader('heic', 3, 2))).message).toMatch(/bytes of type heic.*save it as JPEG$/));

  describe.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('half a %s', (format) => {
    test.each([0.5, 0.9])('%f of it', async (part) => {
      const whole = await noiseFile(format);
      const cut = whole.subarray(0, Math.floor(whole.length * part));
      const { message, cause } = await rejected(cut);
      expect(message).toContain(`${cut.length} bytes of type ${format}`);
      expect(cause).toBeInstanceOf(Error);
      expect(await decode(whole)).toMatchObject({ width: 64, height: 48 });
    });
  });
});

describe('wrong arguments', () => {
  test.each([
    ['a path to nothing', '/nowhere/photo.jpg', '"/nowhere/photo.jpg" does not exist'],
    ['a folder', tmpdir(), 'is a folder'],
    ['a path with a NUL', 'a\0b', 'cannot be read'],
    ['a URL of the web', new URL('https://example.org/a.png'), 'the URL is https://example.org/a.png, must be a file: URL'],
    ['a file: URL to nothing', new URL('file:///nowhere/photo.jpg'), '"/nowhere/photo.jpg" does not exist'],
    ['undefined', undefined, 'of type undefined, must be'],
    ['null', null, 'of type null, must be'],
    ['a number', 3, 'of type number, must be'],
    ['a Blob', new Blob([]), 'of type Blob, must be'],
    ['16-bit numbers', new Uint16Array(4), 'of type Uint16Array, must be'],
  ])('%s', async (_name, source, message) => {
    await expect(decode(source as string)).rejects.toThrow(InputError);
    await expect(decode(source as string)).rejects.toThrow(message);
  });

  test.each(['maxPixels', 'maxSide', 'maxSize'] as const)('%s must be an integer of at least 1 or Infinity', async (name) => {
    for (const value of [0, -1, NaN, 1.5, '8']) {
      const options = { [name]: value } as DecodeOptions;
      await expect(decode('/nowhere', options)).rejects.toThrow(ParameterError);
      await expect(decode('/nowhere', options)).rejects.toThrow(`decode: ${name} is ${String(value)}, must be an integer of at least 1, or Infinity`);
    }
  });
});

describe('memory', () => {
  let collect: () => void;
  beforeAll(() => {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  });
  afterAll(() => setFlagsFromString('--no-expose-gc'));

  test('the bytes are not kept', async () => {
    let bytes: Uint8Array | undefined = new Uint8Array(await noiseFile('jpeg'));
    const watched = new WeakRef(bytes.buffer);
    const pixels = await decode(bytes);
    bytes = undefined;
    for (let i = 0; i < 50 && watched.deref(); i++) {
      await sleep(10);
      collect();
    }
    expect(watched.deref()).toBeUndefined();
    expect(pixels.width).toBe(64);
  });
});
