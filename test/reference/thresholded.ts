import type { Threshold } from '../../src/passes/thresholded.ts';
import { field, type Field } from './field.ts';
import { softQuantised } from './softQuantise.ts';

/** What the thresholds are given. */
export interface ThresholdFacts {
  readonly threshold: Threshold;
  readonly epsilon: number;
  readonly phi: number;
  readonly levels: number;
}

/** As the paper has it. */
export function softThreshold(d: number, epsilon: number, phi: number): number {
  return d >= epsilon ? 1 : 1 + Math.tanh(phi * (d - epsilon));
}

/** The twin of shaders/passes/thresholded.wgsl, ink 0 and paper 1: each of the thresholds, with the limit that the slope of D sets to its steepness. */
export function thresholded({ width, height, at }: Field, { threshold, epsilon, phi, levels }: ThresholdFacts): Field {
  const d = (x: number, y: number): number => at(x, y)[0];
  const even = (x: number, rate: number): number => 0.5 + 0.5 * Math.tanh(rate * (x - epsilon));
  const paperAt = (x: number, y: number): number => {
    const here = d(x, y);
    const steepest = 1.3 / Math.max(Math.hypot(d(x + 1, y) - d(x - 1, y), d(x, y + 1) - d(x, y - 1)) / 2, 1e-3);
    const rate = Math.min(1 / epsilon, steepest / 2);
    const tone = Math.min(Math.max(0.5 + (here - epsilon / 2) * rate, 0), 1);
    switch (threshold) {
      case 'soft': return softThreshold(here, epsilon, Math.min(phi, steepest / 2));
      case 'even': return even(here, Math.min(phi, steepest));
      case 'hard': return even(here, steepest);
      case 'quantized': return softQuantised(levels * tone, Math.min(phi, steepest) / (rate * levels)) / levels;
      case 'none': return tone;
    }
  };
  return field(width, height, (x, y) => {
    const paper = paperAt(x, y);
    return [paper, paper, paper];
  });
}
