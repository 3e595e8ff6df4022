import exactKernel from '../../shaders/passes/kuwahara.wgsl';
import disc32 from '../../shaders/passes/kuwaharaDisc.wgsl?disc32';
import disc64 from '../../shaders/passes/kuwaharaDisc.wgsl?disc64';
import disc96 from '../../shaders/passes/kuwaharaDisc.wgsl?disc96';
import moments32 from '../../shaders/passes/kuwaharaDisc.wgsl?moments32';
import moments96 from '../../shaders/passes/kuwaharaDisc.wgsl?moments96';
import nearest64 from '../../shaders/passes/kuwaharaDisc.wgsl?nearest64';
import colorMoments from '../../shaders/passes/colorMoments.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import type { ShaderModule } from '../core/shaderModule.ts';
import type { StructureTensor } from './structureTensor.ts';

/** What {@link kuwahara} is given. */
export interface KuwaharaOptions {
  /** `exact` takes every pixel of the ellipse, `fast` (the default) 64 or 96 points of it, `preview` 32. */
  readonly quality?: 'exact' | 'fast' | 'preview';
  /** Radius in px where no direction is preferred. `exact` is cut at 32. */
  readonly radius: number;
  /** Standard deviation below which sectors count as equally calm. */
  readonly floor: number;
  /** The exponent of a sector's variance; 8 where it is left out. */
  readonly sharpness?: number;
  /** How slowly the ellipse lengthens along edges; 1 where it is left out. */
  readonly eccentricity?: number;
  /** Interpolate also where the taps of `fast` lie closer than pixels do: contours are a little smoother. */
  readonly interpolated?: boolean;
}

/**
 * Anisotropic Kuwahara filter with the directions of `flow`: see the effect `anisotropicKuwahara`, which is this with a flow of its own.
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
  const { quality = 'fast', radius, floor, sharpness = 8, eccentricity = 1, interpolated = false } = options;
  const params = { radius, alpha: eccentricity, q: sharpness, floor, tensorTexel: flow.texel };
  if (quality === 'exact') return graph.compute(exactKernel, { inputs: { source, tensor: flow.tensor }, params });
  const { kernel, sourceTexel } = quality === 'fast' ? fastKernel(radius, interpolated) : previewKernel(radius);
  const sampled = sourceTexel === 1 ? source : halfMoments(graph, source);
  return graph.compute(kernel, { inputs: { source: sampled, tensor: flow.tensor }, params: { ...params, sourceTexel }, size: graph.sizeOf(source) });
}

interface DiscKernel {
  readonly kernel: ShaderModule;
  /** Side of the texels it samples, in px. */
  readonly sourceTexel: 1 | 2;
}

/** Up to here 64 taps lie closer than pixels do, and interpolation would only blur. */
const NEAREST_RADIUS = 4.5;
/** Up to here 64 taps are at most 1.8 px apart, radius * sqrt(pi / count); then 96 up to 2.9 px. */
const SMALL_RADIUS = 8;
/** From here taps would miss what lies between them: the half-size level keeps it in its second moment. */
const LARGE_RADIUS = 16;
const LARGE_PREVIEW_RADIUS = 11;

function fastKernel(radius: number, interpolated: boolean): DiscKernel {
  if (radius <= NEAREST_RADIUS && !interpolated) return { kernel: nearest64, sourceTexel: 1 };
  if (radius <= SMALL_RADIUS) return { kernel: disc64, sourceTexel: 1 };
  return radius <= LARGE_RADIUS ? { kernel: disc96, sourceTexel: 1 } : { kernel: moments96, sourceTexel: 2 };
}

function previewKernel(radius: number): DiscKernel {
  return radius <= LARGE_PREVIEW_RADIUS ? { kernel: disc32, sourceTexel: 1 } : { kernel: moments32, sourceTexel: 2 };
}

function halfMoments(graph: FrameGraph, source: TextureHandle): TextureHandle {
  const { width, height } = graph.sizeOf(source);
  return graph.compute(colorMoments, { inputs: { source }, size: { width: Math.ceil(width / 2), height: Math.ceil(height / 2) } });
}
