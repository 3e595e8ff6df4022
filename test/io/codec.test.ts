import { afterEach, describe, expect, test, vi } from 'vitest';
import { DecodeError, InputError, InputTooLargeError } from '../../src/core/errors.ts';
import { browserCodec } from '../../src/io/codec.ts';
import type { PictureType } from '../../src/io/sniff.ts';
import { bomb, bytesFrom, heifHeader, LARGEST } from '../support/pictureFiles.ts';

const LIMITS = { maxPixels: 64e6, maxSide: Infinity, maxSize: Infinity };
const blobOf = (bytes: Uint8Array): Blob => new Blob([bytes as Uint8Array<ArrayBuffer>]);

interface FakeBitmap {
  readonly width: number;
  readonly height: number;
  readonly close: () => void;
}

/** A browser that decodes every blob to a picture of this size; what it made, and the options of each call. */
function browserWith(width: number, height: number): { bitmaps: FakeBitmap[]; calls: ImageBitmapOptions[] } {
  const made: ReturnType<typeof browserWith> = { bitmaps: [], calls: [] };
  vi.stubGlobal('createImageBitmap', async (_source: unknown, options: ImageBitmapOptions) => {
    const bitmap = { width: options.resizeWidth ?? width, height: options.resizeHeight ?? height, close: vi.fn() };
    made.bitmaps.push(bitmap);
    made.calls.push(options);
    return bitmap;
  });
  return made;
}
afterEach(() => void vi.unstubAllGlobals());

describe('before anything is decoded', () => {
  test.each(Object.keys(bomb) as PictureType[])('a %s that says the largest size there is', async (type) => {
    const { calls } = browserWith(1, 1);
    const side = LARGEST[type];
    await expect(browserCodec.decode(blobOf(bomb[type](side, side)), LIMITS)).rejects.toThrow(InputTooLargeError);
    await expect(browserCodec.decode(blobOf(bomb[type](side, side)), LIMITS)).rejects.toThrow(`the picture is ${side} x ${side} px, which is ${side * side} pixels (${((side * side) / 1e6).toFixed(1)} megapixels), must be at most maxPixels = 64000000 (64.0 megapixels); scale it down first, or raise maxPixels`);
    await expect(browserCodec.decode(blobOf(bomb[type](5, 3)), { ...LIMITS, maxSide: 4, maxSize: 2 })).rejects.toThrow('the picture is 5 x 3 px, its long side must be at most maxSide = 4');
    expect(calls).toEqual([]);
  });
  test('limits allow exactly what they say', async () => {
    browserWith(8000, 8000);
    expect(await browserCodec.decode(blobOf(bomb.png(8000, 8000)), { ...LIMITS, maxSide: 8000 })).toMatchObject({ width: 8000, height: 8000 });
    await expect(browserCodec.decode(blobOf(bomb.png(8000, 8001)), LIMITS)).rejects.toThrow(InputTooLargeError);
  });
  test('what says no size is not decoded', async () => {
    const { calls } = browserWith(1, 1);
    await expect(browserCodec.decode(new Blob(['Dear diary']), LIMITS)).rejects.toThrow(DecodeError);
    await expect(browserCodec.decode(new Blob(['Dear diary']), LIMITS)).rejects.toThrow('the picture says no size: 10 bytes, which look like no picture type we know; give a whole PNG, JPEG, WebP, GIF or AVIF');
    await expect(browserCodec.decode(blobOf(bomb.jpeg(5, 5).subarray(0, 6)), LIMITS)).rejects.toThrow('6 bytes, which look like jpeg');
    expect(calls).toEqual([]);
  });
  test('a maxSize that is no size', async () => {
    const { calls } = browserWith(1, 1);
    for (const maxSize of [0, -3, NaN]) await expect(browserCodec.decode(blobOf(bomb.png(5, 3)), { ...LIMITS, maxSize })).rejects.toThrow(InputError);
    expect(calls).toEqual([]);
  });
});

describe('while it is decoded', () => {
  test('a picture that fits keeps its size and its straight alpha', async () => {
    const { calls, bitmaps } = browserWith(60, 40);
    expect(await browserCodec.decode(blobOf(bomb.png(60, 40)), { ...LIMITS, maxSize: 60 })).toBe(bitmaps[0]);
    expect(calls).toEqual([{ premultiplyAlpha: 'none', imageOrientation: 'from-image' }]);
  });
  test('a larger one is decoded once, straight to its size', async () => {
    const { calls } = browserWith(60, 40);
    expect(await browserCodec.decode(blobOf(bomb.png(60, 40)), { ...LIMITS, maxSize: 30 })).toMatchObject({ width: 30, height: 20 });
    expect(calls).toEqual([{ premultiplyAlpha: 'premultiply', imageOrientation: 'from-image', resizeWidth: 30, resizeHeight: 20, resizeQuality: 'high' }]);
  });
  test('one of which browsers may make another shape is decoded once and then scaled by the shape it has', async () => {
    const { calls, bitmaps } = browserWith(40, 60);
    const turned = heifHeader('avif', 60, 40, '\0\0\0\x09irot\x01');
    expect(await browserCodec.decode(blobOf(turned), { ...LIMITS, maxSize: 30 })).toMatchObject({ width: 20, height: 30 });
    expect(calls.map(({ resizeWidth }) => resizeWidth)).toEqual([undefined, 20]);
    expect(bitmaps[0]?.close).toHaveBeenCalledOnce();
    expect(bitmaps[1]?.close).not.toHaveBeenCalled();
  });
  test('a decoder that makes more of it than its header said is not believed, and its picture is closed', async () => {
    const { bitmaps } = browserWith(9000, 9000);
    await expect(browserCodec.decode(blobOf(bomb.png(60, 40)), LIMITS)).rejects.toThrow(InputTooLargeError);
    await expect(browserCodec.decode(blobOf(bomb.png(60, 40)), { ...LIMITS, maxPixels: Infinity, maxSide: 8999 })).rejects.toThrow(InputTooLargeError);
    expect(bitmaps).toHaveLength(2);
    for (const { close } of bitmaps) expect(close).toHaveBeenCalledOnce();
  });
  test('a picture that cannot be scaled is closed', async () => {
    const { bitmaps } = browserWith(60, 40);
    const decode = globalThis.createImageBitmap;
    vi.stubGlobal('createImageBitmap', (source: Blob, options: ImageBitmapOptions) => (source instanceof Blob ? decode(source, options) : Promise.reject(new RangeError('no memory'))));
    await expect(browserCodec.decode(blobOf(heifHeader('avif', 60, 40)), { ...LIMITS, maxSize: 30 })).rejects.toThrow(DecodeError);
    expect(bitmaps[0]?.close).toHaveBeenCalledOnce();
  });
  test('a file that is removed meanwhile is told so', async () => {
    const blob = blobOf(bomb.png(60, 40));
    vi.stubGlobal('createImageBitmap', async () => {
      vi.spyOn(blob, 'slice').mockReturnValue({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) } as unknown as Blob);
      throw new DOMException('The source image could not be decoded.', 'InvalidStateError');
    });
    await expect(browserCodec.decode(blob, LIMITS)).rejects.toThrow(InputError);
  });
  test('what the decoder cannot read is named by its type and length', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('The source image could not be decoded.', 'InvalidStateError')));
    const file = bytesFrom(bomb.gif(5, 3).toString('latin1'), 'more');
    const error: unknown = await browserCodec.decode(blobOf(file), LIMITS).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DecodeError);
    expect((error as DecodeError).message).toBe(`the picture cannot be decoded: ${file.length} bytes, which look like gif; give a whole PNG, JPEG, WebP, GIF or AVIF`);
    expect((error as DecodeError).cause).toBeInstanceOf(DOMException);
  });
});
