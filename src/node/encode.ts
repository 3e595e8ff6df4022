import { InputError, ParameterError } from '../core/errors.ts';
import { checkPixels, type Pixels } from '../io/pixels.ts';
import { loadSharp } from './loadSharp.ts';

/** A file format that {@link encode} writes. */
export type EncodeFormat = 'png' | 'jpeg' | 'webp';

/** Options of {@link encode}. */
export interface EncodeOptions {
  /** Default `'png'`, which keeps every byte. */
  readonly format?: EncodeFormat;
  /** An integer in [1, 100], default 90. JPEG and WebP only: PNG is always lossless. */
  readonly quality?: number;
}

// The size fields of the formats.
const LONGEST_SIDE: Record<EncodeFormat, number> = { png: 2 ** 31 - 1, jpeg: 65_535, webp: 16_383 };

/**
 * Encodes a picture as a file. JPEG has no alpha: what is transparent is laid on white. WebP is lossy and keeps alpha; PNG keeps every byte, also the colour under alpha 0.
 *
 * @param pixels - must not change until the promise settles
 * @throws {@link ParameterError} where the format does not exist or the quality is no integer in [1, 100].
 * @throws {@link InputError} where `pixels` is no picture, or has a side that the format cannot hold (JPEG 65535, WebP 16383 px).
 * @throws {@link UnsupportedError} where the optional peer `sharp` is not installed.
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { decode, encode } from 'atelier-gpu/node';
 *
 * const photo = await decode('photo.png');
 * await writeFile('photo.jpg', await encode(photo, { format: 'jpeg', quality: 85 }));
 * ```
 */
export async function encode(pixels: Pixels, options: EncodeOptions = {}): Promise<Uint8Array> {
  const { format = 'png', quality = 90 } = options;
  checkOptions(format, quality);
  checkPixels(pixels, 'encode: pixels');
  const { data, width, height } = pixels;
  if (Math.max(width, height) > LONGEST_SIDE[format]) {
    throw new InputError(`encode: pixels are ${width} x ${height} px, a ${format} file holds at most ${LONGEST_SIDE[format]} px a side; scale down, or use format "png"`);
  }
  const sharp = await loadSharp('encode');
  const picture = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  if (format === 'png') picture.png();
  if (format === 'webp') picture.webp({ quality });
  // 4:4:4: painted edges are sharp in colour too, and halved chroma would blur them.
  if (format === 'jpeg') picture.flatten({ background: 'white' }).jpeg({ quality, chromaSubsampling: '4:4:4' });
  const file = await picture.toBuffer();
  // Not the Buffer itself, whose slice() shares memory where that of a Uint8Array copies.
  return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
}

function checkOptions(format: unknown, quality: unknown): void {
  const formats = Object.keys(LONGEST_SIDE);
  if (!formats.includes(format as string)) {
    throw new ParameterError(`encode: format is ${JSON.stringify(format)}, must be one of ${formats.map((name) => `"${name}"`).join(', ')}; for JPEG write "jpeg"`);
  }
  if (!(Number.isInteger(quality) && (quality as number) >= 1 && (quality as number) <= 100)) {
    throw new ParameterError(`encode: quality is ${String(quality)}, must be an integer in [1, 100]; leave it out for 90`);
  }
}
