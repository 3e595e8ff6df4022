import { defineEffect, type Effect } from '../core/effect.ts';
import { oilPaint, oilPaintParams, type OilPaintParams } from '../passes/oilPaint.ts';

/** Parameters of {@link oil}. */
export interface OilParams extends OilPaintParams {}

/**
 * Oil: the colour of two anisotropic Kuwahara filters, laid on with a broad brush and, where that misses, with a fine one. Strokes follow the forms of the picture; in skies they
 * follow the resting hand.
 *
 * Lengths grow with the picture, so a painting keeps its composition from 450 to 2000 px. Working space: sRGB code values, grade and variation in OKLab. Alpha is not looked at:
 * transparent pixels carry a neighbour's colour.
 *
 * Cost: 29 passes. Memory with the result: 36 B/px (75 MB at 1920x1080).
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
  params: oilPaintParams,
  build: (graph, { source }, params) => oilPaint(graph, source, params, { raised: false }).canvas,
});
