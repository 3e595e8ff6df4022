import color from '../../shaders/passes/reduce.wgsl';
import scalar from '../../shaders/passes/reduce.wgsl?scalar';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { channelWeights, type ScalarOf } from './scalarOf.ts';

/**
 * Reduces a texture to 1 / factor of its size by area averages; the last row and column of cells repeat the edge.
 *
 * @param factor - side of a cell in px, a whole number from 1
 * @param scalarOf - reads one number per pixel instead of four channels
 * @param rim - how many cells of the repeated edge there are on each side: a blur that repeats them sees what a blur of the source sees beyond its edge
 * @returns rgba16float, or r32float with `scalarOf`, of ceil(size / factor) texels and the rim; range as the source
 * @example
 * ```ts
 * const coarse = reduce(graph, source, 4);
 * ```
 */
export function reduce(graph: FrameGraph, source: TextureHandle, factor: number, scalarOf?: ScalarOf, rim: number = 0): TextureHandle {
  const { width, height } = graph.sizeOf(source);
  return graph.compute(scalarOf === undefined ? color : scalar, {
    inputs: { source },
    params: { factor, rim, channels: channelWeights(scalarOf) },
    size: { width: Math.ceil(width / factor) + 2 * rim, height: Math.ceil(height / factor) + 2 * rim },
  });
}
