import columnsKernel from '../../shaders/passes/differenceOfGaussians.wgsl';
import rowsKernel from '../../shaders/passes/differenceOfGaussians.wgsl?rows';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { gaussianWeights, type Weights } from './gaussianBlur.ts';

/** A Gaussian of a sum. */
export interface WeightedGaussian {
  /** Standard deviation in px of the texture, from 0 to 65. */
  readonly sigma: number;
  /** What it weighs. */
  readonly weight: number;
}

/**
 * Weighted difference of two Gaussians of one number per pixel, both made at once; borders clamped. Weights of 1 and -1 find lines; 1 + p and -p sharpen.
 *
 * Cost: two passes of about 1.5 wide sigmas of loads per pixel each, 32 B/px.
 * @see D. Marr and E. Hildreth, "Theory of Edge Detection", 1980
 *
 * @param source - the number in r, of any format and range
 * @returns rgba16float, the sum in r, g and b 0, a 1
 * @example
 * ```ts
 * const sharp = differenceOfGaussians(graph, source, { sigma: 1.4, weight: 21 }, { sigma: 2.2, weight: -20 });
 * ```
 */
export function differenceOfGaussians(graph: FrameGraph, source: TextureHandle, narrow: WeightedGaussian, wide: WeightedGaussian): TextureHandle {
  const { width, height } = graph.sizeOf(source);
  const rows = graph.compute(rowsKernel, { inputs: { source }, params: pairedWeights({ ...narrow, weight: 1 }, { ...wide, weight: 1 }), invocations: [Math.ceil(width / OUTPUTS), height] });
  return graph.compute(columnsKernel, { inputs: { source: rows }, params: pairedWeights(narrow, wide), invocations: [width, Math.ceil(height / OUTPUTS)] });
}

/** How many px beyond its own a pixel of the difference depends on. */
export function differenceReach(wide: WeightedGaussian): number {
  return gaussianWeights(wide.sigma, CUT).radius;
}

/** Outputs of one invocation of the kernel. */
const OUTPUTS = 4;
// Where the Gaussians are cut, in sigmas.
const CUT = 3;

/** What both weigh at each distance, in turn. */
function pairedWeights(narrow: WeightedGaussian, wide: WeightedGaussian): { readonly radius: number; readonly weights: readonly number[] } {
  const [near, far] = [narrow, wide].map(({ sigma }) => gaussianWeights(sigma, CUT)) as [Weights, Weights];
  const weights = [...far.weights].flatMap((weight, i) => [narrow.weight * (near.weights[i] ?? 0), wide.weight * weight]);
  return { radius: far.radius, weights };
}
