import sumsBlock from '../../shaders/passes/lineSums.wgsl';
import sumsSubgroups from '../../shaders/passes/lineSums.wgsl?subgroups';
import searchKernel from '../../shaders/passes/windowSearch.wgsl';
import sweepKernel from '../../shaders/passes/windowSweep.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { assertSameSize, domainTransform, windowRadius, type DomainFilterOptions } from './domainTransform.ts';
import { ALONG, byStrip, dispatchLines, divisionOf, inRounds } from './lines.ts';

/**
 * Edge-preserving smoothing: box means along rows and columns in turn, over the pixels that {@link domainTransform} puts within `windowRadius`.
 * It keeps steps of colour sharp. Windows end at the border. Pixels count by their alpha, those of none as much as those of 1/255.
 *
 * Cost: hardly dependent on the reach. Line-serial kernels take `2 * iterations` passes beside the transform, in which each pixel enters and leaves one
 * sliding window per strip of 64, and 24 B/px of memory; block-parallel ones twice as many, prefix sums and a bisection for each pixel, and 32 B/px.
 *
 * @param source - straight rgb code values in [0, 1], alpha as a multiple of 1/255
 * @returns rgba16float: rgb code values in [0, 1], alpha 1
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1
 * @example
 * ```ts
 * const even = normalizedConvolution(graph, source, { sigmaS: 60, sigmaR: 0.4, iterations: 3 });
 * ```
 */
export function normalizedConvolution(graph: FrameGraph, source: TextureHandle, { iterations, guide, ...sigmas }: DomainFilterOptions): TextureHandle {
  const division = divisionOf(graph);
  assertSameSize(graph, source, guide);
  const transforms = domainTransform(graph, guide ?? source, sigmas);
  return inRounds(source, iterations, (color, direction, iteration, last) => {
    const transform = transforms[direction];
    const along = ALONG[direction];
    const params = { along, radius: windowRadius(sigmas.sigmaS, iteration, iterations), last };
    if (division === 'serial') return graph.compute(sweepKernel, { ...byStrip(graph.sizeOf(color), direction), inputs: { color, transform }, params });
    const { params: blocks, ...dispatch } = dispatchLines(graph, graph.sizeOf(color), direction);
    const sums = graph.compute(division === 'block' ? sumsBlock : sumsSubgroups, { inputs: { color }, params: { ...blocks, along }, ...dispatch });
    return graph.compute(searchKernel, { inputs: { sums, transform }, params });
  });
}
