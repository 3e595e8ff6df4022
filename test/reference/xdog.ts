import { field, type Field } from './field.ts';
import { flowDifferenceOfGaussians } from './flowDifferenceOfGaussians.ts';
import { flowGaussian } from './flowGaussian.ts';
import { gaussianBlur } from './gaussianBlur.ts';
import { relaxed, tensorOf } from './structureTensor.ts';
import { thresholded, type ThresholdFacts } from './thresholded.ts';
import { TONES } from './tones.ts';

/** What the effect is given. */
export interface XdogFacts extends ThresholdFacts, Gaussians {
  readonly flow: boolean;
  readonly along: number;
  readonly tensorSigma: number;
  readonly antialiasSigma: number;
}

/** The twin of the effect in float64, with a tensor of full size: ink 0 and paper 1, of a picture in sRGB code values in [0, 1]. */
export function xdog(source: Field, facts: XdogFacts): Field {
  const lightness = field(source.width, source.height, (x, y) => scalar(100 * TONES.lightness(source.at(x, y))));
  if (!facts.flow) return thresholded(sharpened(lightness, facts), facts);
  const tensor = relaxed(tensorOf(source, facts.tensorSigma, 'rotational'), facts.tensorSigma);
  const gaussians = [{ sigma: facts.sigma, weight: 1 + facts.sharpness }, { sigma: facts.k * facts.sigma, weight: -facts.sharpness }];
  const lines = flowDifferenceOfGaussians(lightness, tensor, [{ of: 'r', gaussians }], { along: facts.along, interpolated: true });
  return flowGaussian(thresholded(lines, facts), tensor, { sigma: facts.antialiasSigma, interpolated: true });
}

interface Gaussians { readonly sigma: number; readonly k: number; readonly sharpness: number }

/** D = (1 + p) G(sigma) L* - p G(k sigma) L*. */
function sharpened({ width, height, at }: Field, { sigma, k, sharpness }: Gaussians): Field {
  const plane = { data: Float64Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))[0]), width, height };
  const [narrow, wide] = [gaussianBlur(plane, sigma), gaussianBlur(plane, k * sigma)];
  return field(width, height, (x, y) => scalar((1 + sharpness) * narrow.data[y * width + x]! - sharpness * wide.data[y * width + x]!));
}

function scalar(value: number): [number, number, number] {
  return [value, value, value];
}
