import { defineEffect, optional, type Effect } from '../core/effect.ts';
import type { TextureHandle } from '../core/frameGraph.ts';
import { bool, choice, float, int } from '../core/params.ts';
import { guidedFlow } from '../passes/guidedFlow.ts';
import { kuwahara, kuwaharaReach } from '../passes/kuwahara.ts';
import { multiscaleKuwahara } from '../passes/multiscaleKuwahara.ts';
import { structureTensor, tensorReach, type StructureTensor, type StructureTensorOptions } from '../passes/structureTensor.ts';

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
  /** The filter again on its own result, along the same directions: each time flatter, with crisper borders. */
  passes: number;
  /** Also paints coarser copies of the picture and keeps what they make of calm places: broad strokes there, this brush in the detail. */
  multiscale: boolean;
}

/**
 * Anisotropic Kuwahara filter, the oil painting among filters: each pixel takes the colour of the calmest of eight sectors of an ellipse that lies along the edge.
 *
 * Working space: sRGB code values. Taps are not weighted by alpha: transparent pixels carry a neighbour's colour.
 * Against the filter in full on four photographs of 450 to 640 px, at radius 3, 6 and 12: `exact` 74 to 80 dB, `fast` 39.9 to 47.7, `preview` 34 to 43; on details of them, 384 x 288 px, `fast`
 * 38.8 to 49 dB at radius 20, 38.6 to 49 at 24, 36.8 to 49 at 32. Taps: `exact` every pixel of the ellipse, 3.1 radius²; `fast` 64 up to radius 8 and 96 above, above 16 px of a half-size
 * level that carries mean and deviation; `preview` 32, above 11 px of such a level, above 22 of a quarter. Within one of these kernels the radius costs nothing. Thumbnails lose 2 to 4 dB of that.
 *
 * Maps may say more, as second pictures stretched over the first: `radiusMap` (red) scales the radius from 0, which leaves the picture, to 1; `directionMap` (red and green: 0.5 + 0.5 (x, y), y
 * downwards) is the direction the brush lies in, and counts by its distance from (0.5, 0.5).
 *
 * Cost: 4 passes, three for the directions and one or two for the filter; on a software GPU at radius 6 `fast` takes a quarter to a fifth of `exact`. Each of `passes` costs a filter, `multiscale`
 * four thirds of all and two small passes a scale, a map one pass. Memory with the result: 8 B/px (17 MB at 1920x1080), 9 with a coarser level, `exact` 20.
 * @see J. E. Kyprianidis, "Image and Video Abstraction by Multi-scale Anisotropic Kuwahara Filtering", 2011
 * @see J. E. Kyprianidis, A. Semmo, H. Kang, J. Döllner, "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010
 *
 * @example
 * ```ts
 * const oil = studio.pipeline(anisotropicKuwahara({ radius: 8, floor: 0.02 }));
 * oil.render(image, canvas, { inputs: { radiusMap: canvas } });
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
    passes: int(1, { min: 1, max: 4, rebuilds: true }),
    multiscale: bool(false, { rebuilds: true }),
  },
  inputs: { radiusMap: optional('r'), directionMap: optional('rgb') },
  build(graph, { source, radiusMap, directionMap }, { quality, radius, sharpness, eccentricity, tensorSigma, floor, passes, multiscale }) {
    const flowOptions = flowOf({ quality, tensorSigma });
    const paint = (picture: TextureHandle, flow: StructureTensor): TextureHandle => {
      let painted = picture;
      for (let pass = 0; pass < passes; pass++) painted = kuwahara(graph, painted, flow, { quality, radius, floor, sharpness, eccentricity, samples: 'even' });
      return painted;
    };
    const maps = { radiusMap, directionMap };
    if (multiscale) return multiscaleKuwahara(graph, source, { flow: flowOptions, floor, guide: (flow, size) => guidedFlow(graph, flow, maps, size), paint });
    return paint(source, guidedFlow(graph, structureTensor(graph, source, flowOptions), maps));
  },
  halo({ multiscale, passes, ...params }) {
    // Its coarsest copy is a few pixels wide.
    if (multiscale) return undefined;
    const brush = kuwaharaReach(params);
    return (passes - 1) * brush + Math.max(brush, tensorReach(flowOf(params)));
  },
});

function flowOf({ quality, tensorSigma }: Pick<AnisotropicKuwaharaParams, 'quality' | 'tensorSigma'>): StructureTensorOptions {
  return { sigma: tensorSigma, resolution: quality === 'exact' ? 'full' : 'half' };
}
