import type { EdgePreservingParams } from '../../src/effects/edgePreserving.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';
import { interpolatedConvolution, normalizedConvolution, recursiveFilter, rgbOf } from './domainTransform.ts';

/** The smoothed picture with the alpha it had. */
export function edgePreserving(source: Pixels, { method, sigmaS, sigmaR, iterations }: EdgePreservingParams, guide: Pixels = source): Pixels {
  const filter = {
    recursive: () => recursiveFilter(rgbOf(source), rgbOf(guide), source, sigmaS, sigmaR, iterations),
    normalized: () => normalizedConvolution(source, sigmaS, sigmaR, iterations, guide),
    interpolated: () => interpolatedConvolution(source, sigmaS, sigmaR, iterations, guide),
  }[method];
  const smoothed = filter();
  return picture(source.width, source.height, (x, y) => {
    const at = 3 * (y * source.width + x);
    return [...smoothed.subarray(at, at + 3)].map((value) => 255 * value).concat(texel(source, x, y)[3] as number);
  });
}
