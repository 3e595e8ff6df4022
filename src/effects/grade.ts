import { defineEffect, type Effect } from '../core/effect.ts';
import { float } from '../core/params.ts';
import { graded } from '../passes/graded.ts';

/** Parameters of {@link grade}. */
export interface GradeParams {
  /** S curve of lightness about a dark mid-tone: 0 leaves it; black and white stay where they are at any value. */
  contrast: number;
  /** Richness of dull colours, a factor: 1 leaves them; vivid ones hardly change. */
  color: number;
}

/**
 * The colour of a painting: more contrast without losing black and white, richer dull colours without burning vivid ones.
 *
 * Working space: OKLab. Cost: 1 pass. Memory with the result: 4 B/px.
 * @see B. Ottosson, "A perceptual color space for image processing", 2020
 *
 * @example
 * ```ts
 * const rich = studio.pipeline(anisotropicKuwahara(), grade({ contrast: 0.2, color: 1.3 }));
 * ```
 */
export const grade: Effect<GradeParams> = defineEffect({
  name: 'grade',
  params: {
    contrast: float(0.14, { min: -0.25, max: 0.5 }),
    color: float(1.2, { min: 0, max: 2 }),
  },
  build: (graph, { source }, params) => graded(graph, source, params),
  halo: () => 0,
});
