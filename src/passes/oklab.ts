import kernel from '../../shaders/passes/oklab.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/**
 * The colours of a picture in OKLab, for passes that compare or average them often.
 *
 * Cost: one pass, 8 B/px of memory.
 * @see B. Ottosson, "A perceptual color space for image processing", 2020
 *
 * @param source - straight rgb, sRGB code values in [0, 1]
 * @returns rgba16float (L, a, b, 1): L in [0, 1], a and b about [-0.4, 0.4]
 * @example
 * ```ts
 * const colors = oklab(graph, source);
 * ```
 */
export function oklab(graph: FrameGraph, source: TextureHandle): TextureHandle {
  return graph.compute(kernel, { inputs: { source } });
}

/** What the channels of a difference of OKLab colours are multiplied by where it stands for one of CIELAB, as edge-preserving filters of the papers measure it: hue counts more. */
export const OKLAB_SCALE = [1, 1.3, 1.3] as const;
