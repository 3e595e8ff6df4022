import kernel from '../../shaders/passes/detailMap.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { blurredHalf, type CoarseBlur } from './gaussianBlur.ts';

/**
 * Where a broad version of a picture lost what a fine one still has: G_sigma * |fine - broad| in rgb, at half the size or less. rgba16float from 0, for reading interpolated.
 *
 * Cost: one pass, 10 B/px, and a blur of a quarter of the pixels where sigma is above 1 px; 2 B/px of memory, 4 while it is blurred.
 *
 * @param sigma - in px of the pictures; below 1 what halving blurs has to do
 * @example
 * ```ts
 * const broad = gaussianBlur(graph, source, { sigma: 4 });
 * const { coarse, factor } = detailMap(graph, source, broad, 1.2);
 * ```
 */
export function detailMap(graph: FrameGraph, fine: TextureHandle, broad: TextureHandle, sigma: number): CoarseBlur {
  const { width, height } = graph.sizeOf(fine);
  const half = graph.compute(kernel, { inputs: { fine, broad }, size: { width: Math.ceil(width / 2), height: Math.ceil(height / 2) } });
  return blurredHalf(graph, half, sigma);
}
