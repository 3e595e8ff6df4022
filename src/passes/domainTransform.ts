import transformKernel from '../../shaders/passes/domainTransform.wgsl';
import countKernel from '../../shaders/passes/domainTransformCount.wgsl';
import meanKernel from '../../shaders/passes/domainTransformMean.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** How strongly colours set pixels apart in {@link domainTransform}. */
export interface DomainTransformOptions {
  /** Reach in px of the texture, above 0. */
  readonly sigmaS: number;
  /** Difference of colour, summed over red, green and blue, that counts as much as `sigmaS` px; above 0. */
  readonly sigmaR: number;
}

/** What {@link normalizedConvolution} is given. */
export interface NormalizedConvolutionOptions extends DomainTransformOptions {
  /** Rounds of a pass along the rows and one along the columns, each with half the reach of the one before. */
  readonly iterations: number;
}

/** One texture with a number for each pixel along its row, and one along its column. */
export interface PerDirection {
  readonly across: TextureHandle;
  readonly down: TextureHandle;
}

type Direction = keyof PerDirection;

const ALONG = { across: [1, 0], down: [0, 1] } as const;
// 1080p then has 32,000 invocations a pass. On SwiftShader 128 is 10 % faster and 256 no faster than that.
const STRIP = 64;

/**
 * The domain transform: where each pixel lies on its row and on its column when steps of colour are stretched into distance,
 * `ct_k = sum of (1 + sigmaS / sigmaR * |I_i - I_(i-1)|_1)` for i up to k. Single precision in OpenCV's order of summation.
 *
 * Cost: two passes of one invocation per line, 8 B/px each.
 *
 * @param source - rgb code values in [0, 1]; alpha is not read
 * @returns r32float, in px, increasing along each line from 1
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011
 * @example
 * ```ts
 * const { across, down } = domainTransform(graph, source, { sigmaS: 60, sigmaR: 0.4 });
 * ```
 */
export function domainTransform(graph: FrameGraph, source: TextureHandle, { sigmaS, sigmaR }: DomainTransformOptions): PerDirection {
  const slope = Math.fround(Math.fround(sigmaS) / Math.fround(sigmaR));
  return inBothDirections((direction) =>
    graph.compute(transformKernel, { inputs: { source }, params: { along: ALONG[direction], slope }, invocations: [linesOf(graph, source, direction).count, 1] }));
}

/**
 * Edge-preserving smoothing: box means along rows and columns in turn, over the pixels that {@link domainTransform} puts within
 * {@link windowRadius}. Windows end at the border. Pixels count by their alpha; where none counts the colour stays.
 *
 * Cost: `2 * iterations` passes beside the transform. Each pixel enters and leaves one sliding window per strip of 64, so the reach costs only
 * at the start of a strip. At most two rgba16float and two r32float textures at a time, 24 B/px.
 *
 * @param source - straight rgb code values in [0, 1], alpha as a multiple of 1/255
 * @returns rgba16float: rgb code values in [0, 1], alpha 1
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.1
 * @example
 * ```ts
 * const smooth = normalizedConvolution(graph, source, { sigmaS: 60, sigmaR: 0.4, iterations: 3 });
 * ```
 */
export function normalizedConvolution(graph: FrameGraph, source: TextureHandle, options: NormalizedConvolutionOptions): TextureHandle {
  const transforms = domainTransform(graph, source, options);
  const meanAlong = (color: TextureHandle, direction: Direction, iteration: number): TextureHandle =>
    graph.compute(meanKernel, {
      inputs: { color, transform: transforms[direction] },
      params: { along: ALONG[direction], radius: windowRadius(options.sigmaS, iteration, options.iterations), last: direction === 'down' && iteration === options.iterations - 1 },
      constants: { STRIP },
      invocations: stripsOf(graph, color, direction),
    });
  let color = source;
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    color = meanAlong(meanAlong(color, 'across', iteration), 'down', iteration);
  }
  return color;
}

/**
 * How many pixels of its row and of its column each pixel has within `radius` in the transformed domain: many in flat places, few at edges.
 *
 * Cost: two passes, 8 B/px each.
 *
 * @param transforms - of {@link domainTransform}
 * @param radius - in px of the transformed domain
 * @returns r32float, whole numbers from 1
 * @example
 * ```ts
 * const { across, down } = windowCounts(graph, domainTransform(graph, source, { sigmaS: 60, sigmaR: 0.07 }), windowRadius(60, 0, 3));
 * ```
 */
export function windowCounts(graph: FrameGraph, transforms: PerDirection, radius: number): PerDirection {
  return inBothDirections((direction) => {
    const transform = transforms[direction];
    return graph.compute(countKernel, { inputs: { transform }, params: { along: ALONG[direction], radius }, constants: { STRIP }, invocations: stripsOf(graph, transform, direction) });
  });
}

/**
 * Half the width of the window in round `iteration` (from 0) of `iterations`, in px of the transformed domain. It halves from round to round, and the
 * variances of all rounds sum to `sigmaS` squared. Single precision, as OpenCV.
 *
 * @example
 * ```ts
 * windowRadius(60, 0, 3); // 90.7
 * ```
 */
export function windowRadius(sigmaS: number, iteration: number, iterations: number): number {
  return Math.fround(Math.fround(Math.sqrt(3)) * Math.fround(roundSigma(sigmaS, iteration, iterations)));
}

/** The standard deviation of round `iteration` (from 0) of `iterations`, in px: it halves from round to round, and the variances sum to `sigmaS` squared. */
export function roundSigma(sigmaS: number, iteration: number, iterations: number): number {
  return (sigmaS * Math.sqrt(3) * 2 ** (iterations - 1 - iteration)) / Math.sqrt(4 ** iterations - 1);
}

function inBothDirections(record: (direction: Direction) => TextureHandle): PerDirection {
  return { across: record('across'), down: record('down') };
}

function linesOf(graph: FrameGraph, texture: TextureHandle, direction: Direction): { readonly count: number; readonly length: number } {
  const { width, height } = graph.sizeOf(texture);
  return direction === 'across' ? { count: height, length: width } : { count: width, length: height };
}

function stripsOf(graph: FrameGraph, texture: TextureHandle, direction: Direction): [number, number] {
  const { count, length } = linesOf(graph, texture, direction);
  return [count, Math.ceil(length / STRIP)];
}
