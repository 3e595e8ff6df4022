import searchKernel from '../../shaders/passes/windowSearch.wgsl?count';
import sweepKernel from '../../shaders/passes/windowSweep.wgsl?count';
import type { FrameGraph } from '../core/frameGraph.ts';
import { ALONG, byStrip, divisionOf, inBothDirections, type PerDirection } from './lines.ts';

/**
 * How many pixels of its row and of its column each pixel has within `radius` in the transformed domain: many in flat places, few at edges.
 *
 * Cost: two passes, 8 B/px each.
 *
 * @param transforms - of `domainTransform`
 * @param radius - in px of the transformed domain
 * @returns r32float, whole numbers from 1
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1
 * @example
 * ```ts
 * const { across, down } = windowCounts(graph, domainTransform(graph, source, { sigmaS: 60, sigmaR: 0.07 }), windowRadius(60, 0, 3));
 * ```
 */
export function windowCounts(graph: FrameGraph, transforms: PerDirection, radius: number): PerDirection {
  return inBothDirections((direction) => {
    const transform = transforms[direction];
    const params = { along: ALONG[direction], radius };
    if (divisionOf(graph) !== 'serial') return graph.compute(searchKernel, { inputs: { transform }, params });
    return graph.compute(sweepKernel, { ...byStrip(graph.sizeOf(transform), direction), inputs: { transform }, params });
  });
}
