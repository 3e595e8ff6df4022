import pairKernel from '../../shaders/passes/lumaPair.wgsl';
import kernel from '../../shaders/passes/opticalFlow.wgsl';
import firstKernel from '../../shaders/passes/opticalFlow.wgsl?first';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { reduce } from './reduce.ts';

/**
 * How far things have moved between two small pictures: pyramidal Lucas-Kanade on their luma, with a median between the levels. Of what stands still or has no structure it is nearly nothing;
 * shifts up to some 6 % of the long side are found.
 *
 * Cost: two passes a level and one more; a level for each halving of the long side until it is 48 px; 16 B/px of the small pictures and a third more.
 * @see J.-Y. Bouguet, "Pyramidal Implementation of the Lucas Kanade Feature Tracker", 2000
 *
 * @param now - rgb, sRGB code values; at most some 200 px long, because each pixel looks at 49 others, 3 to 6 times a level
 * @param before - of equal size
 * @param noise - standard deviation of the noise of a pixel, as a share of 255: with less structure than that nothing moves
 * @returns rgba16float: in x and y how many px each place of `now` has come, so that now(p) = before(p - flow)
 * @example
 * ```ts
 * const small = reduce(graph, source, 8);
 * const { previous, current } = graph.history('small', 'rgba16float', graph.sizeOf(small));
 * const flow = opticalFlow(graph, small, previous, 0.005);
 * ```
 */
export function opticalFlow(graph: FrameGraph, now: TextureHandle, before: TextureHandle, noise: number): TextureHandle {
  const pairs = [graph.compute(pairKernel, { inputs: { now, before } })];
  for (let pair = pairs[0] as TextureHandle; longSide(graph, pair) > COARSEST; pairs.push(pair)) pair = reduce(graph, pair, 2);
  return pairs.reduceRight<TextureHandle | undefined>((coarse, pair, level) => {
    const params = { regular: Math.max((SURE * noise / 2 ** level) ** 2, LEAST_REGULAR) };
    return coarse === undefined ? graph.compute(firstKernel, { inputs: { pair }, params }) : graph.compute(kernel, { inputs: { pair, coarse }, params });
  }, undefined) as TextureHandle;
}

function longSide(graph: FrameGraph, texture: TextureHandle): number {
  const { width, height } = graph.sizeOf(texture);
  return Math.max(width, height);
}

/** Long side of the first level: a window is a seventh of it. */
const COARSEST = 48;
/** How much more structure than noise there must be; reducing halves the noise. */
const SURE = 1.5;
/** Half floats are no finer. */
const LEAST_REGULAR = 1e-6;
