import kernel from '../../shaders/effects/pencilStrokes.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, seed } from '../core/params.ts';
import { paper } from '../passes/paper.ts';

/** Parameters of {@link pencilStrokes}. */
export interface PencilStrokesParams {
  /** Length, width and distance of the strokes, a factor. */
  size: number;
  /** Direction of the hand in degrees from the x axis, clockwise: -50 rises to the right. */
  angle: number;
  /** How much pigment is laid on. */
  cover: number;
  /** Even tone under the strokes; 0 leaves bare paper between them. */
  wash: number;
  /** Pressure of the lines. */
  lines: number;
  /** How much the strokes break on the tooth of the paper. */
  grain: number;
  /** Another hand and another sheet. */
  seed: number;
}

/**
 * Draws a picture again with pencils, in colour where it has colour: three crossing layers of strokes, each in the tone that the picture has
 * at its own middle, and sharp lines where the picture has them. White stays paper; lay the sheet under it with `paperTexture`.
 *
 * Working space: densities of sRGB code values. Cost: one pass, 12 B/px, up to 28 taps; the sheet is shared with `paperTexture` of the same
 * seed and default tooth and fibres.
 * @see P. Litwinowicz, "Processing images and video for an impressionist effect", SIGGRAPH 1997
 *
 * @example
 * ```ts
 * const drawing = studio.pipeline(pencilDodge({ color: true, shade: 0.8 }), pencilStrokes(), paperTexture());
 * ```
 */
export const pencilStrokes: Effect<PencilStrokesParams> = defineEffect({
  name: 'pencilStrokes',
  params: {
    size: float(1, { min: 0.5, max: 4 }),
    angle: float(-50, { min: -90, max: 90, unit: 'deg' }),
    cover: float(0.95, { min: 0, max: 2 }),
    wash: float(0.12, { min: 0, max: 1 }),
    lines: float(1, { min: 0, max: 2 }),
    grain: float(0.6, { min: 0, max: 1 }),
    seed: seed(1, { rebuilds: true }),
  },
  build(graph, { source }, { size, angle, seed, ...look }) {
    // Strokes under 2 px apart would be a grey tone.
    const unit = size * Math.max(SMALLEST_UNIT, graph.unit(768));
    const sheet = paper(graph, { ...SHEET, seed });
    return graph.compute(kernel, { inputs: { source, sheet }, params: { ...look, unit, angle: (angle * Math.PI) / 180, seed } });
  },
});

const SMALLEST_UNIT = 0.75;
// That of paperTexture's defaults, so that they share it.
const SHEET = { tooth: 1, fibres: 0.35 };
