import color from '../../shaders/passes/flowGaussian.wgsl';
import interpolatedColor from '../../shaders/passes/flowGaussian.wgsl?interpolated';
import interpolatedScalar from '../../shaders/passes/flowGaussian.wgsl?interpolated+scalar';
import scalar from '../../shaders/passes/flowGaussian.wgsl?scalar';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { channelWeights, type ScalarOf } from './scalarOf.ts';
import type { StructureTensor } from './structureTensor.ts';

/** What {@link flowGaussian} is given. */
export interface FlowGaussianOptions {
  /** Standard deviation along the flow, in px of the source, from 0 (no blur). */
  readonly sigma: number;
  /** A line ends where it would turn by more than this between two steps, in degrees from 0; 90, where it is left out, is never. */
  readonly stopAngle?: number;
  /** Lines are shorter where the picture has no direction: sigma (1 + A)² / 4, with the anisotropy A in [0, 1]. */
  readonly adaptive?: boolean;
  /** Length of a step in px; 1 where it is left out. A longer one is cheaper and skips what lies between, which does not show where the source is smooth. */
  readonly stride?: number;
  /** Integrate one number per pixel instead of four channels: the result is r32float. */
  readonly scalarOf?: ScalarOf;
}

/**
 * Line integral: a Gaussian along the flow, both ways from each pixel, cut at 2 sigma. Lines are followed by second-order Runge–Kutta, tangents flipped to keep going. Borders clamped: a line that leaves the picture goes on over the repeated edge.
 *
 * Cost: one pass of 4 sigma / stride taps, each one sample and two loads; 8 B/px (scalar 4) of memory for the result.
 * @see B. Cabral and L. Leedom, "Imaging vector fields using line integral convolution", SIGGRAPH 1993
 * @see J. E. Kyprianidis and H. Kang, "Image and Video Abstraction by Coherence-Enhancing Filtering", 2011
 *
 * @param source - rgba8unorm or rgba16float of any range, because it is interpolated; alpha is integrated like the others, and weights nothing
 * @param flow - tangents of {@link tangentFlow}, of any size, read at the nearest texel; or a structure tensor, interpolated: what is thresholded later follows fine lines more closely, at the
 * cost of a sample in place of each load
 * @returns rgba16float, or r32float with `scalarOf`, of the size of the source
 * @example
 * ```ts
 * const tangents = tangentFlow(graph, structureTensor(graph, source, { sigma: 4, resolution: 'half' }));
 * const smooth = flowGaussian(graph, source, tangents, { sigma: 6, stopAngle: 22.5, adaptive: true });
 * const light = flowGaussian(graph, source, tangents, { sigma: 10, scalarOf: 'luminance' });
 * ```
 */
export function flowGaussian(graph: FrameGraph, source: TextureHandle, flow: TextureHandle | StructureTensor, options: FlowGaussianOptions): TextureHandle {
  const { sigma, stopAngle = NEVER, adaptive = false, stride = 1, scalarOf } = options;
  const stopCosine = stopAngle < NEVER ? Math.cos((stopAngle * Math.PI) / 180) : 0;
  const params = { sigma, stride, stopCosine, adaptive: adaptive ? 1 : 0, channels: channelWeights(scalarOf) };
  if (typeof flow === 'number') return graph.compute(scalarOf === undefined ? color : scalar, { inputs: { source, tangents: flow }, params });
  return graph.compute(scalarOf === undefined ? interpolatedColor : interpolatedScalar, { inputs: { source, tensor: flow.tensor }, params: { ...params, texel: flow.texel } });
}

/** How far in px a line goes that is integrated, and what its last tap looks at beyond; apart from what the flow depends on. */
export function flowGaussianReach({ sigma, stride = 1 }: Pick<FlowGaussianOptions, 'sigma' | 'stride'>): number {
  return stride * (Math.ceil((CUT * sigma) / stride) + 1) + 1;
}

// In sigmas, as in the kernel.
const CUT = 2;

// A tangent has no sign, so a line never turns by more than a right angle.
const NEVER = 90;
