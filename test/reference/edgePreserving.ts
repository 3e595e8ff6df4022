import type { EdgePreservingParams } from '../../src/effects/edgePreserving.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';
import { normalizedConvolution } from './domainTransform.ts';

/** The smoothed picture with the alpha it had. */
export function edgePreserving(source: Pixels, { sigmaS, sigmaR, iterations }: EdgePreservingParams): Pixels {
  const smooth = normalizedConvolution(source, sigmaS, sigmaR, iterations);
  return picture(source.width, source.height, (x, y) => {
    const at = 3 * (y * source.width + x);
    return [...smooth.subarray(at, at + 3)].map((value) => 255 * value).concat(texel(source, x, y)[3] as number);
  });
}
