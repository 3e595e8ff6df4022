import serial from '../../shaders/passes/domainTransform.wgsl';
import block from '../../shaders/passes/lineSums.wgsl?transform';
import subgroups from '../../shaders/passes/lineSums.wgsl?transform+subgroups';
import { ParameterError } from '../core/errors.ts';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { ALONG, dispatchLines, divisionOf, inBothDirections, type PerDirection } from './lines.ts';

/** How strongly colours set pixels apart in {@link domainTransform}. */
export interface DomainTransformOptions {
  /** Reach in px of the texture, above 0. */
  readonly sigmaS: number;
  /** Difference of colour, summed over red, green and blue, that counts as much as `sigmaS` px; above 0. */
  readonly sigmaR: number;
}

/** What the filters of the domain transform are given. */
export interface DomainFilterOptions extends DomainTransformOptions {
  /** Rounds of a pass along the rows and one along the columns, each with half the reach of the one before. */
  readonly iterations: number;
  /** Whose edges are kept, of the same size as the source; the source itself where it is left out. */
  readonly guide?: TextureHandle;
}

/**
 * The domain transform: where each pixel lies on its row and on its column when steps of colour are stretched into distance,
 * `ct_k = sum of (1 + sigmaS / sigmaR * |I_i - I_(i-1)|_1)` for i up to k. Single precision; line-serial in OpenCV's order of summation.
 *
 * Cost: two passes, 8 B/px each.
 *
 * @param source - rgb code values in [0, 1]; alpha is not read
 * @returns r32float, in px, from 1; it never falls along a line, and grows by 1 or more below 2^24
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011
 * @example
 * ```ts
 * const { across, down } = domainTransform(graph, source, { sigmaS: 60, sigmaR: 0.4 });
 * ```
 */
export function domainTransform(graph: FrameGraph, source: TextureHandle, { sigmaS, sigmaR }: DomainTransformOptions): PerDirection {
  const division = divisionOf(graph);
  const slope = Math.fround(Math.fround(sigmaS) / Math.fround(sigmaR));
  return inBothDirections((direction) => {
    const { params, ...dispatch } = dispatchLines(graph, graph.sizeOf(source), direction);
    const all = { ...params, along: ALONG[direction], slope };
    if (division === 'serial') return graph.compute(serial, { inputs: { source }, params: all, ...dispatch });
    return graph.compute(division === 'block' ? block : subgroups, { inputs: { color: source }, params: all, ...dispatch });
  });
}

/** Throws a {@link ParameterError} where a guide does not cover its source pixel by pixel. */
export function assertSameSize(graph: FrameGraph, source: TextureHandle, guide: TextureHandle = source): void {
  const [own, other] = [graph.sizeOf(source), graph.sizeOf(guide)];
  if (own.width !== other.width || own.height !== other.height) throw new ParameterError(`the guide is ${other.width}x${other.height}, must be ${own.width}x${own.height} as the source`);
}

/**
 * The standard deviation of round `iteration` (from 0) of `iterations`, in px: it halves from round to round, and the variances of all rounds sum to
 * `sigmaS` squared.
 *
 * @example
 * ```ts
 * roundSigma(60, 0, 3); // 52.4
 * ```
 */
export function roundSigma(sigmaS: number, iteration: number, iterations: number): number {
  return (sigmaS * Math.sqrt(3) * 2 ** (iterations - 1 - iteration)) / Math.sqrt(4 ** iterations - 1);
}

/**
 * Half the width of the box of that round, in px of the transformed domain. Single precision, as OpenCV.
 *
 * @example
 * ```ts
 * windowRadius(60, 0, 3); // 90.7
 * ```
 */
export function windowRadius(sigmaS: number, iteration: number, iterations: number): number {
  return Math.fround(Math.fround(Math.sqrt(3)) * Math.fround(roundSigma(sigmaS, iteration, iterations)));
}
