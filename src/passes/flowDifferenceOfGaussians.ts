import kernel from '../../shaders/passes/flowDifferenceOfGaussians.wgsl';
import interpolatedKernel from '../../shaders/passes/flowDifferenceOfGaussians.wgsl?interpolated';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { flowGaussian, flowGaussianReach } from './flowGaussian.ts';
import { gaussianWeights } from './gaussianBlur.ts';
import type { StructureTensor } from './structureTensor.ts';

/** A sum of Gaussians of one channel. */
export interface FlowResponse {
  readonly of: 'r' | 'g';
  /** Their standard deviations in px, from 0, and what each weighs: 1 and -1 are a difference. */
  readonly gaussians: readonly { readonly sigma: number; readonly weight: number }[];
}

/** What {@link flowDifferenceOfGaussians} is given beside its responses. */
export interface FlowDifferenceOptions {
  /** Standard deviation along the line, in px of the source, which joins what belongs together. */
  readonly along: number;
  /** Px between two taps, across and along; 1 where it is left out. As long as the narrowest Gaussian it still sees its lines. */
  readonly stride?: number;
}

/**
 * Flow-based differences of Gaussians: across the edge up to four sums of Gaussians in one loop, then one mean along it. A difference is negative on the dark side of edges and on dark lines, about
 * 0 elsewhere.
 *
 * Cost: two passes of 5 widest sigmas / stride and 4 along / stride taps; with the result 16 B/px of memory, with one response 12.
 * @see H. Kang, S. Lee and C. K. Chui, "Coherent Line Drawing", NPAR 2007
 * @see H. Winnemöller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012
 *
 * @param source - rgba8unorm or rgba16float, of any range, because it is interpolated
 * @param flow - tangents of `tangentFlow`, of any size, or a structure tensor: see {@link flowGaussian}
 * @param responses - one to four
 * @returns rgba16float, a response in each channel, in their order; of a single response r32float
 * @example
 * ```ts
 * const tangents = tangentFlow(graph, structureTensor(graph, source, { sigma: 2 }));
 * const edges: FlowResponse = { of: 'r', gaussians: [{ sigma: 1, weight: 1 }, { sigma: 1.6, weight: -1 }] };
 * const lines = flowDifferenceOfGaussians(graph, source, tangents, [edges], { along: 3 });
 * ```
 */
export function flowDifferenceOfGaussians(graph: FrameGraph, source: TextureHandle, flow: TextureHandle | StructureTensor, responses: readonly FlowResponse[], { along, stride = 1 }: FlowDifferenceOptions): TextureHandle {
  const widest = Math.max(widestOf(responses), SMALLEST) / stride;
  // All as far out as the widest reaches.
  const sums = responses.map(({ gaussians }) => gaussians.map(({ sigma, weight }) => ({ weight, ...gaussianWeights(sigma / stride, (CUT * widest) / Math.max(sigma / stride, SMALLEST)) })));
  const { radius } = gaussianWeights(widest, CUT);
  const weights = Array.from({ length: 4 * (radius + 1) }, (_, i) => (sums[i % 4] ?? []).reduce((sum, gaussian) => sum + gaussian.weight * (gaussian.weights[i >> 2] ?? 0), 0));
  const green = CHANNELS.map((k) => Number(responses[k]?.of === 'g'));
  const params = { radius, stride, green, weights };
  const across = typeof flow === 'number'
    ? graph.compute(kernel, { inputs: { source, tangents: flow }, params })
    : graph.compute(interpolatedKernel, { inputs: { source, tensor: flow.tensor }, params: { ...params, texel: flow.texel } });
  return flowGaussian(graph, across, flow, { sigma: along, stride, ...(responses.length === 1 && { scalarOf: 'r' }) });
}

/**
 * How many px of the source beyond its own a response depends on.
 *
 * @param flow - what a pixel that reads the flow depends on, in px
 */
export function flowDifferenceReach(responses: readonly FlowResponse[], { along, stride = 1 }: FlowDifferenceOptions, flow: number): number {
  const { radius } = gaussianWeights(widestOf(responses) / stride, CUT);
  return flowGaussianReach({ sigma: along, stride }) + Math.max(stride * radius + 1, flow);
}

function widestOf(responses: readonly FlowResponse[]): number {
  return Math.max(...responses.flatMap(({ gaussians }) => gaussians.map(({ sigma }) => sigma)));
}

/** The response of a line sigma px wide, in L* units (0 to 100), where r is a lightness in [0, 1]. */
export function lineResponse(sigma: number): FlowResponse {
  return { of: 'r', gaussians: [{ sigma, weight: WHITE }, { sigma: RATIO * sigma, weight: -WHITE }] };
}

// L* of white.
const WHITE = 100;
// Of the two Gaussians of a difference: Marr and Hildreth's.
const RATIO = 1.6;
const CHANNELS = [0, 1, 2, 3];
// In sigmas of the widest Gaussian.
const CUT = 2.5;
// Of a standard deviation, in px: no neighbour counts.
const SMALLEST = 1e-3;
