import { bilinear, field, type Field, type Triple } from './field.ts';
import { leveled } from './levels.ts';
import { aaStep, mix, slopeAt, smoothstep } from './lines.ts';
import { fromOklab } from './oklab.ts';
import { roundScreen } from './screen.ts';
import { softQuantised, steepnessAt } from './softQuantise.ts';

/** What the kernels are given. */
export interface ComicFacts {
  readonly bins: number;
  readonly saturation: number;
  readonly dots: number;
  readonly period: number;
  readonly unit: number;
}

type Levels = readonly [low: number, high: number, gain: number];

/** The twin of shaders/lib/comicLight.wgsl. */
export function comicLight(lightness: number, levels: Levels): number {
  return 0.05 + 0.94 * leveled(lightness, levels);
}

/** The twin of shaders/looks/comicLight.wgsl. */
export function halfLight(colors: Field, levels: Levels): Field {
  const at = (x: number, y: number): number => comicLight(colors.at(x, y)[0], levels);
  return field(Math.ceil(colors.width / 2), Math.ceil(colors.height / 2), (x, y) => [(at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)) / 4, 0, 0]);
}

/** The twin of shaders/looks/comic.wgsl at a pixel, where `near` and `far` have half the size. Code values in [0, 1]. */
export function comic(colors: Field, levels: Levels, edges: Field, near: Field, far: Field, x: number, y: number, { bins, saturation, dots, period, unit }: ComicFacts): number[] {
  const [L, a, b] = colors.at(x, y);
  const light = comicLight(L, levels);
  const nearAt = (dx: number, dy: number): number => bilinear(near, (x + 0.5 + dx) / 2, (y + 0.5 + dy) / 2)[0];
  const slope = 0.5 * Math.hypot(nearAt(1, 0) - nearAt(-1, 0), nearAt(0, 1) - nearAt(0, -1));
  const stepped = softQuantised(bins * light, steepnessAt(slope, unit, bins, [2.5, 12])) / bins;
  const color = fromOklab([mix(0.1, 1, stepped), saturation * a, saturation * b]);
  const shadow = 1 - smoothstep(0.18, 0.55, bilinear(far, (x + 0.5) / 2, (y + 0.5) / 2)[0]);
  const dot = 0.55 * dots * roundScreen(0.6 * shadow, x, y, 45, period, 0);
  const ink = Math.max(aaStep(0.15, 0.6, edges.at(x, y)[0], slopeAt(edges, x, y, 0)), 0.9 * (1 - smoothstep(0.04, 0.1, light)));
  return color.map((value, c) => mix(value * (1 - dot), INK[c]!, ink));
}

const INK: Triple = [0.05, 0.04, 0.08];
