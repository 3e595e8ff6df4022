import tensorBlur from '../../shaders/passes/tensorBlur.wgsl';
import fullTensor from '../../shaders/passes/structureTensor.wgsl';
import halfTensor from '../../shaders/passes/structureTensor.wgsl?half';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** What {@link structureTensor} is given. */
export interface StructureTensorOptions {
  /** Standard deviation of the smoothing, in px of the source, from 0 (none) to 15. */
  readonly sigma: number;
  /**
   * `full` (the default) has the size of the source. `half` has half of it where `sigma` leaves nothing finer (from 1.5 on), a quarter of the memory and of
   * the blur's cost; interpolated back it costs a painted photograph a quarter of a dB.
   */
  readonly resolution?: 'full' | 'half';
}

/** A smoothed structure tensor. */
export interface StructureTensor {
  /** (E, F, G, 1) × 256 as rgba16float; directions and anisotropies are free of the scale. Interpolate these numbers, never a direction. */
  readonly tensor: TextureHandle;
  /** Side of its texels in px of the source: 1 or 2. */
  readonly texel: 1 | 2;
}

/** Below this a texel of 2 px would blur more than was asked for. */
const LEAST_HALF_SIGMA = 1.5;
/** Variances in px² of the mean of 2x2 pixels and of the bilinear interpolation between texels of 2 px. */
const PAIR_VARIANCE = 1 / 4;
const INTERPOLATION_VARIANCE = 3 / 4;
/** As many weights as the kernel's uniform has room for. */
const MOST_WEIGHTS = 32;

/**
 * Structure tensor of the colours: Sobel gradient / 4 of each channel, products summed over rgb, then a Gaussian of half width `ceil(2 sigma)`; borders clamped.
 *
 * Working space: sRGB code values. Alpha is not looked at: transparent pixels carry a neighbour's colour. Cost: three passes; 44 B/px and two rgba16float textures
 * alive together (16 B/px), with `half` 16 B/px and 4 B/px of memory.
 * @see J. E. Kyprianidis and J. Döllner, "Image Abstraction by Structure Adaptive Filtering", 2008
 *
 * @param source - straight rgb, sRGB code values in [0, 1]
 * @example
 * ```ts
 * const { tensor, texel } = structureTensor(graph, source, { sigma: 2, resolution: 'half' });
 * ```
 */
export function structureTensor(graph: FrameGraph, source: TextureHandle, { sigma, resolution = 'full' }: StructureTensorOptions): StructureTensor {
  const { width, height } = graph.sizeOf(source);
  if (resolution === 'full' || sigma < LEAST_HALF_SIGMA) {
    const raw = graph.compute(fullTensor, { inputs: { source } });
    return { tensor: blurred(graph, raw, gaussianWeights(sigma, Math.ceil(2 * sigma))), texel: 1 };
  }
  const raw = graph.compute(halfTensor, { inputs: { source }, size: { width: Math.ceil(width / 2), height: Math.ceil(height / 2) } });
  // The cut at 2 sigma makes the full kernel narrower than its sigma; the half one is made as wide as that is.
  const wanted = (varianceOf(gaussianWeights(sigma, Math.ceil(2 * sigma))) - PAIR_VARIANCE - INTERPOLATION_VARIANCE) / 4;
  const halfSigma = Math.sqrt(wanted);
  return { tensor: blurred(graph, raw, gaussianWeights(halfSigma, Math.ceil(3 * halfSigma))), texel: 2 };
}

function blurred(graph: FrameGraph, raw: TextureHandle, weights: readonly number[]): TextureHandle {
  const reach = weights.length - 1;
  if (reach === 0) return raw;
  const across = graph.compute(tensorBlur, { inputs: { source: raw }, params: { direction: [1, 0], reach, weights } });
  return graph.compute(tensorBlur, { inputs: { source: across }, params: { direction: [0, 1], reach, weights } });
}

/** The weights of a Gaussian at 0, 1, … reach; with their mirror images they sum to 1. */
function gaussianWeights(sigma: number, reach: number): number[] {
  const weights = Array.from({ length: Math.min(reach, MOST_WEIGHTS - 1) + 1 }, (_, i) => (i === 0 ? 1 : Math.exp(-0.5 * (i / sigma) ** 2)));
  const total = weights.reduce((sum, weight, i) => sum + (i === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / total);
}

function varianceOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + 2 * weight * i * i, 0);
}
