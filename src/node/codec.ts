import { ParameterError } from '../core/errors.ts';
import type { Codec } from '../io/codec.ts';
import { checkHeader } from '../io/inputLimits.ts';
import { readBlob } from '../io/readBlob.ts';
import { decode } from './decode.ts';
import { encode, type EncodeFormat } from './encode.ts';

/**
 * Decodes and encodes pictures with sharp, so that a studio in Node takes `Blob`s and gives them.
 *
 * @example
 * ```ts
 * const studio = await Studio.create({ gpu: await createGpu(), codec: sharpCodec });
 * ```
 */
export const sharpCodec: Codec = {
  async decode(blob, { maxPixels, maxSide, maxSize }) {
    // A studio's limits are any positive numbers, those of `decode` are whole.
    const whole = (limit: number): number => Math.max(1, Math.floor(limit));
    const limits = { maxPixels: whole(maxPixels), maxSide: whole(maxSide) };
    await checkHeader(blob, limits);
    return decode(await readBlob(blob, 0, blob.size), { ...limits, maxSize: whole(maxSize) });
  },
  async encode(pixels, { type = 'image/png', quality = DEFAULT_QUALITY }) {
    if (!(quality >= 0 && quality <= 1)) throw new ParameterError(`toBlob: quality is ${quality}, must be in [0, 1]; leave it out for ${DEFAULT_QUALITY}`);
    const format = type.replace('image/', '') as EncodeFormat;
    const bytes = await encode(pixels, { format, quality: Math.max(1, Math.round(quality * 100)) });
    return new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
  },
};

const DEFAULT_QUALITY = 0.9;
