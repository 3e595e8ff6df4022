import kernel from '../../shaders/passes/tangentFlow.wgsl';
import type { FrameGraph, Size, TextureHandle } from '../core/frameGraph.ts';
import type { StructureTensor } from './structureTensor.ts';

/**
 * The directions of a tensor, one for each pixel, for passes that read many of them: rgba16float (x, y, A, r), the unit vector along the edge, the anisotropy in [0, 1]
 * and the factor on a radius. Read it at the nearest texel and flip vectors to keep going; a mean of two of them is no direction.
 *
 * Cost: one pass, 8 B/px of memory.
 * @see J. E. Kyprianidis and H. Kang, "Image and Video Abstraction by Coherence-Enhancing Filtering", 2011
 *
 * @param size - of the result; that of the frame where it is left out
 * @example
 * ```ts
 * const tangents = tangentFlow(graph, structureTensor(graph, source, { sigma: 2 }));
 * ```
 */
export function tangentFlow(graph: FrameGraph, { tensor, texel }: StructureTensor, size: Size = graph.size): TextureHandle {
  const step = Math.round(Math.max(graph.size.width, graph.size.height) / Math.max(size.width, size.height));
  return graph.compute(kernel, { inputs: { tensor }, params: { texel: texel / step }, size });
}
