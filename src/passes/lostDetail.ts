import kernel from '../../shaders/passes/lostDetail.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { gaussianBlur, type CoarseBlur } from './gaussianBlur.ts';

/**
 * Where a broad picture has lost what a fine one still shows: G_sigma * |fine - broad|, r32float from 0, of half the size where `sigma` leaves nothing finer. Read it with
 * `enlarged` of `package::lib::enlarge`.
 *
 * Working space: sRGB code values. Cost: one pass and a blur of one number per pixel of the half size; 2 B/px of memory (8 B/px where it is of full size).
 *
 * @param sigma - in px of the pictures
 * @example
 * ```ts
 * const { coarse, factor } = lostDetail(graph, fine, broad, 1.2 * s);
 * graph.compute(kernel, { inputs: { broad, fine, lost: coarse }, params: { factor } });
 * ```
 */
export function lostDetail(graph: FrameGraph, fine: TextureHandle, broad: TextureHandle, sigma: number): CoarseBlur {
  const factor = sigma ** 2 >= HALVING_VARIANCE ? 2 : 1;
  const { width, height } = graph.sizeOf(fine);
  const distances = graph.compute(kernel, { inputs: { fine, broad }, params: { factor }, size: { width: Math.ceil(width / factor), height: Math.ceil(height / factor) } });
  const left = factor === 1 ? sigma : Math.sqrt(sigma ** 2 - HALVING_VARIANCE) / factor;
  return { coarse: gaussianBlur(graph, distances, { sigma: left, scalarOf: 'r' }), factor };
}

/** Variance in px² that a mean of 2x2 pixels (1 / 4) and the way back by interpolation (3 / 4) blur by themselves. */
const HALVING_VARIANCE = 1;
