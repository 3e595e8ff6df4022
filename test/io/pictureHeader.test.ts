import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { readPictureHeader } from '../../src/io/pictureHeader.ts';
import type { PictureType } from '../../src/io/sniff.ts';
import { noisePixels } from '../support/noisePixels.ts';
import { bmp, bomb, bytesFrom, heifHeader, LARGEST, plain, WRITTEN_TYPES } from '../support/pictureFiles.ts';

const blobOf = (...parts: readonly Uint8Array[]): Blob => new Blob(parts as Uint8Array<ArrayBuffer>[]);

describe('the size and the orientation that a file was written with', () => {
  describe.each(WRITTEN_TYPES)('%s', (type) => {
    test.each([[1, 1], [103, 33], [2, 513], [1031, 7]])('%i x %i', async (width, height) => {
      const file = await plain(width, height).toFormat(type).toBuffer();
      const header = { type, width, height, orientation: 1 };
      expect(await readPictureHeader(file)).toEqual(header);
      expect(await readPictureHeader(blobOf(file))).toEqual(header);
      expect(await readPictureHeader(new Uint8Array(file).buffer)).toEqual(header);
    });
  });

  test.each<[name: string, type: PictureType, file: () => Promise<Uint8Array>]>([
    ['a progressive JPEG', 'jpeg', () => plain(397, 261).jpeg({ progressive: true }).toBuffer()],
    ['a JPEG with a colour profile', 'jpeg', () => plain(397, 261).jpeg().withIccProfile('p3').toBuffer()],
    ['a grey JPEG', 'jpeg', () => plain(397, 261).toColourspace('b-w').jpeg().toBuffer()],
    ['a CMYK JPEG', 'jpeg', () => plain(397, 261).toColourspace('cmyk').jpeg().toBuffer()],
    ['an interlaced PNG', 'png', () => plain(397, 261).png({ progressive: true }).toBuffer()],
    ['a PNG with a palette', 'png', () => plain(397, 261).png({ palette: true }).toBuffer()],
    ['a PNG with 16 bits a channel', 'png', () => plain(397, 261).toColourspace('rgb16').png().toBuffer()],
    ['a lossless WebP', 'webp', () => plain(397, 261).webp({ lossless: true }).toBuffer()],
    ['a WebP with alpha', 'webp', () => plain(397, 261).ensureAlpha(0.5).webp().toBuffer()],
    ['a WebP with a colour profile', 'webp', () => plain(397, 261).webp().withIccProfile('p3').toBuffer()],
    ['an AVIF with alpha', 'avif', () => plain(397, 261).ensureAlpha(0.5).avif().toBuffer()],
    ['a TIFF of tiles', 'tiff', () => plain(397, 261).tiff({ tile: true, compression: 'lzw' }).toBuffer()],
    ['a BMP', 'bmp', async () => bmp(397, 261)],
    ['a BMP whose rows begin at the top', 'bmp', async () => bmp(397, -261)],
    ['a BMP of OS/2', 'bmp', async () => bytesFrom('BM', [-4, 26], [-4, 0], [-4, 26], [-4, 12], [-2, 397], [-2, 261], [-2, 1], [-2, 24])],
    ['a HEIC', 'heic', async () => heifHeader('heic', 397, 261)],
    ['a big-endian TIFF', 'tiff', async () => bytesFrom('MM\0*', [4, 8], [2, 2], [2, 0x100], [2, 3], [4, 1], [2, 397], [2, 0], [2, 0x101], [2, 4], [4, 1], [4, 261], [4, 0])],
  ])('%s', async (_name, type, file) => {
    expect(await readPictureHeader(await file())).toEqual({ type, width: 397, height: 261, orientation: 1 });
  });

  test.each(['gif', 'webp'] as const)('an animated %s', async (type) => {
    const frames = await plain(31, 3 * 17).raw().toBuffer();
    const file = await sharp(frames, { raw: { width: 31, height: 3 * 17, channels: 3, pageHeight: 17 } }).toFormat(type).toBuffer();
    expect((await sharp(file).metadata()).pages ?? 1).toBeGreaterThanOrEqual(1);
    expect(await readPictureHeader(file)).toMatchObject({ width: 31, height: 17 });
  });

  test('a GIF whose frame is larger than its screen has room for the frame, also behind comments and a palette', async () => {
    const head = bytesFrom('GIF89a', [-2, 5], [-2, 4], '\x80\0\0', '\0\0\0\xff\xff\xff', '!\xfe\x03abc\x01d\0', '!\xf9\x04\0\0\0\0\0');
    expect(await readPictureHeader(bytesFrom(head.toString('latin1'), ',', [-2, 30], [-2, 0], [-2, 70], [-2, 3], '\0'))).toMatchObject({ width: 100, height: 4 });
    expect(await readPictureHeader(head)).toBeUndefined();
  });

  test.each(['jpeg', 'png', 'webp', 'tiff'] as const)('every orientation of a %s', async (type) => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const file = await plain(40, 24).withMetadata({ orientation }).toFormat(type).toBuffer();
      expect(await readPictureHeader(file)).toEqual({ type, width: 40, height: 24, orientation });
    }
  });

  test('an AVIF is turned and mirrored as its properties say', async () => {
    const rotated = (quarters: number): string => `\0\0\0\x09irot${String.fromCharCode(quarters)}`;
    const mirror = (axis: number): string => `\0\0\0\x09imir${String.fromCharCode(axis)}`;
    const orientationOf = async (properties: string): Promise<number | undefined> => (await readPictureHeader(heifHeader('avif', 40, 24, properties)))?.orientation;
    expect(await Promise.all([0, 1, 2, 3].map((quarters) => orientationOf(rotated(quarters))))).toEqual([1, 8, 3, 6]);
    expect(await Promise.all([0, 1, 2, 3].map((quarters) => orientationOf(rotated(quarters) + mirror(0))))).toEqual([4, 5, 2, 7]);
    expect(await Promise.all([0, 1, 2, 3].map((quarters) => orientationOf(rotated(quarters) + mirror(1))))).toEqual([2, 7, 4, 5]);
    const thumbnail = heifHeader('avif', 40, 24, '', `\0\0\0\x14ispe\0\0\0\0\0\0\0\x05\0\0\0\x03${rotated(1)}`);
    expect(await readPictureHeader(thumbnail)).toEqual({ type: 'avif', width: 40, height: 24, orientation: 1 });
    // libheif's own numbers for what it writes.
    for (let orientation = 1; orientation <= 8; orientation++) expect((await readPictureHeader(await plain(40, 24).withMetadata({ orientation }).avif().toBuffer()))?.orientation).toBe(orientation);
  });

  test('an orientation that does not exist is none', async () => {
    const jpeg = bomb.jpeg(40, 24);
    const exif = (value: number): Buffer => Buffer.concat([jpeg.subarray(0, 2), bytesFrom('\xff\xe1', [2, 34], 'Exif\0\0MM\0*', [4, 8], [2, 1], [2, 0x112], [2, 3], [4, 1], [2, value], [2, 0], [4, 0]), jpeg.subarray(2)]);
    expect(await readPictureHeader(exif(8))).toMatchObject({ width: 40, height: 24, orientation: 8 });
    for (const value of [0, 9, 65_535]) expect(await readPictureHeader(exif(value))).toMatchObject({ width: 40, height: 24, orientation: 1 });
  });

  test.each(Object.keys(bomb) as PictureType[])('the largest numbers that a %s can hold', async (type) => {
    const side = LARGEST[type];
    expect(await readPictureHeader(bomb[type](side, side))).toEqual({ type, width: side, height: side, orientation: 1 });
    expect(await readPictureHeader(bomb[type](side, 1))).toMatchObject({ width: side, height: 1 });
  });
});

describe('a JPEG as decoders take it', () => {
  const jpeg = bomb.jpeg(40, 24);
  const behindStart = (...bytes: string[]): Buffer => bytesFrom('\xff\xd8', ...bytes, jpeg.subarray(2).toString('latin1'));

  test.each([
    ['filled up with FF', '\xff\xff\xff'],
    ['with stray bytes between segments', '\xff\xfe\0\x02\0stray\xff\0'],
    ['with a marker that stands alone', '\xff\x01\xff\xd3'],
    ['with tables before the frame', '\xff\xc4\0\x04ab\xff\xcc\0\x04ab'],
    ['with another APP1 and an EXIF of rubbish', '\xff\xe1\0\x06abcd\xff\xe1\0\x0cExif\0\0rubb'],
  ])('%s', async (_name, bytes) => expect(await readPictureHeader(behindStart(bytes))).toMatchObject({ width: 40, height: 24, orientation: 1 }));

  test.each([
    ['a scan before the frame', '\xff\xda\0\x02'],
    ['an end before the frame', '\xff\xd9'],
    ['a length that does not count itself', '\xff\xe0\0\x01'],
  ])('%s says no size', async (_name, bytes) => expect(await readPictureHeader(behindStart(bytes))).toBeUndefined());
});

describe('no header', () => {
  test.each([['nothing', ''], ['text', 'Dear diary'], ['a page', '<!DOCTYPE html>'], ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>']])('%s', async (_name, text) => {
    expect(await readPictureHeader(Buffer.from(text))).toBeUndefined();
    expect(await readPictureHeader(new Blob([text]))).toBeUndefined();
  });
  test.each([['a path', 'photo.jpg', 'String'], ['a response', new Response(), 'Response'], ['null', null, 'Null'], ['an array', [137, 80], 'Array']])('%s is an error, no file of another kind', async (_name, source, type) => {
    await expect(readPictureHeader(source as never)).rejects.toThrow(InputError);
    await expect(readPictureHeader(source as never)).rejects.toThrow(`readPictureHeader: the source is of type ${type}, must be a Blob or File`);
  });
  test.each(Object.keys(bomb) as PictureType[])('a %s without a width or a height', async (type) => {
    for (const [width, height] of [[0, 5], [5, 0]] as const) {
      // In a WebP a size is stored less one: there is no 0.
      if (type !== 'webp') expect(await readPictureHeader(bomb[type](width, height))).toBeUndefined();
    }
  });
  test.each(WRITTEN_TYPES)('a %s that ends before its size', async (type) => {
    const file = await plain(40, 24).toFormat(type).toBuffer();
    for (let length = 0; length < Math.min(file.length, 800); length++) {
      const header = await readPictureHeader(file.subarray(0, length));
      if (header !== undefined) expect(header).toEqual({ type, width: 40, height: 24, orientation: 1 });
    }
    expect(await readPictureHeader(file.subarray(0, 16))).toBeUndefined();
  });
});

describe('a blob', () => {
  const segment = (bytes: number): Buffer => Buffer.concat([bytesFrom('\xff\xe2', [2, bytes]), Buffer.alloc(bytes - 2)]);

  /** The bytes of a blob that were read. */
  async function readOf(blob: Blob): Promise<{ header: unknown; bytes: number }> {
    const slice = vi.spyOn(blob, 'slice');
    const header = await readPictureHeader(blob);
    return { header, bytes: slice.mock.results.reduce((sum, { value }) => sum + (value as Blob).size, 0) };
  }

  test('of a large one only the beginning is read', async () => {
    for (const type of WRITTEN_TYPES.filter((name) => name !== 'tiff')) {
      const file = await plain(40, 24).toFormat(type).toBuffer();
      const { header, bytes } = await readOf(blobOf(file, Buffer.alloc(2 ** 20)));
      expect(header).toMatchObject({ type, width: 40, height: 24 });
      expect(bytes, type).toBe(2 ** 15);
    }
  });
  test('of one that is no picture too', async () => {
    expect(await readOf(blobOf(Buffer.alloc(2 ** 20)))).toEqual({ header: undefined, bytes: 2 ** 15 });
  });
  test('what a JPEG has before its size is skipped', async () => {
    const jpeg = bomb.jpeg(40, 24);
    const { header, bytes } = await readOf(blobOf(jpeg.subarray(0, 2), ...Array.from({ length: 90 }, () => segment(65_533)), jpeg.subarray(2)));
    expect(header).toMatchObject({ width: 40, height: 24 });
    expect(bytes).toBeLessThan(4 * 2 ** 20);
  });
  test('an orientation that stands far behind the size', async () => {
    const noise = Buffer.from(noisePixels(150, 100).data);
    const file = await sharp(noise, { raw: { width: 150, height: 100, channels: 4 } }).withMetadata({ orientation: 6 }).webp({ lossless: true }).toBuffer();
    expect(file.indexOf('EXIF')).toBeGreaterThan(2 ** 15);
    expect(await readPictureHeader(blobOf(file))).toMatchObject({ width: 150, height: 100, orientation: 6 });
  });
  test('a TIFF may have its directory at the end', async () => {
    const far = bytesFrom('II*\0', [-4, 2 ** 23]);
    const directory = bytesFrom([-2, 2], [-2, 0x100], [-2, 4], [-4, 1], [-4, 397], [-2, 0x101], [-2, 4], [-4, 1], [-4, 261], [-4, 0]);
    const { header, bytes } = await readOf(blobOf(far, Buffer.alloc(2 ** 23 - 8), directory));
    expect(header).toMatchObject({ width: 397, height: 261 });
    expect(bytes).toBeLessThan(2 ** 17);
  });
  test('nobody reads more than four mebibytes', async () => {
    const jpeg = bomb.jpeg(40, 24);
    const { header, bytes } = await readOf(blobOf(jpeg.subarray(0, 2), ...Array.from({ length: 200 }, () => segment(65_533)), jpeg.subarray(2)));
    expect(header).toBeUndefined();
    expect(bytes).toBe(4 * 2 ** 20);
  });
  test('a file that was removed meanwhile', async () => {
    const blob = new Blob(['gone']);
    vi.spyOn(blob, 'slice').mockReturnValue({ arrayBuffer: () => Promise.reject(new DOMException('The file could not be read.', 'NotReadableError')) } as unknown as Blob);
    await expect(readPictureHeader(blob)).rejects.toThrow(InputError);
    await expect(readPictureHeader(blob)).rejects.toThrow(/cannot be read \(NotReadableError.*choose it again/);
  });
});
