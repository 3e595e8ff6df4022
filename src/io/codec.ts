import { DecodeError, InputError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import { bytesIn } from './byteAt.ts';
import { checkInputSize, type InputLimits } from './inputLimits.ts';
import { readPictureHeader, type PictureHeader } from './pictureHeader.ts';
import type { Pixels } from './pixels.ts';
import { workingSize } from './placement.ts';
import { readBlob } from './readBlob.ts';
import { sniffType } from './sniff.ts';

/** What bounds a picture while it is decoded. */
export interface DecodeLimits extends InputLimits {
  /** The longest side to decode to; a larger picture is scaled down while it is decoded. */
  readonly maxSize: number;
}

/** What a picture is encoded as. */
export interface EncodeOptions {
  /** `image/png` by default, and where a browser cannot write another: the blob says which it is. */
  readonly type?: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Of JPEG and WebP, from 0 to 1. */
  readonly quality?: number;
}

/** Decodes and encodes pictures; the browser's own by default, sharp in Node. */
export interface Codec {
  /** Reads a picture, upright; throws a {@link DecodeError}, or, before it decodes anything, an {@link InputTooLargeError}. */
  decode(blob: Blob, limits: DecodeLimits): Promise<Pixels | ImageBitmap>;
  /** Writes a picture; throws an {@link InputError} where that is larger than can be written. */
  encode(pixels: Pixels, options: EncodeOptions): Promise<Blob>;
}

/**
 * The browser's decoders and encoders. What does not say its size in a header that we can read is not decoded, a picture that has to be smaller is decoded straight to its size,
 * and what was decoded is closed where it is not handed out.
 */
export const browserCodec: Codec = {
  async decode(blob, limits) {
    const header = await readPictureHeader(blob);
    if (header === undefined) throw await undecodable(blob, 'says no size');
    checkInputSize(header, limits);
    const shrink = shrinking(header, header.orientation, limits.maxSize);
    const decoded = await toBitmap(blob, blob, hasCertainShape(header) ? shrink : { premultiplyAlpha: shrink.premultiplyAlpha });
    let result: ImageBitmap | undefined;
    try {
      // The header may have lied, or the browser may have turned the picture otherwise.
      checkInputSize(decoded, limits);
      const rest = shrinking(decoded, 1, limits.maxSize);
      result = rest.resizeWidth === undefined ? decoded : await toBitmap(blob, decoded, rest);
      return result;
    } finally {
      if (result !== decoded) decoded.close();
    }
  },
  async encode({ data, width, height }, { type = 'image/png', quality }) {
    try {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0);
      return await canvas.convertToBlob({ type, ...(quality === undefined ? {} : { quality }) });
    } catch (cause) {
      // Browsers bound the size of a canvas, each its own way, and refuse only when asked for its bytes.
      throw new InputError(`this browser cannot encode ${width}x${height} pixels as ${type} (${String(cause)}); paint it smaller with maxSize, or take its pixels with read`, { code: 'input-too-large', cause });
    }
  },
};

/** Whether all browsers make a picture of the same shape of it: they agree on how a JPEG is turned, but not on other files, and those of AVIF can be cut too. */
function hasCertainShape({ type, orientation }: PictureHeader): boolean {
  return type === 'jpeg' || (orientation === 1 && type !== 'avif' && type !== 'heic');
}

type BitmapOptions = ImageBitmapOptions & Required<Pick<ImageBitmapOptions, 'premultiplyAlpha'>>;

function shrinking(size: Size, orientation: number, maxSize: number): BitmapOptions {
  const { width, height } = workingSize(size, { orientation, maxSize });
  if (Math.max(size.width, size.height) <= maxSize) return { premultiplyAlpha: 'none' };
  // Browsers average what they hold: straight, the colour of what is transparent would seep into its surroundings.
  return { premultiplyAlpha: 'premultiply', resizeWidth: width, resizeHeight: height, resizeQuality: 'high' };
}

async function toBitmap(blob: Blob, source: Blob | ImageBitmap, options: BitmapOptions): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(source, { imageOrientation: 'from-image', ...options });
  } catch (cause) {
    throw await undecodable(blob, 'cannot be decoded', cause);
  }
}

async function undecodable(blob: Blob, what: string, cause?: unknown): Promise<DecodeError> {
  const type = sniffType(bytesIn(await readBlob(blob, 0, SNIFFED_BYTES))) ?? 'no picture type we know';
  return new DecodeError(`the picture ${what}: ${blob.size} bytes, which look like ${type}; give a whole PNG, JPEG, WebP, GIF or AVIF`, cause === undefined ? {} : { cause });
}

const SNIFFED_BYTES = 256;
