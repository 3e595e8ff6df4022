import { DecodeError, InputTooLargeError } from '../core/errors.ts';
import type { Pixels } from './pixels.ts';
import { sniffType } from './sniff.ts';

/** What bounds a picture while it is decoded. */
export interface DecodeLimits {
  /** Pixels of the encoded picture, width times height. */
  readonly maxPixels: number;
  /** The longest side to decode to; a larger picture is scaled down while it is decoded. */
  readonly maxSize: number;
}

/** What a picture is encoded as. */
export interface EncodeOptions {
  /** `image/png` by default. */
  readonly type?: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Of JPEG and WebP, from 0 to 1. */
  readonly quality?: number;
}

/** Decodes and encodes pictures; the browser's own by default, sharp in Node. */
export interface Codec {
  /** Reads a picture, upright; throws a {@link DecodeError} or an {@link InputTooLargeError}. */
  decode(blob: Blob, limits: DecodeLimits): Promise<Pixels | ImageBitmap>;
  /** Writes a picture. */
  encode(pixels: Pixels, options: EncodeOptions): Promise<Blob>;
}

/** The browser's decoders and encoders. */
export const browserCodec: Codec = {
  async decode(blob, { maxPixels, maxSize }) {
    const bitmap = await decodeBitmap(blob, {});
    const { width, height } = bitmap;
    if (width * height > maxPixels) {
      bitmap.close();
      throw new InputTooLargeError(`the picture is ${width}x${height} = ${((width * height) / 1e6).toFixed(1)} megapixels, at most ${(maxPixels / 1e6).toFixed(1)} are accepted; raise limits.maxPixels or give a smaller one`);
    }
    if (Math.max(width, height) <= maxSize) return bitmap;
    bitmap.close();
    const factor = maxSize / Math.max(width, height);
    return decodeBitmap(blob, { resizeWidth: Math.max(1, Math.round(width * factor)), resizeHeight: Math.max(1, Math.round(height * factor)), resizeQuality: 'high' });
  },
  async encode({ data, width, height }, { type = 'image/png', quality }) {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0);
    return canvas.convertToBlob({ type, ...(quality === undefined ? {} : { quality }) });
  },
};

async function decodeBitmap(blob: Blob, options: ImageBitmapOptions): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, { premultiplyAlpha: 'none', imageOrientation: 'from-image', ...options });
  } catch (cause) {
    const type = sniffType(new Uint8Array(await blob.slice(0, SNIFFED_BYTES).arrayBuffer())) ?? 'no picture type we know';
    throw new DecodeError(`the picture cannot be decoded: ${blob.size} bytes, which look like ${type}; give a whole PNG, JPEG, WebP, GIF or AVIF`, { cause });
  }
}

const SNIFFED_BYTES = 64;
