import kernel from '../../shaders/passes/isotropicFlow.wgsl';
import type { FrameGraph } from '../core/frameGraph.ts';
import type { StructureTensor } from './structureTensor.ts';

/**
 * The flow of no direction: one texel that stands for all, because flows are read clamped. A brush that follows it is round.
 *
 * Cost: 8 bytes, painted once for all looks.
 *
 * @example
 * ```ts
 * const round = kuwahara(graph, source, isotropicFlow(graph), { radius: 6, floor: 0.02 });
 * ```
 */
export function isotropicFlow(graph: FrameGraph): StructureTensor {
  return { tensor: graph.baked('isotropicFlow', 'rgba16float', { width: 1, height: 1 }, (into) => graph.compute(kernel, { into })), texel: 1 };
}
