import exactKernel from '../../shaders/effects/anisotropicKuwahara.wgsl';
import disc32 from '../../shaders/effects/anisotropicKuwaharaDisc.wgsl?disc32';
import disc64 from '../../shaders/effects/anisotropicKuwaharaDisc.wgsl?disc64';
import disc96 from '../../shaders/effects/anisotropicKuwaharaDisc.wgsl?disc96';
import moments32 from '../../shaders/effects/anisotropicKuwaharaDisc.wgsl?moments32';
import moments96 from '../../shaders/effects/anisotropicKuwaharaDisc.wgsl?moments96';
import nearest64 from '../../shaders/effects/anisotropicKuwaharaDisc.wgsl?nearest64';
import colorMoments from '../../shaders/passes/colorMoments.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { choice, float } from '../core/params.ts';
import type { ShaderModule } from '../core/shaderModule.ts';
import { structureTensor } from '../passes/structureTensor.ts';

/** Parameters of {@link anisotropicKuwahara}. */
export interface AnisotropicKuwaharaParams {
  /** `exact` takes every pixel of the ellipse, `fast` 64 or 96 points of it, `preview` 32. */
  quality: 'exact' | 'fast' | 'preview';
  /** Radius of the brush in px where no direction is preferred; along an edge it grows to twice that, across it shrinks to half. */
  radius: number;
  /** How decidedly the calmest sector wins: 1 is nearly a blur, 8 paints, 16 cuts facets. */
  sharpness: number;
  /** How slowly the brush lengthens along edges: 0.1 always to the full, 1 as in the papers, 10 hardly. */
  eccentricity: number;
  /** Smoothing of the direction field in px: 0 is ragged, 2 as in the papers, more makes longer, calmer strokes. */
  tensorSigma: number;
  /** Standard deviation below which sectors count as equally calm: 0.0626 smooths faces and soft backgrounds to mush, 0.02 keeps facets in them. */
  floor: number;
}

/**
 * Anisotropic Kuwahara filter, the oil painting among filters: each pixel takes the colour of the calmest of eight sectors of an ellipse that lies along the edge.
 *
 * Working space: sRGB code values. Taps are not weighted by alpha: transparent pixels carry a neighbour's colour.
 * Against the float64 reference on four photographs of 450 to 640 px, at radius 3, 6 and 12: `exact` 74 to 80 dB, `fast` 39.9 to 47.7, `preview` 36 to 43; a
 * busy picture of 512 px at radius 24 and 32, computed on the CPU: `fast` 40 and 38. Taps: `exact` every pixel of the ellipse, 3.1 radius²; `fast` 64 up to radius 8 and 96 above, above 16 px
 * of a half-size level that carries mean and mean square; `preview` 32. Within one of these kernels the radius costs nothing. Thumbnails lose 2 to 4 dB of that.
 *
 * Cost: three passes for the directions and one or two for the filter; on a software GPU at radius 6 `fast` takes a quarter to a fifth of `exact`. Memory at 1920 x 1080 beside
 * the result: `exact` 33 MB, the others 8 MB, 12 MB with the half-size level.
 * @see J. E. Kyprianidis, A. Semmo, H. Kang, J. Döllner, "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010
 *
 * @example
 * ```ts
 * const oil = studio.pipeline(anisotropicKuwahara({ radius: 8, floor: 0.02 }));
 * ```
 */
export const anisotropicKuwahara: Effect<AnisotropicKuwaharaParams> = defineEffect({
  name: 'anisotropicKuwahara',
  params: {
    quality: choice('fast', ['exact', 'fast', 'preview'], { rebuilds: true }),
    radius: float(6, { min: 1, max: 32, unit: 'px', rebuilds: true, label: 'Brush radius' }),
    sharpness: float(8, { min: 1, max: 16 }),
    eccentricity: float(1, { min: 0.1, max: 10 }),
    tensorSigma: float(2, { min: 0, max: 10, unit: 'px', rebuilds: true, label: 'Flow smoothing' }),
    // 1 / sqrt(255): the `255 * variance` of the papers' own programs.
    floor: float(255 ** -0.5, { min: 0.005, max: 0.2, label: 'Noise floor' }),
  },
  build(graph, { source }, { quality, radius, sharpness, eccentricity, tensorSigma, floor }) {
    const params = { radius, alpha: eccentricity, q: sharpness, floor };
    if (quality === 'exact') {
      const { tensor } = structureTensor(graph, source, { sigma: tensorSigma });
      return graph.compute(exactKernel, { inputs: { source, tensor }, params });
    }
    const { tensor, texel: tensorTexel } = structureTensor(graph, source, { sigma: tensorSigma, resolution: 'half' });
    const { kernel, sourceTexel } = quality === 'fast' ? fastKernel(radius) : previewKernel(radius);
    const sampled = sourceTexel === 1 ? source : halfMoments(graph, source);
    return graph.compute(kernel, { inputs: { source: sampled, tensor }, params: { ...params, sourceTexel, tensorTexel }, size: graph.sizeOf(source) });
  },
});

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

function fastKernel(radius: number): DiscKernel {
  if (radius <= NEAREST_RADIUS) return { kernel: nearest64, sourceTexel: 1 };
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
