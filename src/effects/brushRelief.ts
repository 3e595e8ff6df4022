import bristles from '../../shaders/passes/bristles.wgsl';
import kernel from '../../shaders/effects/brushRelief.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, seed } from '../core/params.ts';
import { paper } from '../passes/paper.ts';
import { structureTensor } from '../passes/structureTensor.ts';

/** Parameters of {@link brushRelief}. */
export interface BrushReliefParams {
  /** Depth of the bristle marks in the light; 0 leaves flat paint. */
  relief: number;
  /** How much neighbouring bristles differ in lightness. */
  streaks: number;
  /** Wet varnish: glints on the ridges that face the light. */
  shine: number;
  /** Where the light comes from, in degrees counter-clockwise from the right; below 0 relief turns inside out to the eye. */
  lightAngle: number;
  /** Other bristles. */
  seed: number;
}

/**
 * Gives flat paint the marks of a brush: bristle streaks along the forms of the picture, lit from one side, fat in the lights and lean in the
 * darks. It goes behind a filter that paints, as `anisotropicKuwahara`.
 *
 * Working space: OKLab lightness. Cost: three small passes for the directions, a line integral of 21 taps, one for the light; 13 MB at
 * 1920 x 1080 beside the sheet, which is shared with `paperTexture` of the same seed and default tooth and fibres.
 * @see B. Cabral and L. Leedom, "Imaging vector fields using line integral convolution", SIGGRAPH 1993
 *
 * @example
 * ```ts
 * const oil = studio.pipeline(anisotropicKuwahara({ radius: 8, floor: 0.02 }), brushRelief({ relief: 0.8 }));
 * ```
 */
export const brushRelief: Effect<BrushReliefParams> = defineEffect({
  name: 'brushRelief',
  params: {
    relief: float(0.5, { min: 0, max: 2 }),
    streaks: float(0.16, { min: 0, max: 1 }),
    shine: float(0.3, { min: 0, max: 1 }),
    lightAngle: float(130, { min: 0, max: 180, unit: 'deg' }),
    seed: seed(1, { rebuilds: true }),
  },
  build(graph, { source }, { relief, streaks, shine, lightAngle, seed }) {
    const s = graph.unit(1024);
    const sheet = paper(graph, { ...SHEET, seed });
    const { tensor, texel } = structureTensor(graph, source, { sigma: FLOW_SIGMA, resolution: 'half' });
    const sigma = Math.max(SHORTEST, STREAK * s);
    const height = graph.compute(bristles, { inputs: { source, tensor, sheet }, params: { sigma, stride: sigma / STEPS_PER_SIGMA, tensorTexel: texel } });
    // Larger pictures have wider bristles with gentler slopes.
    const gain = GAIN * relief * Math.max(s, SMALLEST_GAIN);
    return graph.compute(kernel, { inputs: { source, height }, params: { gain, shine: GLINT * shine, streaks, light: lightFrom(lightAngle) } });
  },
});

// In px; the others belong to a picture 1024 px long.
const FLOW_SIGMA = 4;
const STREAK = 10;
const SHORTEST = 5;
// Fewer show as beads on the streaks.
const STEPS_PER_SIGMA = 5;
const GAIN = 2;
const SMALLEST_GAIN = 0.6;
const GLINT = 0.14;
// Height of the light over a horizontal part of 1: about 35 degrees.
const ELEVATION = 0.7;
// That of paperTexture's defaults, so that they share it.
const SHEET = { tooth: 1, fibres: 0.35 };

function lightFrom(degrees: number): number[] {
  const angle = (degrees * Math.PI) / 180;
  const length = Math.hypot(1, ELEVATION);
  return [Math.cos(angle) / length, -Math.sin(angle) / length, ELEVATION / length];
}
