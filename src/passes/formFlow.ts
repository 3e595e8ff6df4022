import filledKernel from '../../shaders/passes/filledTensor.wgsl';
import rawKernel from '../../shaders/passes/structureTensor.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { gaussianBlur, rimmedGaussianBlur } from './gaussianBlur.ts';
import { inspectFlow } from './inspectFlow.ts';
import { SIDES, tensorAtRest, type Relaxation, type StructureTensor } from './structureTensor.ts';

/** What {@link formFlow} is given. */
export interface FormFlowOptions extends Required<Relaxation> {
  /** Standard deviation of the blur before gradients are taken, in px. */
  readonly soft: number;
  /** That of the tensor, in px. */
  readonly sigma: number;
}

/**
 * The flow of the forms of a picture, for the lines of a print: the structure tensor of a blurred copy, and so that there is a direction everywhere, weaker, that of larger forms and a direction at rest.
 *
 * As `structureTensor` with a relaxation, but nearer to its whole Gaussians, within a thousandth: where lines of {@link flowPhase} fork is a matter of a hair.
 *
 * Working space: sRGB code values. Alpha is not looked at. Cost: a blur of the source, a tensor of its size, and two blurs of copies that leave 8 texels or more to their sigmas: below 16 px the tensor has the size of the source. 16 B/px of memory and what
 * the copies take.
 * @see J. E. Kyprianidis and J. Döllner, "Image Abstraction by Structure Adaptive Filtering", 2008
 *
 * @param source - straight rgb, sRGB code values in [0, 1]
 * @example
 * ```ts
 * const flow = formFlow(graph, source, { soft: 2, sigma: 6, scale: 4, gain: 0.12, rest: { angle: -0.26, weight: 1e-4 } });
 * const grid = flowPhase(graph, flow, { period: 8, seed: 4 });
 * ```
 */
export function formFlow(graph: FrameGraph, source: TextureHandle, { soft, sigma, scale, gain, rest }: FormFlowOptions): StructureTensor {
  const raw = graph.compute(rawKernel, { inputs: { source: gaussianBlur(graph, source, { sigma: soft, cut: CUT, quality: 'exact' }) }, params: { side: SIDES.sobel } });
  // First, so that only one large texture is kept for it.
  const wide = rimmedGaussianBlur(graph, raw, { sigma: scale * sigma, cut: CUT, texels: TEXELS });
  const own = rimmedGaussianBlur(graph, raw, { sigma, cut: CUT, texels: TEXELS });
  const { width, height } = graph.sizeOf(source);
  const tensor = graph.compute(filledKernel, {
    inputs: { tensor: own.coarse, wide: wide.coarse },
    params: { rest: tensorAtRest(rest), rims: [own.rim, wide.rim], wideFactor: wide.factor / own.factor, wideGain: gain },
    size: { width: Math.ceil(width / own.factor), height: Math.ceil(height / own.factor) },
  });
  const flow = { tensor: graph.guides.field(tensor, own.factor), texel: own.factor };
  inspectFlow(graph, flow);
  return flow;
}

const CUT = 2.5;
// The least sigmas in texels: half of it, and prints are 1 to 6 dB further from those of whole Gaussians.
const TEXELS = 8;
