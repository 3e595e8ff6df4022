import { field, type Field } from './field.ts';
import { flowGaussian } from './flowGaussian.ts';
import { gaussianBlur } from './gaussianBlur.ts';
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

/** The twin of the effect without flow, in float64: ink 0 and paper 1 of sRGB code values in [0, 1]. */
export function xdog(source: Field, facts: ThresholdFacts & { readonly sigma: number; readonly k: number; readonly sharpness: number }): Field {
  return thresholded(sharpened(source, facts), facts);
}

interface Gaussians { readonly sigma: number; readonly k: number; readonly sharpness: number }

/** D = (1 + p) G(sigma) L* - p G(k sigma) L*. */
function sharpened({ width, height, at }: Field, { sigma, k, sharpness }: Gaussians): Field {
  const lightness = { data: Float64Array.from({ length: width * height }, (_, i) => 100 * TONES.lightness(at(i % width, Math.floor(i / width)))), width, height };
  const [narrow, wide] = [gaussianBlur(lightness, sigma), gaussianBlur(lightness, k * sigma)];
  return field(width, height, (x, y) => scalar((1 + sharpness) * narrow.data[y * width + x]! - sharpness * wide.data[y * width + x]!));
}

/** As the paper has it. */
export function softThreshold(d: number, epsilon: number, phi: number): number {
  return d >= epsilon ? 1 : 1 + Math.tanh(phi * (d - epsilon));
}

/** Each threshold with the limit that the slope of D sets to its steepness. */
function thresholded({ width, height, at }: Field, { threshold, epsilon, phi, levels }: ThresholdFacts): Field {
  const d = (x: number, y: number): number => at(x, y)[0];
  return field(width, height, (x, y) => {
    const here = d(x, y);
    const steepest = 1.3 / Math.max(Math.hypot(d(x + 1, y) - d(x - 1, y), d(x, y + 1) - d(x, y - 1)) / 2, 1e-3);
    switch (threshold) {
      case 'soft': return scalar(softThreshold(here, epsilon, Math.min(phi, steepest / 2)));
      case 'hard': return scalar(0.5 + 0.5 * Math.tanh(steepest * (here - epsilon)));
      case 'quantized': return scalar(staircase(Math.min(Math.max(here / epsilon, 0), 1), levels, epsilon * Math.min(phi, steepest)));
      case 'none': return scalar(Math.min(Math.max(here / epsilon, 0), 1));
    }
  });
}

/** As H. Winnemöller et al. 2006 have it, but continuous: the ramp about the nearest border of two bins, divided by its height in the middle of a bin. */
function staircase(x: number, levels: number, phi: number): number {
  const border = Math.round(x * levels) / levels;
  return border + (0.5 / levels) * (Math.tanh(phi * (x - border)) / Math.tanh(phi / (2 * levels)));
}

function scalar(value: number): [number, number, number] {
  return [value, value, value];
}
