import { defineEffect, type Effect } from '../core/effect.ts';
import { float, seed } from '../core/params.ts';
import { oilPaint } from '../passes/oilPaint.ts';

/** Parameters of {@link oil}. */
export interface OilParams {
  /** Length and width of everything, a factor: small is busy and detailed, large is broad. */
  size: number;
  /** How small an error still calls for the fine brush: at 0.4 eyes and mouths are exact and walls loose, at 1 nearly every textured pixel is worked. */
  detail: number;
  /** Richness of dull colours, a factor; vivid ones are protected. */
  color: number;
  /** S curve of lightness about a dark mid-tone; black and white stay. */
  contrast: number;
  /** How much neighbouring strokes differ, a factor: 0 leaves bare facets, 2 is nervous. */
  variation: number;
  /** Another throw of the same painting. */
  seed: number;
}

/**
 * Oil: the colour of two anisotropic Kuwahara filters, laid on with a broad brush and, where that misses, with a fine one. Strokes follow the forms of the picture; in skies they
 * follow the resting hand.
 *
 * Lengths grow with the picture, so a painting keeps its composition from 450 to 2000 px. Working space: sRGB code values, grade and variation in OKLab. Alpha is not looked at:
 * transparent pixels carry a neighbour's colour.
 * @see J. E. Kyprianidis et al., "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010
 * @see A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998
 *
 * @example
 * ```ts
 * const painting = studio.pipeline(oil({ detail: 0.6, variation: 1.2 }));
 * ```
 */
export const oil: Effect<OilParams> = defineEffect({
  name: 'oil',
  params: {
    size: float(1, { min: 0.4, max: 2.5, rebuilds: true }),
    detail: float(0.4, { min: 0, max: 1 }),
    color: float(1.2, { min: 0.5, max: 1.6 }),
    contrast: float(0.14, { min: -0.2, max: 0.4 }),
    variation: float(1, { min: 0, max: 2 }),
    seed: seed(7, { rebuilds: true }),
  },
  build: (graph, { source }, params) => oilPaint(graph, source, params).canvas,
});
