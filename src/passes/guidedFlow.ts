import byDirection from '../../shaders/passes/guidedFlow.wgsl?direction';
import byRadius from '../../shaders/passes/guidedFlow.wgsl?radius';
import byBoth from '../../shaders/passes/guidedFlow.wgsl?radius+direction';
import type { FrameGraph, Size, TextureHandle } from '../core/frameGraph.ts';
import { inspectFlow } from './inspectFlow.ts';
import type { StructureTensor } from './structureTensor.ts';

/** Pictures that say how to paint where, stretched over the picture. */
export interface FlowMaps {
  /** r: factor on the radius, from 0 (leave the pixel) to 1. */
  readonly radiusMap?: TextureHandle | undefined;
  /**
   * r, g: 0.5 + 0.5 (x, y), the direction along which the brush lies, y downwards; opposite directions are the same. The distance from (0.5, 0.5) says how much it counts: none there, alone
   * at a distance of 0.5.
   */
  readonly directionMap?: TextureHandle | undefined;
}

/**
 * A flow with a painter's say in it: maps turn its directions and scale its radius, which is the fourth number of its tensor. Without maps it is the same flow, and nothing is recorded.
 *
 * Cost: one pass of the size of the tensor.
 *
 * @param size - of the picture the flow is of; that of the frame where it is left out
 * @example
 * ```ts
 * const flow = guidedFlow(graph, structureTensor(graph, source, { sigma: 2 }), { radiusMap: handle });
 * ```
 */
export function guidedFlow(graph: FrameGraph, flow: StructureTensor, { radiusMap, directionMap }: FlowMaps, size: Size = graph.size): StructureTensor {
  const kernel = radiusMap === undefined ? byDirection : directionMap === undefined ? byRadius : byBoth;
  if (radiusMap === undefined && directionMap === undefined) return flow;
  const maps = { ...(radiusMap === undefined ? {} : { radiusMap }), ...(directionMap === undefined ? {} : { directionMap }) };
  const { tensor, texel } = flow;
  const guided = { tensor: graph.compute(kernel, { inputs: { tensor, ...maps }, params: { size: [size.width, size.height], texel } }), texel };
  inspectFlow(graph, guided);
  return guided;
}
