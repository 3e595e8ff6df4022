import type { DetailEnhanceParams } from '../../src/effects/detailEnhance.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';
import { fromCielab, toCielab } from './cielab.ts';
import { recursiveFilter } from './domainTransform.ts';

/** The picture in float64, with the alpha it had. */
export function detailEnhance(source: Pixels, { sigmaS, sigmaR, boost }: DetailEnhanceParams): Pixels {
  const { width, height } = source;
  const lab = Array.from({ length: width * height }, (_, i) => toCielab(texel(source, i % width, Math.floor(i / width)).slice(0, 3).map((value) => value / 255)));
  const light = Float64Array.from(lab, ([lightness]) => lightness / 255);
  const base = recursiveFilter(light, light, source, sigmaS, sigmaR, 3);
  return picture(width, height, (x, y) => {
    const [lightness, a, b] = lab[y * width + x] as [number, number, number];
    const smooth = 255 * (base[y * width + x] as number);
    return [...fromCielab([smooth + boost * (lightness - smooth), a, b]).map((value) => 255 * value), texel(source, x, y)[3] as number];
  });
}
