import fullTensor from '../../shaders/passes/structureTensor.wgsl';
import halfTensor from '../../shaders/passes/structureTensor.wgsl?half';
import filledKernel from '../../shaders/passes/filledTensor.wgsl';
import filledTwiceKernel from '../../shaders/passes/filledTensor.wgsl?twice';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { inspectFlow } from './inspectFlow.ts';
import { coarseGaussianBlur, gaussianReach, gaussianVariance, type GaussianBlurOptions } from './gaussianBlur.ts';

/** What {@link structureTensor} is given. */
export interface StructureTensorOptions {
  /** Standard deviation of the smoothing, in px of the source, from 0 (none). */
  readonly sigma: number;
  /**
   * `full` (the default) has the size of the source. `half` has half of it where `sigma` leaves nothing finer (from 1.5 on), and less where it is larger (from 8 on): a
   * quarter of the memory and of the blur's cost; interpolated back it costs a painted photograph a quarter of a dB.
   */
  readonly resolution?: 'full' | 'half';
  /** `sobel` (the default) as in the papers; `rotational` has the same length for an edge in every direction, within 1 %. */
  readonly gradient?: 'sobel' | 'rotational';
  /** Fills flat places with the directions around them: `true` as {@link relaxed} does, or with one coarser tensor and a direction at rest. */
  readonly relaxation?: boolean | Relaxation;
  /** Where the Gaussian is cut, in sigmas: 2, as in the papers, where it is left out. */
  readonly cut?: number;
}

/** What a tensor is filled with: T + gain × the tensor at scale × sigma + weight n nᵀ, n the normal of the direction at rest. It is linear, as {@link relaxed} is. */
export interface Relaxation {
  /** Sigma of the coarser tensor, in sigmas of the tensor, from 1. */
  readonly scale: number;
  /** What the coarser tensor weighs. */
  readonly gain: number;
  /** The direction where there is none at all, in radians clockwise from the x axis, and how strongly, as the squared gradient that it stands for; none where it is left out. */
  readonly rest?: { readonly angle: number; readonly weight: number };
}

/** A smoothed structure tensor: the directions of a picture. */
export interface StructureTensor {
  /**
   * rgba16float: (E, F, G) × 256, and the factor on a brush's radius, 1 where nothing else was asked. Directions and anisotropies are free of the scale.
   * Interpolate these numbers, never a direction.
   */
  readonly tensor: TextureHandle;
  /** Side of its texels in px of the source: 1, 2, 4 … */
  readonly texel: number;
}

/** Below this a texel of 2 px would blur more than was asked for. */
const LEAST_HALF_SIGMA = 1.5;
/** Variances in px² of the mean of 2x2 pixels and of the bilinear interpolation between texels of 2 px. */
const PAIR_VARIANCE = 1 / 4;
const INTERPOLATION_VARIANCE = 3 / 4;
/** The weight of each of the two outer neighbours when the differences of three rows are averaged. */
export const SIDES = { sobel: 0.25, rotational: 0.183 };

/**
 * Structure tensor of the colours: gradient of each channel, products summed over rgb, then a Gaussian; borders clamped.
 *
 * Working space: sRGB code values. Alpha is not looked at: transparent pixels carry a neighbour's colour. Cost: three passes; 44 B/px and two rgba16float textures
 * alive together (16 B/px), with `half` 16 B/px and 4 B/px of memory; relaxation adds a tenth.
 * @see J. E. Kyprianidis and J. Döllner, "Image Abstraction by Structure Adaptive Filtering", 2008
 * @see H. Scharr, "Optimal operators in digital image processing", 2000 (the rotational gradient)
 *
 * @param source - straight rgb, sRGB code values in [0, 1]
 * @example
 * ```ts
 * const flow = structureTensor(graph, source, { sigma: 2, resolution: 'half' });
 * const painted = kuwahara(graph, source, flow, { radius: 6, floor: 0.02 });
 * ```
 */
export function structureTensor(graph: FrameGraph, source: TextureHandle, { sigma, resolution = 'full', gradient = 'sobel', relaxation = false, cut = 2 }: StructureTensorOptions): StructureTensor {
  const params = { side: SIDES[gradient] };
  const half = isHalf(sigma, resolution);
  const raw = half ? graph.compute(halfTensor, { inputs: { source }, params, size: halved(graph, source) }) : graph.compute(fullTensor, { inputs: { source }, params });
  const local = half ? blurredHalf(graph, raw, sigma, cut) : { tensor: sigma === 0 ? raw : coarseGaussianBlur(graph, raw, fullBlur(sigma, cut)).coarse, texel: 1 };
  const { tensor, texel } = relaxation === true ? relaxed(graph, local, sigma) : relaxation === false ? local : filled(graph, local, sigma, cut, relaxation);
  const flow = { tensor: graph.guides.field(tensor, texel), texel };
  graph.inspect('tensor', flow.tensor, { scale: SHOWN });
  inspectFlow(graph, flow);
  return flow;
}

// An edge from black to white, blurred by a few px, is shown as white.
const SHOWN = 1 / 64;

function halved(graph: FrameGraph, source: TextureHandle): { width: number; height: number } {
  const { width, height } = graph.sizeOf(source);
  return { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
}

function blurredHalf(graph: FrameGraph, raw: TextureHandle, sigma: number, cut: number): StructureTensor {
  const { coarse, factor } = coarseGaussianBlur(graph, raw, halfBlur(sigma, cut));
  return { tensor: coarse, texel: 2 * factor };
}

// The two wide Gaussians, in sigmas, and what they weigh.
const WIDE = 4;
const WIDEST = 16;
const RELAXATION = 0.05;

/**
 * A tensor whose flat places inherit the directions of what surrounds them: T += 0.05 G(4 sigma) T, then T += 0.0025 G(16 sigma) T. Where the picture has an edge of
 * its own nobody sees the difference. It is linear, so nothing flips between frames, unlike the thresholded relaxation it stands in for.
 *
 * Cost: blurs of small copies and one pass of the size of the tensor.
 * @see J. E. Kyprianidis and H. Kang, "Image and Video Abstraction by Coherence-Enhancing Filtering", 2011
 *
 * @param sigma - that of the tensor, in px of the source
 */
export function relaxed(graph: FrameGraph, { tensor, texel }: StructureTensor, sigma: number): StructureTensor {
  const wide = coarseGaussianBlur(graph, tensor, wideBlur(sigma, texel));
  const widest = coarseGaussianBlur(graph, wide.coarse, widestBlur(sigma, texel * wide.factor));
  const params = { wideFactor: wide.factor, widestFactor: wide.factor * widest.factor, wideGain: RELAXATION, widestGain: RELAXATION ** 2 * (1 + RELAXATION) };
  return { tensor: graph.compute(filledTwiceKernel, { inputs: { tensor, wide: wide.coarse, widest: widest.coarse }, params: { ...params, rest: NO_REST, rims: [0, 0] } }), texel };
}

const NO_REST = [0, 0, 0];

function filled(graph: FrameGraph, { tensor, texel }: StructureTensor, sigma: number, cut: number, { scale, gain, rest = { angle: 0, weight: 0 } }: Relaxation): StructureTensor {
  const wide = coarseGaussianBlur(graph, tensor, fillingBlur(sigma, cut, scale, texel));
  const params = { wideFactor: wide.factor, wideGain: gain, rest: tensorAtRest(rest), rims: [0, 0] };
  return { tensor: graph.compute(filledKernel, { inputs: { tensor, wide: wide.coarse }, params }), texel };
}

/** (E, F, G) of a direction at rest. */
export function tensorAtRest({ angle, weight }: NonNullable<Relaxation['rest']>): number[] {
  const [nx, ny] = [-Math.sin(angle), Math.cos(angle)];
  return [nx * nx, nx * ny, ny * ny].map((product) => weight * product);
}

/**
 * How many px of the source beyond its own a pixel depends on that reads this tensor interpolated.
 *
 * @example
 * ```ts
 * tensorReach({ sigma: 2, resolution: 'half' }); // 12
 * ```
 */
export function tensorReach({ sigma, resolution = 'full', relaxation = false, cut = 2 }: StructureTensorOptions): number {
  const half = isHalf(sigma, resolution);
  const smoothing = sigma === 0 ? { reach: 0, factor: 1 } : gaussianReach(half ? halfBlur(sigma, cut) : fullBlur(sigma, cut));
  const texel = half ? 2 * smoothing.factor : 1;
  const local = half ? 2 * smoothing.reach + GRADIENT_OF_PAIR : smoothing.reach + GRADIENT;
  return local + fillingReach(sigma, cut, relaxation, texel) + INTERPOLATED * texel;
}

function fillingReach(sigma: number, cut: number, relaxation: boolean | Relaxation, texel: number): number {
  if (relaxation === false) return 0;
  if (relaxation !== true) return texel * gaussianReach(fillingBlur(sigma, cut, relaxation.scale, texel)).reach;
  const wide = gaussianReach(wideBlur(sigma, texel));
  return texel * wide.reach + texel * wide.factor * gaussianReach(widestBlur(sigma, texel * wide.factor)).reach;
}

// Px beside its own that a gradient looks at, and one of a pair of pixels.
const GRADIENT = 1;
const GRADIENT_OF_PAIR = 2;
// Texels: the rest of the one a pixel lies in, and the next.
const INTERPOLATED = 2;

function isHalf(sigma: number, resolution: 'full' | 'half'): boolean {
  return resolution === 'half' && sigma >= LEAST_HALF_SIGMA;
}

// What each Gaussian is, in texels of what it blurs.

function fullBlur(sigma: number, cut: number): GaussianBlurOptions {
  return { sigma, cut, quality: 'exact' };
}

/** What the full kernel blurs beyond the halving and the interpolation. */
function halfBlur(sigma: number, cut: number): GaussianBlurOptions {
  return { sigma: Math.sqrt((gaussianVariance(sigma, cut) - PAIR_VARIANCE - INTERPOLATION_VARIANCE) / 4) };
}

function wideBlur(sigma: number, texel: number): GaussianBlurOptions {
  return { sigma: (WIDE * sigma) / texel };
}

/** The Gaussian of a Gaussian: from the wide one to the widest. */
function widestBlur(sigma: number, wideTexel: number): GaussianBlurOptions {
  return { sigma: (Math.sqrt(WIDEST ** 2 - WIDE ** 2) * sigma) / wideTexel };
}

/** The Gaussian of a Gaussian; the cut makes both narrower than their sigmas. */
function fillingBlur(sigma: number, cut: number, scale: number, texel: number): GaussianBlurOptions {
  return { sigma: Math.sqrt((scale ** 2 - 1) * gaussianVariance(sigma, cut)) / texel };
}
