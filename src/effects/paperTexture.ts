import kernel from '../../shaders/effects/paperTexture.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { color, colorToRgb, float, seed } from '../core/params.ts';
import { paper } from '../passes/paper.ts';

/** Parameters of {@link paperTexture}. */
export interface PaperTextureParams {
  /** How much the paper shows: 0 leaves the picture as it is, 1 is rough watercolour paper in raking light. */
  strength: number;
  /** Size of the tooth relative to ordinary drawing paper; on a larger picture it is larger too, but less than the picture. */
  tooth: number;
  /** Fibres in the surface: 0 is felt marks only, 1 is handmade paper. */
  fibres: number;
  /** Colour of the empty sheet, which white becomes. */
  color: string;
  /** Another sheet. */
  seed: number;
}

/**
 * Paints the picture on paper: pigment gathers in the valleys of its tooth, light falls on it from the upper left, white is the sheet itself.
 * Mid-tones and lights show the tooth; darks stay dark.
 *
 * Working space: sRGB code values. Cost: 1 pass. Memory with the result: 8 B/px, half of it the sheet, which is made once and shared by all looks with the same tooth, fibres and seed.
 * @see A. Bousseau et al., "Interactive watercolor rendering with temporal coherence and abstraction", 2006
 *
 * @example
 * ```ts
 * const drawing = studio.pipeline(pencilDodge(), paperTexture({ strength: 0.4 }));
 * ```
 */
export const paperTexture: Effect<PaperTextureParams> = defineEffect({
  name: 'paperTexture',
  params: {
    strength: float(0.3, { min: 0, max: 1 }),
    tooth: float(1, { min: 0.5, max: 3, rebuilds: true }),
    fibres: float(0.35, { min: 0, max: 1, rebuilds: true }),
    color: color('#f6f1e7'),
    seed: seed(1, { rebuilds: true }),
  },
  build(graph, { source }, { strength, color, ...sheet }) {
    const tint = 1 - (1 - strength) ** TINT_SPEED;
    // A larger tooth has gentler slopes; light from lower down keeps them as visible.
    const relief = RELIEF * Math.max(graph.unit(1024), SMALLEST_RELIEF);
    const uniforms = { color: colorToRgb(color).map((channel) => 1 + tint * (channel - 1)), grain: GRAIN * strength, relief: relief * strength, clouds: CLOUDS * strength };
    return graph.compute(kernel, { inputs: { source, sheet: paper(graph, sheet) }, params: uniforms });
  },
  // Slopes of the sheet.
  halo: () => 1,
});

// At strength 1: how far the density of pigment swings from hill to valley, how much brighter a slope of 1 per px is on a picture 1024 px
// long (a smaller one loses no more than the next factor), and how uneven the sheet.
const GRAIN = 1.0;
const RELIEF = 0.5;
const SMALLEST_RELIEF = 0.6;
const CLOUDS = 0.08;
// The colour of the sheet comes sooner than its tooth: discreet paper is still cream.
const TINT_SPEED = 4;
