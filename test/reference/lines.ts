import type { Field } from './field.ts';
import { smoothstep } from './softSteps.ts';

/** The twin of `slopesAt` in shaders/lib/lines.wgsl: the length of the gradient of each channel. */
export function slopesAt({ at }: Field, x: number, y: number): number[] {
  return [0, 1, 2].map((c) => 0.5 * Math.hypot(at(x + 1, y)[c]! - at(x - 1, y)[c]!, at(x, y + 1)[c]! - at(x, y - 1)[c]!));
}

export function aaStep(low: number, high: number, value: number, slope: number): number {
  const half = Math.max((high - low) / 2, 0.75 * slope);
  return smoothstep((low + high) / 2 - half, (low + high) / 2 + half, value);
}

/** A response in L* units, and its slope per px. */
export interface Response {
  readonly value: number;
  readonly slope: number;
}

/** What {@link lineDarkness} is given. */
export interface LineFacts {
  readonly anisotropy: number;
  readonly threshold: number;
  readonly softness: number;
  readonly weights: readonly [fine: number, broad: number];
}

export function lineDarkness(fine: Response, broad: Response, { anisotropy, threshold, softness, weights }: LineFacts): number {
  const guard = threshold * (3 - 2 * smoothstep(0.15, 0.5, anisotropy));
  const covered = (response: Response, least: number, soft: number): number => Math.tanh(Math.max(0, -response.value - least) / Math.max(soft, 0.8 * response.slope));
  return 1 - (1 - weights[0] * covered(fine, guard, softness)) * (1 - weights[1] * covered(broad, 1.6 * guard, 2.2 * softness));
}

/** The lines of a field of responses (g fine, b broad) at a pixel. */
export function linesAt(field: Field, x: number, y: number, facts: LineFacts): number {
  const [, fine, broad] = field.at(x, y);
  const slopes = slopesAt(field, x, y);
  return lineDarkness({ value: fine, slope: slopes[1]! }, { value: broad, slope: slopes[2]! }, facts);
}

export function dodged(tone: number, blurred: number, lift: number): number {
  return Math.min(1, (tone + lift) / Math.max(1 / 256, blurred + lift));
}
