import type { PosterizeParams } from '../../src/effects/posterize.ts';
import { intoGamut } from './gamut.ts';
import { fromOklab } from './oklab.ts';
import { softQuantised, steepnessAt } from './softQuantise.ts';

const MOST_CHROMA = 0.3225;

/** The twin of shaders/effects/posterize.wgsl: `lab(x, y)` is a pixel in OKLab, clamped at the edge. Returns code values in [0, 1] before they are mixed with the source. */
export function posterize(lab: (x: number, y: number) => readonly [number, number, number], x: number, y: number, unit: number, { levels, chromaLevels, softness }: PosterizeParams): number[] {
  const [, a, b] = lab(x, y);
  const step = (toneOf: (x: number, y: number) => number, whole: number, steps: number): number => {
    const slope = 0.5 * Math.hypot(toneOf(x + 1, y) - toneOf(x - 1, y), toneOf(x, y + 1) - toneOf(x, y - 1)) / whole;
    const flat = 2 / Math.max(softness, 1e-3) - 2;
    const steepness = Math.max(0.05, steepnessAt(slope, unit, steps, [flat, 3 * flat]));
    return (whole * (softQuantised((toneOf(x, y) / whole) * steps + 0.5, steepness) - 0.5)) / steps;
  };
  const chromaAt = (x: number, y: number): number => Math.hypot(...lab(x, y).slice(1));
  const light = step((x, y) => lab(x, y)[0], 1, levels - 1);
  const chroma = chromaLevels > 1 ? step(chromaAt, MOST_CHROMA, chromaLevels - 1) : chromaAt(x, y);
  const gain = chroma / Math.max(chromaAt(x, y), 1e-6);
  return fromOklab(intoGamut([light, a * gain, b * gain]));
}
