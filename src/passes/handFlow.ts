import kernel from '../../shaders/passes/handFlow.wgsl';
import type { FrameGraph } from '../core/frameGraph.ts';
import { inspectFlow } from './inspectFlow.ts';
import type { StructureTensor } from './structureTensor.ts';

/** How a hand rests. */
export interface HandOptions {
  /** How strongly, as the squared gradient that it stands for: 1e-4 to 1e-3. Edges have 0.01 to 1, the noise of a sky 1e-6. */
  readonly weight: number;
  /** How far the direction swings from place to place, in radians. */
  readonly swing: number;
  /** The direction strokes rest in, in radians clockwise from the x axis; -0.7, rising to the right, where it is left out. */
  readonly angle?: number;
  /** Another swing. */
  readonly seed: number;
}

/**
 * A tensor with a resting direction of the painter's hand: weight n nᵀ is added to it, n the normal of a direction that swings slowly over the picture. Edges do not
 * notice; in skies and out-of-focus backgrounds, where the tensor is only the noise of a sensor, neighbouring strokes now agree.
 *
 * Cost: one pass of the size of the tensor.
 *
 * @example
 * ```ts
 * const tensor = structureTensor(graph, source, { sigma: 4, resolution: 'half', relaxation: true });
 * const flow = handFlow(graph, tensor, { weight: 1.5e-4, swing: 1, seed: 7 });
 * ```
 */
export function handFlow(graph: FrameGraph, { tensor, texel }: StructureTensor, { weight, swing, angle = RESTING_ANGLE, seed }: HandOptions): StructureTensor {
  const flow = { tensor: graph.compute(kernel, { inputs: { tensor }, params: { origin: graph.frame.origin, weight, swing, angle, cells: SWING_LENGTH * graph.unit(1024), texel, seed } }), texel };
  inspectFlow(graph, flow);
  return flow;
}

const RESTING_ANGLE = -0.7;
// From one swing to the next, in px of a picture 1024 px long.
const SWING_LENGTH = 320;
