import kernel from '../../shaders/effects/posterize.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, int } from '../core/params.ts';
import { drawingUnit } from '../passes/lineField.ts';
import { oklab } from '../passes/oklab.ts';

/** Parameters of {@link posterize}. */
export interface PosterizeParams {
  /** How many lightnesses there are, black and white among them. */
  levels: number;
  /** How many strengths of colour there are, grey among them; 0 and 1 leave each colour its own. */
  chromaLevels: number;
  /** Width of the transition between two steps: 0 is a line without jags, 1 the whole step, which leaves the picture. */
  softness: number;
  /** How much of it is mixed in: 0 leaves the picture. */
  strength: number;
}

/**
 * A poster: few steps of lightness, evenly spaced as the eye sees them, and of chroma if you like. Unlike a posterization of red, green and blue it invents no colours: hues stay, white stays white,
 * black black. Edges between steps are smooth, and where the picture is flat over a 768th of its long side they are soft, so that noise flips no pixel and a video keeps still. Paint it on something smooth for cleaner
 * shapes, as `[anisotropicKuwahara(), posterize()]`.
 *
 * Working space: OKLab. Cost: 2 passes. Memory with the result: 12 B/px.
 * @see H. Winnemöller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", SIGGRAPH 2006
 *
 * @example
 * ```ts
 * const poster = studio.pipeline(anisotropicKuwahara(), posterize({ levels: 4, chromaLevels: 4 }));
 * ```
 */
export const posterize: Effect<PosterizeParams> = defineEffect({
  name: 'posterize',
  params: {
    levels: int(5, { min: 2, max: 16, label: 'Steps of lightness' }),
    chromaLevels: int(0, { min: 0, max: 16, label: 'Steps of colour' }),
    softness: float(0.1, { min: 0, max: 1 }),
    strength: float(1, { min: 0, max: 1 }),
  },
  build(graph, { source }, { levels, chromaLevels, softness, strength }) {
    return graph.compute(kernel, {
      inputs: { source, colors: oklab(graph, source) },
      params: { steps: [levels - 1, Math.max(0, chromaLevels - 1)], softness, strength, unit: drawingUnit(graph) },
    });
  },
  // Slopes.
  halo: () => 1,
});
