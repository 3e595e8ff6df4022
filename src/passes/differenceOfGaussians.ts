import columnsKernel from '../../shaders/passes/differenceOfGaussians.wgsl';
import rowsKernel from '../../shaders/passes/differenceOfGaussians.wgsl?rows';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { gaussianWeights } from './gaussianBlur.ts';

/** What {@link differenceOfGaussians} is given: `narrowGain` G(narrow) + `wideGain` G(wide). */
export interface DifferenceOfGaussiansOptions {
  /** Standard deviation of the narrow Gaussian in px of the texture, from 0. */
  readonly narrow: number;
  /** That of the wide one, from that of the narrow one to 65. */
  readonly wide: number;
  readonly narrowGain: number;
  readonly wideGain: number;
}

/**
 * Weighted difference of two Gaussians of one number per pixel, both made at once; borders clamped. Gains of 1 and -1 find lines; 1 + p and -p sharpen.
 *
 * Cost: two passes of about 1.5 `wide` loads per pixel each, 32 B/px.
 * @see D. Marr and E. Hildreth, "Theory of Edge Detection", 1980
 *
 * @param source - the number as r + g: what half floats round away would show where gains are large
 * @returns rgba16float, the number as r + g, b 0, a 1
 * @example
 * ```ts
 * const sharp = differenceOfGaussians(graph, lightness, { narrow: 1.4, wide: 2.2, narrowGain: 21, wideGain: -20 });
 * ```
 */
export function differenceOfGaussians(graph: FrameGraph, source: TextureHandle, { narrow, wide, narrowGain, wideGain }: DifferenceOfGaussiansOptions): TextureHandle {
  const { width, height } = graph.sizeOf(source);
  const rows = graph.compute(rowsKernel, { inputs: { source }, params: pairedWeights(narrow, wide, 1, 1), invocations: [Math.ceil(width / OUTPUTS), height] });
  return graph.compute(columnsKernel, { inputs: { source: rows }, params: pairedWeights(narrow, wide, narrowGain, wideGain), invocations: [width, Math.ceil(height / OUTPUTS)] });
}

/** Outputs of one invocation of the kernel. */
const OUTPUTS = 4;
// Where the Gaussians are cut, in sigmas.
const CUT = 3;

/** The weights of both for each distance, one after the other. */
function pairedWeights(narrow: number, wide: number, narrowGain: number, wideGain: number): { radius: number; weights: Float32Array } {
  const [near, far] = [gaussianWeights(narrow, CUT), gaussianWeights(wide, CUT)];
  const weights = new Float32Array(2 * (far.radius + 1));
  far.weights.forEach((weight, i) => weights.set([narrowGain * (near.weights[i] ?? 0), wideGain * weight], 2 * i));
  return { radius: far.radius, weights };
}
