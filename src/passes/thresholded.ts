import kernel from '../../shaders/passes/thresholded.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** How ink and paper share the tones: `soft` as published, all of the ramp below epsilon; `even`, half of it on either side; `hard`, only as much ramp as pixels need; `quantized`, a staircase from 0 to epsilon; `none`, a straight line. */
export type Threshold = 'soft' | 'even' | 'hard' | 'quantized' | 'none';

/** What {@link thresholded} is given. */
export interface ThresholdOptions {
  readonly threshold: Threshold;
  /** The L* that divides ink from paper. */
  readonly epsilon: number;
  /** Steepness, per L*. */
  readonly phi: number;
  /** Steps of `quantized`; 1 where it is left out. */
  readonly levels?: number;
  /** Of the two colours, sRGB code values in [0, 1]. */
  readonly ink: readonly number[];
  readonly paper: readonly number[];
}

/**
 * A sharpened lightness thresholded in two colours, never more steeply than pixels can show.
 *
 * Cost: one pass of five loads; 4 B/px of memory for the result.
 * @see H. Winnemöller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012
 *
 * @param sharpened - the lightness in r, L* from 0 to 100 and beyond
 * @returns rgba8unorm, sRGB code values, alpha 1
 * @example
 * ```ts
 * const drawn = thresholded(graph, source, { threshold: 'even', epsilon: 60, phi: 0.25, ink: [0, 0, 0], paper: [1, 1, 1] });
 * ```
 */
export function thresholded(graph: FrameGraph, sharpened: TextureHandle, { threshold, epsilon, phi, levels = 1, ink, paper }: ThresholdOptions): TextureHandle {
  const [kind, steepness] = threshold === 'hard' ? (['even', HARD] as const) : [threshold, phi];
  return graph.compute(kernel, { inputs: { sharpened }, params: { epsilon, phi: steepness, levels, ink, paper }, constants: { THRESHOLD: THRESHOLDS.indexOf(kind) } });
}

// In the order of the numbers in the kernel.
const THRESHOLDS: readonly Threshold[] = ['soft', 'even', 'quantized', 'none'];
// A phi that only the pixels limit.
const HARD = 1e9;
