import type { PenLayer } from '../../src/passes/penStrokes.ts';
import type { Field } from './field.ts';
import { aaStep, dodged, lineDarkness, mix, slopeAt } from './lines.ts';
import { penStrokes } from './penStrokes.ts';
import { smoothstep } from './softSteps.ts';
import { decodeSrgb, encodeSrgb } from './srgb.ts';

/** The twin of shaders/passes/penTone.wgsl with the numbers of a hatching: darkness and outlines, from lines (calm and two responses), anisotropy and the blurred calm. */
export function hatchingTones(lines: Field, x: number, y: number, anisotropy: number, blurred: number, threshold: number): [dark: number, outline: number, none: number] {
  const calm = lines.at(x, y)[0];
  const dark = 1 - calm * mix(1, dodged(calm, blurred, 0.05), 0.45);
  return [dark, lineDarkness(lines, x, y, anisotropy, { threshold, softness: 1.3, weights: [0.95, 0.9] }), 0];
}

/** A layer of strokes and the darkness at which it sets in. */
export interface HatchingLayer extends PenLayer {
  readonly low: number;
  readonly high: number;
}

/** The twin of shaders/looks/hatching.wgsl on tones as above. */
export function hatching(tones: Field, x: number, y: number, unit: number, layers: readonly HatchingLayer[], push: number, lines: number): number[] {
  const [dark, outline] = tones.at(x, y);
  let clear = 1;
  for (const layer of layers) {
    penStrokes(x, y, unit, layer, push, (cover, toneX, toneY) => {
      const there = tones.at(toneX, toneY)[0];
      const pressure = smoothstep(layer.low, layer.high, Math.abs(there - dark) < 0.15 ? there : Math.min(there, dark));
      clear *= 1 - cover(layer.width * (0.5 + 0.5 * pressure)) * smoothstep(0, 0.12, pressure);
    });
  }
  const filled = 0.8 * smoothstep(0.88, 0.97, dark);
  const ink = 1 - (1 - 0.96 * (1 - clear)) * (1 - filled) * (1 - lines * aaStep(0.1, 0.5, outline, slopeAt(tones, x, y, 1)));
  const paper = [0.98, 0.97, 0.94];
  return [0.08, 0.08, 0.11].map((code, c) => encodeSrgb(mix(decodeSrgb(paper[c]!), decodeSrgb(code), ink)));
}
