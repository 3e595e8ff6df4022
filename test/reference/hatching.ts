import type { PenLayer } from '../../src/passes/penStrokes.ts';
import type { Field } from './field.ts';
import { aaStep, mix, slopeAt } from './lines.ts';
import { penStrokes } from './penStrokes.ts';
import { smoothstep } from './softSteps.ts';
import { decodeSrgb, encodeSrgb } from './srgb.ts';

/** A layer of strokes and the darkness at which it sets in. */
export interface HatchingLayer extends PenLayer {
  readonly low: number;
  readonly high: number;
}

/** The twin of shaders/looks/hatching.wgsl on tones of passes/penTone. */
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
