import kernel from '../../shaders/effects/watercolorWash.wgsl';
import washKernel from '../../shaders/passes/wash.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, int, seed } from '../core/params.ts';
import { paper } from '../passes/paper.ts';

/** Parameters of {@link watercolorWash}. */
export interface WatercolorWashParams {
  /** Layers of tone: 3 is a poster, 9 nearly continuous. */
  washes: number;
  /** How unsteady contours are, a factor. */
  wobble: number;
  /** How far colour leaves its outline, a factor. */
  bleed: number;
  /** Dark rims where paint has dried. */
  edge: number;
  /** Pigment in the tooth of the paper. */
  granulation: number;
  /** How high the key is: 0 keeps the tones, 1 turns a night to dusk. */
  light: number;
  /** Richness of dull colours, a factor. */
  color: number;
  /** Another sheet and another run of the water. */
  seed: number;
}

/**
 * Lays a smoothed picture on as watercolour: a few washes of tone, wobbling contours, colour that bleeds, pigment that gathers in rims,
 * clouds and the tooth of the paper. White stays white; put `paperTexture` behind it for the sheet itself.
 *
 * Working space: OKLab, densities on sRGB code values. Cost: two passes, 28 B/px and 36 taps; the sheet is shared with `paperTexture` of
 * the same seed and default tooth and fibres.
 * @see A. Bousseau et al., "Interactive watercolor rendering with temporal coherence and abstraction", 2006
 *
 * @example
 * ```ts
 * const aquarelle = studio.pipeline(edgePreserving(), watercolorWash({ washes: 6 }), paperTexture());
 * ```
 */
export const watercolorWash: Effect<WatercolorWashParams> = defineEffect({
  name: 'watercolorWash',
  params: {
    washes: int(5, { min: 3, max: 12 }),
    wobble: float(1, { min: 0, max: 3 }),
    bleed: float(1, { min: 0.2, max: 4 }),
    edge: float(1, { min: 0, max: 2 }),
    granulation: float(1, { min: 0, max: 2 }),
    light: float(0.5, { min: 0, max: 1 }),
    color: float(1.3, { min: 0, max: 2 }),
    seed: seed(1, { rebuilds: true }),
  },
  build(graph, { source }, { washes, wobble, bleed, edge, granulation, light, color, seed }) {
    const s = graph.unit(1024);
    const sheet = paper(graph, { ...SHEET, seed });
    const wash = graph.compute(washKernel, { inputs: { source, sheet }, params: { washes, wobble: wobble * s, light: 2 ** -light, color } });
    return graph.compute(kernel, { inputs: { wash, sheet }, params: { bleed: BLEED * bleed * s, rim: Math.max(FINEST_RIM, RIM * s), edge, granulation } });
  },
});

// That of paperTexture's defaults, so that they share it.
const SHEET = { tooth: 1, fibres: 0.35 };
// Standard deviations on a picture 1024 px long, in px.
const BLEED = 2.3;
const RIM = 0.9;
const FINEST_RIM = 0.6;
