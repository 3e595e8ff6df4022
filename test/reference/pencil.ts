import type { PenLayer } from '../../src/passes/penStrokes.ts';
import { mix } from './lines.ts';
import { leveled } from './levels.ts';
import { fromOklab, toOklab } from './oklab.ts';
import { penStrokes } from './penStrokes.ts';
import { smoothstep } from './softSteps.ts';

/** Density of three pigments, and how hard the hand presses. */
export type Density = readonly [r: number, g: number, b: number, pressure: number];

/** The twin of shaders/looks/pencilDensity.wgsl, on sRGB code values in [0, 1]. */
export function pencilDensity(code: readonly number[], levels: readonly [number, number, number], saturation: number, lift: number): Density {
  const [L, a, b] = toOklab(code);
  const rgb = fromOklab([mix(0.22, 1, mix(leveled(L, levels), 1, lift)), saturation * a, saturation * b]);
  const [red, green, blue] = rgb.map((c) => -Math.log(Math.max(c, 0.04))) as [number, number, number];
  return [red, green, blue, Math.min(1, Math.max(red, green, blue) / 1.6)];
}

/** A layer of strokes, its share of the density and the pressure at which it sets in. */
export interface PencilLayer extends PenLayer {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** What lies at a pixel beside the density, and the parameters of the same names. */
export interface PencilFacts {
  readonly unit: number;
  readonly layers: readonly PencilLayer[];
  readonly push: number;
  readonly outline: number;
  readonly height: number;
  readonly cover: number;
  readonly wash: number;
  readonly lines: number;
  readonly grain: number;
}

/** The twin of shaders/looks/pencil.wgsl. `at` gives the density at any place. */
export function pencil(at: (x: number, y: number) => Density, x: number, y: number, { unit, layers, push, outline, height, cover, wash, lines, grain }: PencilFacts): number[] {
  const here = at(x, y);
  const laid = [0, 0, 0];
  for (const layer of layers) {
    penStrokes(x, y, unit, layer, push, (covered, toneX, toneY) => {
      const there = at(toneX, toneY);
      const same = Math.exp(-[0, 1, 2].reduce((sum, c) => sum + (there[c]! - here[c]!) ** 2, 0) / 0.12);
      const pressure = smoothstep(layer.low, layer.high, mix(there[3], here[3], 0.35)) * mix(0.25, 1, same);
      const weight = layer.share * pressure * covered(layer.width * (0.5 + 0.5 * pressure));
      for (const c of [0, 1, 2]) laid[c]! += weight * mix(there[c]!, here[c]!, 0.35);
    });
  }
  const tooth = mix(1, 0.35 + 1.25 * smoothstep(0.1, 0.9, 1 - height), grain);
  const paper = [0.995, 0.99, 0.975];
  return [1.45, 1.5, 1.25].map((dark, c) => {
    const pigment = cover * (0.8 * laid[c]! * tooth + wash * here[c]!);
    const line = lines * outline * (1.2 - 0.6 * height) * (0.55 * dark + 0.45 * here[c]!);
    return paper[c]! * (0.98 + 0.02 * height) * Math.exp(-2 * (1 - Math.exp(-pigment / 2)) - line);
  });
}
