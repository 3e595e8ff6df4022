import differenceKernel from '../../shaders/passes/colorDifference.wgsl';
import distanceKernel from '../../shaders/passes/colorDifference.wgsl?scalar';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { coarseGaussianBlur, gaussianBlur, type CoarseBlur } from './gaussianBlur.ts';

/**
 * How far a canvas still is from its target at the size of a brush, as a colour: G_sigma * (target - canvas), rgba16float in [-1, 1], perhaps of a smaller size. Its length
 * is the misfit: noise and the hairs of a brush average out, a missing eye does not.
 *
 * Cost: one pass and a blur; 12 B/px of memory.
 * @see A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998
 *
 * @param target - sRGB code values
 * @param canvas - of the same size
 * @param sigma - in px, about half a brush
 * @example
 * ```ts
 * const error = misfit(graph, source, handle, 1.5);
 * ```
 */
export function misfit(graph: FrameGraph, target: TextureHandle, canvas: TextureHandle, sigma: number): CoarseBlur {
  const missed = coarseGaussianBlur(graph, graph.compute(differenceKernel, { inputs: { wanted: target, canvas } }), { sigma });
  graph.inspect('misfit', missed.coarse, { scale: 0.5, offset: 0.5 });
  return missed;
}

/**
 * The distance of two pictures in rgb, pixel by pixel, then blurred: G_sigma * |a - b|, r32float from 0.
 *
 * Cost: one pass and a blur of one number per pixel; 8 B/px of memory.
 *
 * @example
 * ```ts
 * const lost = colorDistance(graph, source, handle, 1.2);
 * ```
 */
export function colorDistance(graph: FrameGraph, a: TextureHandle, b: TextureHandle, sigma: number): TextureHandle {
  return gaussianBlur(graph, graph.compute(distanceKernel, { inputs: { wanted: a, canvas: b } }), { sigma, scalarOf: 'r' });
}
