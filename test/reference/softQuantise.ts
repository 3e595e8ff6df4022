import { smoothstep } from './softSteps.ts';

/** The twin of shaders/lib/softQuantise.wgsl. */
export function softQuantised(level: number, steepness: number): number {
  const border = Math.round(level);
  const steep = Math.max(steepness, 0.05);
  return border + (0.5 * Math.tanh(steep * (level - border))) / Math.tanh(steep / 2);
}

/** The twin of steepnessAt there. */
export function steepnessAt(slope: number, unit: number, steps: number, [flat, edge]: readonly [number, number]): number {
  return Math.min(flat + (edge - flat) * smoothstep(0, 0.03, unit * slope), 1.3 / Math.max(steps * slope, 1e-3));
}
