import { field, type Field } from './field.ts';
import { acrossFlow } from './flowDifferenceOfGaussians.ts';
import { flowGaussian } from './flowGaussian.ts';
import { gaussianBlur } from './gaussianBlur.ts';
import { softQuantised } from './softQuantise.ts';
import { relaxed, tensorOf } from './structureTensor.ts';
import { tangentFlow } from './tangentFlow.ts';
import { TONES } from './tones.ts';

/** What the thresholds are given. */
export interface ThresholdFacts {
  readonly threshold: 'soft' | 'hard' | 'quantized' | 'none';
  readonly epsilon: number;
  readonly phi: number;
  readonly levels: number;
}

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
  const lines = flowGaussian(sharpenedAcross(lightness, tangentFlow(tensor), facts), tensor, { sigma: facts.along, interpolated: true });
  return flowGaussian(thresholded(lines, facts), tensor, { sigma: facts.antialiasSigma, interpolated: true });
}

interface Gaussians { readonly sigma: number; readonly k: number; readonly sharpness: number }

/** D = (1 + p) G(sigma) L* - p G(k sigma) L*. */
function sharpened({ width, height, at }: Field, { sigma, k, sharpness }: Gaussians): Field {
  const plane = { data: Float64Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))[0]), width, height };
  const [narrow, wide] = [gaussianBlur(plane, sigma), gaussianBlur(plane, k * sigma)];
  return field(width, height, (x, y) => scalar((1 + sharpness) * narrow.data[y * width + x]! - sharpness * wide.data[y * width + x]!));
}

/** The same along the normal of the flow. */
function sharpenedAcross(lightness: Field, tangents: Field, { sigma, k, sharpness }: Gaussians): Field {
  const { width, height, at } = acrossFlow(lightness, tangents, [{ of: 'r', gaussians: [{ sigma, weight: 1 + sharpness }, { sigma: k * sigma, weight: -sharpness }] }]);
  return field(width, height, (x, y) => scalar(at(x, y)[0]));
}

/** As the paper has it. */
export function softThreshold(d: number, epsilon: number, phi: number): number {
  return d >= epsilon ? 1 : 1 + Math.tanh(phi * (d - epsilon));
}

/** Each of the thresholds, with the limit that the slope of D sets to its steepness. */
function thresholded({ width, height, at }: Field, { threshold, epsilon, phi, levels }: ThresholdFacts): Field {
  const d = (x: number, y: number): number => at(x, y)[0];
  return field(width, height, (x, y) => {
    const here = d(x, y);
    const steepest = 1.3 / Math.max(Math.hypot(d(x + 1, y) - d(x - 1, y), d(x, y + 1) - d(x, y - 1)) / 2, 1e-3);
    const rate = Math.min(1 / epsilon, steepest / 2);
    const tone = Math.min(Math.max(0.5 + (here - epsilon / 2) * rate, 0), 1);
    switch (threshold) {
      case 'soft': return scalar(softThreshold(here, epsilon, Math.min(phi, steepest / 2)));
      case 'hard': return scalar(0.5 + 0.5 * Math.tanh(steepest * (here - epsilon)));
      case 'quantized': return scalar(softQuantised(levels * tone, Math.min(phi, steepest) / (rate * levels)) / levels);
      case 'none': return scalar(tone);
    }
  });
}

function scalar(value: number): [number, number, number] {
  return [value, value, value];
}
