import inkKernel from '../../shaders/looks/hatching.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, int, seed } from '../core/params.ts';
import { lineField } from '../passes/lineField.ts';
import { penStrokes } from '../passes/penStrokes.ts';
import { penTone } from '../passes/penTone.ts';
import { relief } from '../passes/relief.ts';

/** Parameters of {@link hatching}. */
export interface HatchingParams {
  /** Distance of the strokes in 768ths of the long side; never below 3.4 px. */
  spacing: number;
  /** Length of the strokes, in the same units. */
  length: number;
  /** The nib, in the same units; never below 1.25 px. */
  width: number;
  /** How many directions of strokes, each for darker tones than the last: 1 hatches without crossing, 4 has the richest darks. */
  layers: number;
  /** Turns all directions, in degrees, clockwise. */
  turn: number;
  /** How far the strokes bend over the forms. */
  follow: number;
  /** Pressure of the outlines. */
  lines: number;
  /** The faintest outline that is drawn, in L* units (0 to 100); more for noisy pictures. */
  threshold: number;
  /** Another hand. */
  seed: number;
}

/**
 * Pen and ink: up to four directions of whole strokes, each for the tones darker than the last, that bend over the forms; outlines, and black for the deepest shadows. White stays paper.
 *
 * A stroke is drawn in the tone at its own middle, and stops at an edge. Line width carries the tone, so small pictures gain by being scaled up first. Working space: tones are CIE L*, ink is
 * mixed in linear light. Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 28 passes. Memory with the result: 32 B/px (66 MB at 1920x1080).
 * @see E. Praun et al., "Real-Time Hatching", SIGGRAPH 2001
 * @see H. Winnemöller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012
 *
 * @example
 * ```ts
 * const drawing = studio.pipeline(hatching({ layers: 2, turn: 20 }));
 * ```
 */
export const hatching: Effect<HatchingParams> = defineEffect({
  name: 'hatching',
  params: {
    spacing: float(4.2, { min: 3, max: 10, unit: '768ths' }),
    length: float(34, { min: 12, max: 80, unit: '768ths' }),
    width: float(1.5, { min: 0.8, max: 4, unit: '768ths' }),
    layers: int(4, { min: 1, max: 4 }),
    turn: float(0, { min: -90, max: 90, unit: 'deg' }),
    follow: float(0.9, { min: 0, max: 1 }),
    lines: float(0.95, { min: 0, max: 1 }),
    threshold: float(1, { min: 0.3, max: 3, unit: 'L*' }),
    seed: seed(6),
  },
  build(graph, { source }, { spacing, length, width, layers, turn, follow, lines, threshold, seed }) {
    const field = lineField(graph, source, { sigma: 0.9 });
    const push = relief(graph, field);
    const u = field.unit;
    const tones = penTone(graph, field, { threshold, ...NIB });
    const pen = { spacing: Math.max(CLOSEST, spacing * u), width: Math.max(THINNEST, width * u), jitter: 0.32, tilt: 0.015, overlap: 0.22 };
    const strokes = penStrokes(u, LAYERS.map(({ angle, reach }, i) => ({ ...pen, angle: angle + turn, length: reach * length * u, seed: seed + SEED_STEP * i })));
    return graph.compute(inkKernel, {
      inputs: { tones, push: push.coarse },
      params: { layers, follow, pushTexel: push.factor, lines, ranges: LAYERS.flatMap(({ low, high }) => [low, high, 0, 0]), ...strokes },
    });
  },
});

const NIB = { local: 0.45, softness: 1.3, weights: [0.95, 0.9] } as const;
// In px: closer or thinner, strokes would be a grey tone.
const CLOSEST = 3.4;
const THINNEST = 1.25;
/** From `low` to `high` of the darkness a layer sets in; `reach` is its length, a factor. Directions that are nearly parallel would look like felt. */
const LAYERS = [
  { angle: -45, low: 0.16, high: 0.55, reach: 1.2 },
  { angle: 18, low: 0.46, high: 0.76, reach: 1 },
  { angle: -78, low: 0.66, high: 0.9, reach: 0.9 },
  { angle: -14, low: 0.8, high: 0.96, reach: 0.9 },
];
const SEED_STEP = 20;
