import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { InputError, ParameterError } from '../../src/core/errors.ts';
import { bytesIn } from '../../src/io/byteAt.ts';
import { sniffType } from '../../src/io/sniff.ts';
import { decode } from '../../src/node/decode.ts';
import { encode, type EncodeOptions } from '../../src/node/encode.ts';
import { noisePixels } from '../support/noisePixels.ts';

const flat = (color: number[], width = 16, height = 8): { data: Uint8ClampedArray; width: number; height: number } => ({
  data: new Uint8ClampedArray(4 * width * height).map((_, i) => color[i % 4]!),
  width,
  height,
});

test('PNG is the default and keeps every byte, also the colour under alpha 0', async () => {
  const pixels = noisePixels(37, 23);
  const file = await encode(pixels);
  expect(sniffType(bytesIn(file))).toBe('png');
  expect(await decode(file)).toEqual(pixels);
});

test.each(['png', 'jpeg', 'webp'] as const)('%s is written as such, in the size given', async (format) => {
  const file = await encode(flat([200, 100, 50, 255]), { format });
  expect(sniffType(bytesIn(file))).toBe(format);
  const { data, width, height } = await decode(file);
  expect([width, height]).toEqual([16, 8]);
  [200, 100, 50, 255].forEach((value, channel) => expect(Math.abs(data[channel]! - value)).toBeLessThanOrEqual(3));
});

test('JPEG lays what is transparent on white', async () => {
  const { data } = await decode(await encode(flat([200, 0, 0, 51]), { format: 'jpeg', quality: 100 }));
  [244, 204, 204, 255].forEach((value, channel) => expect(Math.abs(data[channel]! - value)).toBeLessThanOrEqual(2));
});

test('JPEG keeps sharp edges of colour: its chroma is not halved', async () => {
  const { chromaSubsampling } = await sharp(await encode(noisePixels(32, 32), { format: 'jpeg' })).metadata();
  expect(chromaSubsampling).toBe('4:4:4');
});

test('WebP keeps alpha', async () => {
  const { data } = await decode(await encode(flat([200, 100, 50, 128]), { format: 'webp' }));
  expect(data[3]).toBe(128);
});

test.each(['jpeg', 'webp'] as const)('a higher quality makes a larger %s', async (format) => {
  const sizes = await Promise.all([10, 90, 100].map(async (quality) => (await encode(noisePixels(64, 64), { format, quality })).length));
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(new Set(sizes).size).toBe(3);
});

test('the result is bytes of its own', async () => {
  const file = await encode(flat([1, 2, 3, 255]));
  expect(Buffer.isBuffer(file)).toBe(false);
  expect(file.slice().buffer).not.toBe(file.buffer);
});

describe('refused', () => {
  const wrong = (options: unknown): Promise<Uint8Array> => encode(flat([0, 0, 0, 255]), options as EncodeOptions);

  test.each([['jpg', '"jpg"'], ['gif', '"gif"'], ['PNG', '"PNG"'], [null, 'null'], [3, '3'], ['toString', '"toString"']])('format %s', async (format, shown) => {
    await expect(wrong({ format })).rejects.toThrow(ParameterError);
    await expect(wrong({ format })).rejects.toThrow(`encode: format is ${shown}, must be one of "png", "jpeg", "webp"`);
  });

  test.each([0, 101, 50.5, NaN, -1, '80', null])('quality %s, also for PNG', async (quality) => {
    for (const format of ['png', 'jpeg']) {
      await expect(wrong({ format, quality })).rejects.toThrow(ParameterError);
      await expect(wrong({ format, quality })).rejects.toThrow(`encode: quality is ${String(quality)}, must be an integer in [1, 100]`);
    }
  });

  test('what is no picture', async () => {
    await expect(encode({ data: new Uint8ClampedArray(3), width: 1, height: 1 })).rejects.toThrow(InputError);
    await expect(encode({ data: new Uint8ClampedArray(3), width: 1, height: 1 })).rejects.toThrow('encode: pixels: data has 3 bytes, must have 4 * 1 * 1 = 4');
  });

  test('a side that the format cannot hold, which another format can', async () => {
    const wide = flat([0, 0, 0, 255], 16_384, 1);
    await expect(encode(wide, { format: 'webp' })).rejects.toThrow(InputError);
    await expect(encode(wide, { format: 'webp' })).rejects.toThrow('16384 x 1 px, a webp file holds at most 16383 px a side');
    expect(sniffType(bytesIn(await encode(wide, { format: 'jpeg' })))).toBe('jpeg');
  });
});
