import differenceKernel from '../../shaders/passes/colorDifference.wgsl';
import halfDifferenceKernel from '../../shaders/passes/colorDifference.wgsl?half';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { blurredHalf, coarseGaussianBlur, type CoarseBlur } from './gaussianBlur.ts';

/**
 * How far a canvas still is from its target at the size of a brush, as a colour: G_sigma * (target - canvas), rgba16float in [-1, 1], from sigma 1 on at half the size or less. Its length
 * is the misfit: noise and the hairs of a brush average out, a missing eye does not.
 *
 * Cost: one pass and a blur; 4 B/px of memory, 16 where sigma is below 1 px.
 * @see A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998
 *
 * @param target - sRGB code values
 * @param canvas - of the same size
 * @param sigma - in px, a fifth to a quarter of the brush that is to correct it
 * @param resolution - `half` (the default) or, where whole strokes hang on it, `full`, for four times the memory
 * @example
 * ```ts
 * const error = misfit(graph, source, handle, 1.5);
 * ```
 */
export function misfit(graph: FrameGraph, target: TextureHandle, canvas: TextureHandle, sigma: number, resolution: 'full' | 'half' = 'half'): CoarseBlur {
  const missed = resolution === 'full' || sigma < LEAST_HALF_SIGMA ? coarseGaussianBlur(graph, graph.compute(differenceKernel, { inputs: { wanted: target, canvas } }), { sigma }) : halfMisfit(graph, target, canvas, sigma);
  graph.inspect('misfit', missed.coarse, { scale: 0.5, offset: 0.5 });
  return missed;
}

/** Below this a texel of 2 px would blur more than was asked for. */
const LEAST_HALF_SIGMA = 1;

function halfMisfit(graph: FrameGraph, target: TextureHandle, canvas: TextureHandle, sigma: number): CoarseBlur {
  const { width, height } = graph.sizeOf(target);
  const half = graph.compute(halfDifferenceKernel, { inputs: { wanted: target, canvas }, size: { width: Math.ceil(width / 2), height: Math.ceil(height / 2) } });
  return blurredHalf(graph, half, sigma);
}
