import { InputTooLargeError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import { readPictureHeader } from './pictureHeader.ts';

/** What may be decoded. */
export interface InputLimits {
  /** Pixels of an encoded picture, width times height: 64 megapixels by default. What is painted is bounded by `memory.maxBytes`. */
  readonly maxPixels: number;
  /** Pixels on the longest side of any picture, also where it would be scaled down; any number by default. */
  readonly maxSide: number;
}

/**
 * Refuses a picture by its size alone.
 *
 * @param name - what the message calls the picture
 * @throws {@link InputTooLargeError} with the size, the limit and what to do
 */
export function checkInputSize({ width, height }: Size, { maxPixels, maxSide }: InputLimits, name = 'the picture'): void {
  const pixels = width * height;
  if (pixels > maxPixels) throw new InputTooLargeError(`${name} is ${width} x ${height} px, which is ${pixels} pixels (${megapixels(pixels)}), must be at most maxPixels = ${maxPixels} (${megapixels(maxPixels)}); scale it down first, or raise maxPixels`);
  if (Math.max(width, height) > maxSide) throw new InputTooLargeError(`${name} is ${width} x ${height} px, its long side must be at most maxSide = ${maxSide}; scale it down first, or raise maxSide`);
}

/**
 * Refuses an encoded picture by its header, so that one too large is not even read. What says no size is left to the decoder.
 *
 * @throws {@link InputTooLargeError} as {@link checkInputSize}; {@link InputError} where the file was changed or removed.
 */
export async function checkHeader(blob: Blob, limits: InputLimits): Promise<void> {
  const header = await readPictureHeader(blob);
  if (header !== undefined) checkInputSize(header, limits);
}

function megapixels(pixels: number): string {
  return `${(pixels / 1e6).toFixed(1)} megapixels`;
}
