import roundKernel from '../../shaders/passes/flowPhase.wgsl';
import repeatedKernel from '../../shaders/passes/flowPhase.wgsl?repeated';
import randomKernel from '../../shaders/passes/flowPhaseStart.wgsl';
import turnedKernel from '../../shaders/passes/flowPhaseStart.wgsl?previous';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import type { ShaderModule } from '../core/shaderModule.ts';
import type { StructureTensor } from './structureTensor.ts';

/** What {@link flowPhase} is given. */
export interface FlowPhaseOptions {
  /** From line to line, in px. */
  readonly period: number;
  /** The angle at which the lines cross the flow, in radians; 0, along it, where it is left out. */
  readonly turn?: number;
  /** Other lines. */
  readonly seed: number;
}

/**
 * Evenly spaced lines that follow a flow, with forks where they must: phasor noise whose kernels have agreed on their phases in 32 rounds. One kernel per cell of a period
 * is all that is kept: drawing kernels ask `flowPhase` of `package::lib::flowPhase` for the phase of a pixel, and `lineCover` of `package::lib::lineCover` for its ink.
 *
 * Lines stay where they are from frame to frame: in `render` and `encode` the phases of the frame before go through two rounds with the normals of this one. Where forks
 * lie is a matter of a hair: a flow that differs by a hundredth moves some of them, which is why {@link formFlow} is exact.
 *
 * Cost: a pass of one invocation per cell for each round, three where there is a frame before and else 34; 16 loads for each pixel drawn. 64 B per cell of memory, half of it kept.
 * @see T. Tricard et al., "Procedural Phasor Noise", ACM Transactions on Graphics 38(4), 2019
 *
 * @param flow - give it a direction everywhere, as {@link formFlow} does
 * @returns rgba32float, a texel per kernel: its phase as cosine and sine, and its normal
 * @example
 * ```ts
 * const flow = formFlow(graph, source, { soft: 2, sigma: 6, scale: 4, gain: 0.12, rest: { angle: -0.26, weight: 1e-4 } });
 * const grid = flowPhase(graph, flow, { period: 8, seed: 4 });
 * graph.compute(kernel, { inputs: { tensor: flow.tensor, grid }, params: { texel: flow.texel, period: 8 }, size: graph.frame });
 * ```
 */
export function flowPhase(graph: FrameGraph, { tensor, texel }: StructureTensor, { period, turn = 0, seed }: FlowPhaseOptions): TextureHandle {
  const { width, height } = graph.size;
  // The kernels of the first row and column, and of the last, lie outside of the picture.
  const size = { width: Math.ceil(width / period) + 2, height: Math.ceil(height / period) + 2 };
  const begin = { turn: [Math.cos(turn), Math.sin(turn)], period, texel, seed: seed >>> 0 };
  const { previous, current } = graph.history('flowPhase', 'rgba32float', size, (into) => {
    agree(graph, repeatedKernel, graph.compute(randomKernel, { inputs: { tensor }, params: begin, size }), ROUNDS - ROUNDS_PER_FRAME, into);
  });
  const turned = graph.compute(turnedKernel, { inputs: { tensor, previous }, params: begin, size });
  agree(graph, roundKernel, turned, ROUNDS_PER_FRAME, current);
  return current;
}

const ROUNDS = 32;
// More, and noise moves lines; fewer, and after a cut they take long to settle.
const ROUNDS_PER_FRAME = 2;

function agree(graph: FrameGraph, kernel: ShaderModule, kernels: TextureHandle, rounds: number, into: TextureHandle): void {
  let grid = kernels;
  for (let round = 1; round < rounds; round++) grid = graph.compute(kernel, { inputs: { grid } });
  graph.compute(kernel, { inputs: { grid }, into });
}
