import type { Field } from './field.ts';
import { smoothstep } from './softSteps.ts';

/** The twins of shaders/lib/lines.wgsl. Of a channel of a field: |grad| by central differences. */
export function slopeAt({ at }: Field, x: number, y: number, channel: number): number {
  return 0.5 * Math.hypot(at(x + 1, y)[channel]! - at(x - 1, y)[channel]!, at(x, y + 1)[channel]! - at(x, y - 1)[channel]!);
}

export function aaStep(low: number, high: number, value: number, slope: number): number {
  const middle = (low + high) / 2;
  const reach = Math.max((high - low) / 2, 0.75 * slope);
  return smoothstep(middle - reach, middle + reach, value);
}

/** What a line must be like to be drawn. */
export interface Pen {
  readonly threshold: number;
  readonly softness: number;
  readonly weights: readonly [fine: number, broad: number];
}

/** `lines`: fine and broad responses in its second and third channel. */
export function lineDarkness(lines: Field, x: number, y: number, anisotropy: number, { threshold, softness, weights }: Pen): number {
  const guard = threshold * (3 - 2 * smoothstep(0.15, 0.5, anisotropy));
  const here = lines.at(x, y);
  const fine = Math.tanh(Math.max(0, -here[1] - guard) / Math.max(softness, 0.8 * slopeAt(lines, x, y, 1)));
  const broad = Math.tanh(Math.max(0, -here[2] - 1.6 * guard) / Math.max(2.2 * softness, 0.8 * slopeAt(lines, x, y, 2)));
  return 1 - (1 - weights[0] * fine) * (1 - weights[1] * broad);
}

export function dodged(tone: number, blurred: number, lift: number): number {
  return Math.min(1, (tone + lift) / Math.max(1 / 256, blurred + lift));
}

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
