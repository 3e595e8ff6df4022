import kernel from '../../shaders/passes/penTone.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { coarseGaussianBlur } from './gaussianBlur.ts';
import type { LineField } from './lineField.ts';

/** How a pen sees tones and contours. */
export interface PenToneOptions {
  /** Exponent of lightness: above 1 all is darker. 1 where it is left out. */
  readonly gamma?: number;
  /** How much darker a tone gets next to something lighter, so that forms stand apart, in [0, 1]. */
  readonly local: number;
  /** The faintest contour, in L* units (0 to 100). */
  readonly threshold: number;
  /** Response in L* units over which a contour gets dark. */
  readonly softness: number;
  /** Darkness of fine and of broad contours, in [0, 1]. */
  readonly weights: readonly [fine: number, broad: number];
}

/**
 * Tones and contours for lines of one ink: rgba8unorm of the size of the picture, r darkness, g that of contours, [0, 1].
 *
 * Cost: one pass, and a blur of a small copy; 5 B/px of memory.
 *
 * @example
 * ```ts
 * const tone = penTone(graph, lineField(graph, source), { local: 0.4, threshold: 1, softness: 1.5, weights: [0.95, 0.9] });
 * ```
 */
export function penTone(graph: FrameGraph, { lines, tangents, unit }: LineField, { gamma = 1, ...options }: PenToneOptions): TextureHandle {
  const { coarse, factor } = coarseGaussianBlur(graph, lines, { sigma: SURROUNDINGS * unit });
  const tone = graph.compute(kernel, { inputs: { lines, tangents, blurred: coarse }, params: { gamma, ...options, blurredTexel: factor } });
  graph.inspect('tone', tone, { channel: 'r' });
  graph.inspect('contours', tone, { channel: 'g' });
  return tone;
}

// Of what a tone is compared with, in units.
const SURROUNDINGS = 40;
