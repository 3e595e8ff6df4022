import exactKernel from '../../shaders/passes/kuwahara.wgsl';
import disc32 from '../../shaders/passes/kuwaharaDisc.wgsl?disc32';
import disc64 from '../../shaders/passes/kuwaharaDisc.wgsl?disc64';
import disc96 from '../../shaders/passes/kuwaharaDisc.wgsl?disc96';
import moments32 from '../../shaders/passes/kuwaharaDisc.wgsl?moments32';
import moments96 from '../../shaders/passes/kuwaharaDisc.wgsl?moments96';
import nearest64 from '../../shaders/passes/kuwaharaDisc.wgsl?nearest64';
import spiral64 from '../../shaders/passes/kuwaharaDisc.wgsl?spiral64';
import colorMoments from '../../shaders/passes/colorMoments.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import type { ShaderModule } from '../core/shaderModule.ts';
import type { StructureTensor } from './structureTensor.ts';

/** What {@link kuwahara} is given. */
export interface KuwaharaOptions {
  /** `exact` takes every pixel of the ellipse, `fast` (the default) 64 or 96 points of it, `preview` 32. */
  readonly quality?: 'exact' | 'fast' | 'preview';
  /** Radius in px where no direction is preferred; the flow may scale it. `exact` is cut at 32, the others paint any at the same cost. */
  readonly radius: number;
  /** Standard deviation below which sectors count as equally calm. */
  readonly floor: number;
  /** The exponent of a sector's variance; 8 where it is left out. */
  readonly sharpness?: number;
  /** How slowly the ellipse lengthens along edges; 1 where it is left out. */
  readonly eccentricity?: number;
  /** Of `fast` up to radius 8: `spiral` (the default) is a little smoother, what the painted looks were tuned with; `even` is nearest to the exact filter. */
  readonly samples?: 'even' | 'spiral';
}

/**
 * Anisotropic Kuwahara filter with the directions of `flow`: see the effect `anisotropicKuwahara`, which is this with a flow of its own.
 *
 * Above radius 16 (`preview` 11) it samples a coarser level of mean colours and standard deviations, half the size, above twice that a quarter, and so on. On details of four photographs
 * `fast` has 38.8 dB or more at radius 20, 36.8 at 32, 35 at 40 and 33 at 64; where the flow scales the radius below two texels of that level, the picture itself comes back.
 *
 * @param source - straight rgb, sRGB code values in [0, 1]
 * @returns rgba8unorm of the size of the source, alpha 1
 * @example
 * ```ts
 * const flow = structureTensor(graph, source, { sigma: 4, resolution: 'half' });
 * const broad = kuwahara(graph, source, flow, { radius: 9, floor: 0.02 });
 * ```
 */
export function kuwahara(graph: FrameGraph, source: TextureHandle, flow: StructureTensor, options: KuwaharaOptions): TextureHandle {
  const { quality = 'fast', radius, floor, sharpness = 8, eccentricity = 1, samples = 'spiral' } = options;
  const params = { radius, alpha: eccentricity, q: sharpness, floor, tensorTexel: flow.texel };
  if (quality === 'exact') return graph.compute(exactKernel, { inputs: { source, tensor: flow.tensor }, params });
  const { kernel, sourceTexel } = kernelFor(quality, radius, samples);
  const inputs = sourceTexel === 1 ? { source } : { source: moments(graph, source, sourceTexel), picture: source };
  return graph.compute(kernel, { inputs: { ...inputs, tensor: flow.tensor }, params: { ...params, sourceTexel }, size: graph.sizeOf(source) });
}

/** How many px of the source beyond its own a pixel depends on, apart from what the flow depends on. */
export function kuwaharaReach({ quality = 'fast', radius }: Pick<KuwaharaOptions, 'quality' | 'radius'>): number {
  const longest = Math.ceil(LONGEST * radius);
  return quality === 'exact' ? longest : longest + TAP * kernelFor(quality, radius, 'even').sourceTexel;
}

// The half axis along an edge, in radii, at most.
const LONGEST = 2;
// Texels around a tap: the rest of the one it lies in, the next, and half of one more for the deviation.
const TAP = 2.5;

interface DiscKernel {
  readonly kernel: ShaderModule;
  /** Side of the texels it samples, in px. */
  readonly sourceTexel: number;
}

/** Up to here 64 taps lie closer than pixels do, and interpolation would only blur. */
const NEAREST_RADIUS = 4.5;
/** Up to here 64 taps are at most 1.8 px apart, radius * sqrt(pi / count); then 96 up to 2.9 px. */
const SMALL_RADIUS = 8;
/** In texels of the level that is sampled. Farther apart taps would miss what lies between them: a coarser level keeps it in its second moment. */
const LARGE_RADIUS = 16;
const LARGE_PREVIEW_RADIUS = 11;

function kernelFor(quality: 'fast' | 'preview', radius: number, samples: 'even' | 'spiral'): DiscKernel {
  return quality === 'fast' ? fastKernel(radius, samples) : previewKernel(radius);
}

function fastKernel(radius: number, samples: 'even' | 'spiral'): DiscKernel {
  if (samples === 'spiral' && radius <= SMALL_RADIUS) return { kernel: spiral64, sourceTexel: 1 };
  if (radius <= NEAREST_RADIUS) return { kernel: nearest64, sourceTexel: 1 };
  if (radius <= SMALL_RADIUS) return { kernel: disc64, sourceTexel: 1 };
  return radius <= LARGE_RADIUS ? { kernel: disc96, sourceTexel: 1 } : { kernel: moments96, sourceTexel: texelFor(radius, LARGE_RADIUS) };
}

function previewKernel(radius: number): DiscKernel {
  return radius <= LARGE_PREVIEW_RADIUS ? { kernel: disc32, sourceTexel: 1 } : { kernel: moments32, sourceTexel: texelFor(radius, LARGE_PREVIEW_RADIUS) };
}

/** The least power of two that makes `radius` at most `most` texels. */
function texelFor(radius: number, most: number): number {
  return 2 ** Math.ceil(Math.log2(radius / most));
}

function moments(graph: FrameGraph, source: TextureHandle, texel: number): TextureHandle {
  const { width, height } = graph.sizeOf(source);
  return graph.compute(colorMoments, { inputs: { source }, params: { texel }, size: { width: Math.ceil(width / texel), height: Math.ceil(height / texel) } });
}
