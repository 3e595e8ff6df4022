import type { Pixels } from '../../src/io/pixels.ts';

/**
 * Repeatable noise in all four channels, alpha 0 and 255 included: what a lossless path must keep byte for byte.
 *
 * @param width - px
 * @param height - px
 * @example
 * ```ts
 * const picture = noisePixels(37, 23);
 * ```
 */
export function noisePixels(width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    data[i] = state >>> 24;
  }
  data.set([200, 100, 50, 0], 0);
  data.set([10, 20, 30, 255], 4);
  return { data, width, height };
}
