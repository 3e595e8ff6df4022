import color from '../../shaders/passes/gaussianBlur.wgsl';
import scalar from '../../shaders/passes/gaussianBlur.wgsl?scalar';
import enlargeColor from '../../shaders/passes/enlarge.wgsl';
import enlargeScalar from '../../shaders/passes/enlarge.wgsl?scalar';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { reduce } from './reduce.ts';
import { channelWeights, type ScalarOf } from './scalarOf.ts';

/** What {@link gaussianBlur} is given. */
export interface GaussianBlurOptions {
  /** Standard deviation in px of the texture, from 0 (no blur). */
  readonly sigma: number;
  /** Blur one number per pixel instead of four channels: the result is r32float. */
  readonly scalarOf?: ScalarOf;
  /**
   * `fast` (the default) blurs a reduced copy from sigma 4 on: half the size, from 8 a quarter. On photographs it differs from `exact` by
   * at least 52 dB; its cost hardly grows with sigma. `exact` takes every tap within 3 sigma, for sigma up to 64.
   */
  readonly quality?: 'fast' | 'exact';
  /** Where the kernel is cut, in sigmas; 3 where it is left out. */
  readonly cut?: number;
}

/** A blurred texture that may be smaller than its source. */
export interface CoarseBlur {
  readonly coarse: TextureHandle;
  /** Side of a texel of `coarse` in px of the source: 1 where it is of equal size. */
  readonly factor: number;
}

/**
 * Separable Gaussian blur, borders clamped.
 *
 * Cost: below sigma 4 two passes of about 1.5 sigma loads per pixel each, 16 B/px (scalar 8); above it one read and one write of the picture
 * and little else.
 *
 * @param source - any format and range; what is not finite spreads. Alpha is blurred like the others, and weights nothing.
 * @returns rgba16float, or r32float with `scalarOf`, of the size of the source
 * @example
 * ```ts
 * const smooth = gaussianBlur(graph, source, { sigma: 2 });
 * const light = gaussianBlur(graph, source, { sigma: 8, scalarOf: 'luminance' });
 * ```
 */
export function gaussianBlur(graph: FrameGraph, source: TextureHandle, options: GaussianBlurOptions): TextureHandle {
  const { coarse, factor } = coarseGaussianBlur(graph, source, options);
  if (factor === 1) return coarse;
  return graph.compute(options.scalarOf === undefined ? enlargeColor : enlargeScalar, { inputs: { coarse }, params: { factor }, size: graph.sizeOf(source) });
}

/**
 * As {@link gaussianBlur}, without the last step: a kernel that reads `coarse` with `enlarged` of `package::lib::enlarge` saves a pass.
 *
 * @example
 * ```ts
 * const { coarse, factor } = coarseGaussianBlur(graph, source, { sigma: 20 });
 * graph.compute(kernel, { inputs: { source, coarse }, params: { factor } });
 * ```
 */
export function coarseGaussianBlur(graph: FrameGraph, source: TextureHandle, { scalarOf, ...options }: GaussianBlurOptions): CoarseBlur {
  const { factor, ...weights } = kernelOf(options);
  if (factor === 1) return { coarse: blurSeparably(graph, source, scalarOf, weights), factor };
  return { coarse: blurSeparably(graph, reduce(graph, source, factor, scalarOf), scalarOf && 'r', weights), factor };
}

/** What a blur is made with: how far the source is reduced, and the weights of its cells. */
function kernelOf({ sigma, quality = 'fast', cut = 3 }: GaussianBlurOptions): Weights & { readonly factor: number } {
  const factor = quality === 'exact' ? 1 : reductionFor(sigma);
  return { factor, ...gaussianWeights(factor === 1 ? sigma : reducedSigma(sigma, factor), cut) };
}

/** How many px of the source beyond its own a pixel of the blur depends on, a coarse one read interpolated. `factor` is that of {@link coarseGaussianBlur}. */
export function gaussianReach(options: GaussianBlurOptions): { readonly reach: number; readonly factor: number } {
  const { factor, radius } = kernelOf(options);
  return { factor, reach: factor === 1 ? radius : factor * (radius + INTERPOLATED) };
}

/** Cells that count beside those of the kernel: the rest of the pixel's own, and the next, with which it is interpolated. */
const INTERPOLATED = 2;

/** A coarse blur with texels beyond the edges of the picture. */
export interface RimmedBlur extends CoarseBlur {
  /** How many on each side. */
  readonly rim: number;
}

/**
 * As {@link coarseGaussianBlur}, for what follows every hair: it is cut where the whole kernel is, and beyond the edge it sees the edge and no mean of cells.
 *
 * Cost: one read of the source, and for each texel of the copy two passes of at most `cut` × `texels` loads, rgba16float.
 *
 * @param texels - the least sigma in texels: the more of them, the nearer to the whole kernel
 */
export function rimmedGaussianBlur(graph: FrameGraph, source: TextureHandle, { sigma, cut = 3, texels }: { sigma: number; cut?: number; texels: number }): RimmedBlur {
  let factor = 1;
  while (sigma >= 2 * factor * texels) factor *= 2;
  if (factor === 1) return { coarse: blurSeparably(graph, source, undefined, gaussianWeights(sigma, cut)), factor, rim: 0 };
  const reduced = reduce(graph, source, factor, undefined, 1);
  return { coarse: blurSeparably(graph, reduced, undefined, reducedWeights(sigma, cut, factor)), factor, rim: 1 };
}

/** The whole kernel in cells of an even number of px: averaging over them and bilinear enlarging add a variance of a quarter of a cell; the last weight is the share of its cell that was not cut. */
function reducedWeights(sigma: number, cut: number, factor: number): Weights {
  const reach = (Math.ceil(cut * sigma) + 0.5) / factor;
  const variance = (sigma / factor) ** 2 - 1 / 4;
  return normalised(Math.ceil(reach - 0.5), (i) => Math.exp(-(i * i) / (2 * variance)) * Math.min(1, reach + 0.5 - i));
}

// Where reducing costs less than 52 dB on the four photographs we tune with.
const HALVE_FROM_SIGMA = 4;
const QUARTER_FROM_SIGMA = 8;
// The uniform array of the kernel holds weights for distances 0 to 195.
const LARGEST_RADIUS = 195;
const MOST_SIGMAS = 3;

function reductionFor(sigma: number): number {
  if (sigma < HALVE_FROM_SIGMA) return 1;
  let factor = sigma < QUARTER_FROM_SIGMA ? 2 : 4;
  while ((MOST_SIGMAS * sigma) / factor > LARGEST_RADIUS) factor *= 2;
  return factor;
}

/** Averaging over a cell blurs by (factor² - 1) / 12, and bilinear enlarging by factor² / 6 on average; the Gaussian, in cells, does the rest, if any is left. */
export function reducedSigma(sigma: number, factor: number): number {
  return Math.sqrt(Math.max(0, sigma ** 2 - (factor ** 2 - 1) / 12 - factor ** 2 / 6)) / factor;
}

function blurSeparably(graph: FrameGraph, source: TextureHandle, scalarOf: ScalarOf | undefined, { radius, weights }: Weights): TextureHandle {
  const kernel = scalarOf === undefined ? color : scalar;
  const { width, height } = graph.sizeOf(source);
  const rows = graph.compute(kernel, { inputs: { source }, params: { direction: [1, 0], radius, channels: channelWeights(scalarOf), weights }, invocations: [Math.ceil(width / OUTPUTS), height] });
  return graph.compute(kernel, { inputs: { source: rows }, params: { direction: [0, 1], radius, channels: channelWeights(scalarOf && 'r'), weights }, invocations: [width, Math.ceil(height / OUTPUTS)] });
}

/** Outputs of one invocation of the kernel. */
const OUTPUTS = 4;
// Small enough that no neighbour counts, and its square is no 0.
const SMALLEST_SIGMA = 1e-3;

/** A sampled Gaussian by distance from 0 to `radius`; with both sides it sums to 1. */
export interface Weights {
  readonly radius: number;
  readonly weights: Float32Array;
}

/**
 * The weights of a Gaussian cut at `cut` sigmas, for kernels that take them as their `radius` and `weights`; at most 196 of them.
 *
 * @param sigma - standard deviation in texels, from 0
 */
export function gaussianWeights(sigma: number, cut: number): Weights {
  const spread = Math.max(sigma, SMALLEST_SIGMA);
  return normalised(Math.min(Math.ceil(cut * spread), LARGEST_RADIUS), (i) => Math.exp(-(i * i) / (2 * spread * spread)));
}

function normalised(radius: number, weightAt: (distance: number) => number): Weights {
  const weights = Float32Array.from({ length: radius + 1 }, (_, i) => weightAt(i));
  const total = weights.reduce((sum, weight, i) => sum + (i === 0 ? 1 : 2) * weight, 0);
  return { radius, weights: weights.map((weight) => weight / total) };
}

/** Variance in px² of the kernel that {@link gaussianBlur} uses: less than sigma² where it is cut. */
export function gaussianVariance(sigma: number, cut: number): number {
  return gaussianWeights(sigma, cut).weights.reduce((sum, weight, i) => sum + 2 * weight * i * i, 0);
}

/**
 * The rest of a blur of a texture that has half the size already, each texel the mean of 2x2 pixels.
 *
 * @param sigma - of the whole blur, in px; below 1 what halving blurs has to do
 */
export function blurredHalf(graph: FrameGraph, half: TextureHandle, sigma: number): CoarseBlur {
  const left = reducedSigma(sigma, 2);
  if (left === 0) return { coarse: half, factor: 2 };
  const { coarse, factor } = coarseGaussianBlur(graph, half, { sigma: left });
  return { coarse, factor: 2 * factor };
}
