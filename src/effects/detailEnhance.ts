import kernel from '../../shaders/effects/detailEnhance.wgsl';
import lightness from '../../shaders/effects/detailEnhanceLightness.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float } from '../core/params.ts';
import { recursiveFilter } from '../passes/recursiveFilter.ts';

/** Parameters of {@link detailEnhance}. */
export interface DetailEnhanceParams {
  /** Size of the largest detail that is lifted, in px. */
  sigmaS: number;
  /** Step of lightness above which an edge counts as the picture's form and is left alone; below it as detail. 1 is two and a half times the way from black to white. */
  sigmaR: number;
  /** What the detail is multiplied by: 0 takes it away, 1 leaves the picture as it is, 3 is OpenCV's. */
  boost: number;
}

// OpenCV divides lightness, which runs to 100, by 255.
const LIGHTNESS_UNITS_IN_OPENCV = 255 / 100;

/**
 * Makes fine detail stronger and leaves edges as they are, so nothing gets a halo: OpenCV's `detailEnhance`. The lightness is smoothed between its
 * edges, and what that takes away counts `boost` times.
 *
 * With the default `boost` it differs from OpenCV 4.6 by two levels at most, 53 to 57 dB on photographs: OpenCV reads Lab from a table and interpolates, here it is exact.
 *
 * Working space: CIE L*a*b* (D65); colours that leave the gamut are clipped in linear rgb. Alpha counts nothing and stays.
 * Cost: 8 passes, not dependent on `sigmaS`. Memory with the result: 12 B/px.
 * @see https://docs.opencv.org/4.6.0/df/dac/group__photo__render.html
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011
 *
 * @example
 * ```ts
 * const crisp = studio.pipeline(detailEnhance({ sigmaS: 10, sigmaR: 0.15 }));
 * const gentle = studio.pipeline(detailEnhance({ boost: 1.6 }));
 * ```
 */
export const detailEnhance: Effect<DetailEnhanceParams> = defineEffect({
  name: 'detailEnhance',
  params: {
    sigmaS: float(10, { min: 0.5, max: 200, unit: 'px', label: 'Reach' }),
    sigmaR: float(0.15, { min: 0.01, max: 1, label: 'Edge tolerance' }),
    boost: float(3, { min: 0, max: 8, label: 'Detail' }),
  },
  build(graph, { source }, { sigmaS, sigmaR, boost }) {
    const light = graph.compute(lightness, { inputs: { source } });
    const base = recursiveFilter(graph, light, { scalarOf: 'r', iterations: 3, sigmaS, sigmaR: LIGHTNESS_UNITS_IN_OPENCV * sigmaR });
    return graph.compute(kernel, { inputs: { source, base }, params: { boost } });
  },
});
