import kernel from '../../shaders/passes/flowDifference.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { flowGaussian } from './flowGaussian.ts';
import { gaussianWeights } from './gaussianBlur.ts';

/** What {@link flowDifference} is given; standard deviations in px of the source. */
export interface FlowDifferenceOptions {
  /** Of the Gaussian that keeps a line. */
  readonly narrow: number;
  /** Of the one that averages over it. */
  readonly wide: number;
  /** Of the one along the line, which joins what belongs together. */
  readonly along: number;
}

/**
 * Flow-based difference of Gaussians: across the edge the difference of two, then a mean along it. r32float, to be read with `unpackLine` of `package::lib::lineStrength`: negative on the dark
 * side of edges and on dark lines, about 0 elsewhere.
 *
 * Cost: two passes, 5 wide and 4 along taps; 8 B/px of memory.
 * @see H. Winnemöller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012
 *
 * @param source - rgba8unorm or rgba16float, one number in r, [0, 1]
 * @param tangents - of `tangentFlow`, of any size
 * @example
 * ```ts
 * const tangents = tangentFlow(graph, structureTensor(graph, source, { sigma: 2 }));
 * const lines = flowDifference(graph, source, tangents, { narrow: 1, wide: 1.6, along: 3 });
 * ```
 */
export function flowDifference(graph: FrameGraph, source: TextureHandle, tangents: TextureHandle, { narrow, wide, along }: FlowDifferenceOptions): TextureHandle {
  // Both as far out as the wider one reaches.
  const [keeping, averaging] = [gaussianWeights(narrow, (CUT * wide) / narrow), gaussianWeights(wide, CUT)];
  const weights = averaging.weights.map((weight, i) => (keeping.weights[i] ?? 0) - weight);
  return flowGaussian(graph, graph.compute(kernel, { inputs: { source, tangents }, params: { radius: averaging.radius, weights } }), tangents, { sigma: along, scalarOf: 'r' });
}

// In sigmas of the wider Gaussian.
const CUT = 2.5;
