import type { PenLayer } from '../../src/passes/penStrokes.ts';
import type { SketchParams } from '../../src/looks/sketch.ts';
import type { Field } from './field.ts';
import { dodged } from './lines.ts';
import { hatched } from './penStrokes.ts';
import { smoothstep } from './softSteps.ts';

/** The tone of shaders/looks/sketchTone.wgsl, of calm lightness and that around it. */
export function sketchTone(calm: number, around: number, { tone, local, darkest }: Pick<SketchParams, 'tone' | 'local' | 'darkest'>): number {
  const wanted = tone * (1 - calm) ** 1.5 + local * (1 - dodged(calm, around, 0.04));
  return darkest * (1 - Math.exp((-1.35 * wanted) / darkest));
}

/** What shaders/looks/sketch.wgsl reads at a pixel: lengths in px, noises in [0, 1]. */
export interface SketchSheet {
  readonly paper: number;
  readonly pressure: number;
  readonly push: number;
  readonly unit: number;
  readonly layers: readonly [PenLayer, PenLayer];
}

/** The twin of shaders/looks/sketch.wgsl at a pixel; `tone`: dark and edge. */
export function sketch(x: number, y: number, tone: Field, { paper, pressure, push, unit, layers }: SketchSheet, { lines, hatch, follow, grain, warmth }: Pick<SketchParams, 'lines' | 'hatch' | 'follow' | 'grain' | 'warmth'>): number[] {
  const [dark, edge] = tone.at(x, y);
  const first = hatched(x, y, unit, layers[0], follow * push, tone, { here: 0.45, range: [0.04, 0.55] });
  const second = hatched(x, y, unit, layers[1], follow * push, tone, { here: 0.45, range: [0.3, 0.8] });
  const body = dark * (1 - 0.55 * hatch) + hatch * (0.42 * first * (0.35 + dark) + 0.27 * second * (0.3 + dark));
  const contour = edge * lines * (0.75 + 0.5 * (pressure - 0.5));
  const lead = 1 - (1 - Math.min(1, body)) * (1 - Math.min(1, contour));
  const hills = smoothstep(0, 1, 0.5 + 1.3 * (lead - 0.9 * paper));
  const laid = Math.min(0.93, lead * (1 - grain + grain * (0.45 + 1.1 * hills)));
  return sketchPaper(paper, warmth).map((white, c) => white + laid * (GRAPHITE[c]! - white));
}

/** The sheet where nothing is drawn, of its height. */
export function sketchPaper(height: number, warmth: number): number[] {
  return [0, 0.024, 0.09].map((cream) => (1 - warmth * cream) * (0.9975 - 0.025 * height));
}

const GRAPHITE = [0.13, 0.13, 0.145];
