import meanKernel from '../../shaders/passes/interpolatedConvolution.wgsl';
import serialAreas from '../../shaders/passes/lineSums.wgsl?serial+trapezoids';
import blockAreas from '../../shaders/passes/lineSums.wgsl?trapezoids';
import subgroupsAreas from '../../shaders/passes/lineSums.wgsl?trapezoids+subgroups';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import type { ShaderModule } from '../core/shaderModule.ts';
import { assertSameSize, domainTransform, windowRadius, type DomainFilterOptions } from './domainTransform.ts';
import { ALONG, dispatchLines, divisionOf, inRounds, type Division } from './lines.ts';

const AREAS: Readonly<Record<Division, ShaderModule>> = { serial: serialAreas, block: blockAreas, subgroups: subgroupsAreas };

/**
 * Edge-preserving smoothing that spreads colours as diffusion does: box means along rows and columns in turn, over the polyline through the samples
 * in the transformed domain. Steps of colour become steep slopes instead of staying steps. Pixels count by their alpha, those of none as
 * much as those of 1/255.
 *
 * Cost: `4 * iterations` passes beside the transform, hardly dependent on the reach; 40 B/px of memory.
 *
 * @param source - straight rgb code values in [0, 1], alpha as a multiple of 1/255
 * @returns rgba16float: rgb code values in [0, 1], alpha 1
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.2
 * @example
 * ```ts
 * const diffused = interpolatedConvolution(graph, source, { sigmaS: 60, sigmaR: 0.4, iterations: 3 });
 * ```
 */
export function interpolatedConvolution(graph: FrameGraph, source: TextureHandle, { iterations, guide, ...sigmas }: DomainFilterOptions): TextureHandle {
  assertSameSize(graph, source, guide);
  const transforms = domainTransform(graph, guide ?? source, sigmas);
  return inRounds(source, iterations, (color, direction, iteration, last) => {
    const transform = transforms[direction];
    const along = ALONG[direction];
    const { params, ...dispatch } = dispatchLines(graph, graph.sizeOf(color), direction);
    const areas = graph.compute(AREAS[divisionOf(graph)], { inputs: { color, transform }, params: { ...params, along }, ...dispatch });
    return graph.compute(meanKernel, { inputs: { color, areas, transform }, params: { along, radius: windowRadius(sigmas.sigmaS, iteration, iterations), last } });
  });
}
