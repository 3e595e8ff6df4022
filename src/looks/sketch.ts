import drawKernel from '../../shaders/looks/sketch.wgsl';
import toneKernel from '../../shaders/looks/sketchTone.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, seed } from '../core/params.ts';
import { drawingPaper } from '../passes/drawingPaper.ts';
import { coarseGaussianBlur } from '../passes/gaussianBlur.ts';
import { lineField } from '../passes/lineField.ts';
import { noise } from '../passes/noise.ts';
import { penStrokes } from '../passes/penStrokes.ts';
import { relief } from '../passes/relief.ts';

/** Parameters of {@link sketch}. */
export interface SketchParams {
  /** How much the real lightness shades; 0 is a pure dodge, with white skies. */
  tone: number;
  /** Shading next to edges, which makes forms round. */
  local: number;
  /** Pressure of the contours. */
  lines: number;
  /** The faintest line that is drawn, in L* units (0 to 100); more for noisy pictures. */
  threshold: number;
  /** From rubbed tone to visible strokes. */
  hatch: number;
  /** Direction of the hand in degrees clockwise from the x axis: -45 rises to the right. */
  angle: number;
  /** How far strokes bend over the forms. */
  follow: number;
  /** How much the tooth of the paper shows. */
  grain: number;
  /** The blackest black, from a hard pencil to a soft one. */
  darkest: number;
  /** From white paper to cream. */
  warmth: number;
  /** Another hand. */
  seed: number;
}

/**
 * Graphite on drawing paper: soft tone, two layers of strokes over it that bend over the forms, contours of two weights. Strokes are whole, each in the tone at its middle; the tooth shows
 * where graphite lies thin, and where there is none, as in white faces, the sheet is clean.
 *
 * Lengths are relative to the picture, in 768ths of its long side ({@link ParamFacts}). Working space: sRGB code values, lines and tone in CIE L*. Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 28 passes. Memory with the result: 36 B/px (74 MB at 1920x1080), 4 of it the sheet, which is painted once for a size and a seed.
 * @see H. Kang, S. Lee and C. K. Chui, "Coherent Line Drawing", NPAR 2007
 * @see E. Praun et al., "Real-Time Hatching", SIGGRAPH 2001
 *
 * @example
 * ```ts
 * const drawing = studio.pipeline(sketch({ hatch: 1, angle: -60 }));
 * ```
 */
export const sketch: Effect<SketchParams> = defineEffect({
  name: 'sketch',
  params: {
    tone: float(0.55, { min: 0, max: 1 }),
    local: float(0.9, { min: 0, max: 1.5 }),
    lines: float(0.95, { min: 0, max: 1 }),
    threshold: float(0.8, { min: 0.3, max: 3, unit: 'L*' }),
    hatch: float(0.75, { min: 0, max: 1 }),
    angle: float(-45, { min: -90, max: 90, unit: 'deg' }),
    follow: float(0.6, { min: 0, max: 1 }),
    grain: float(0.55, { min: 0, max: 1 }),
    darkest: float(0.8, { min: 0.5, max: 0.95 }),
    warmth: float(0.5, { min: 0, max: 1 }),
    seed: seed(1, { rebuilds: true }),
  },
  build(graph, { source }, { tone, local, lines, threshold, hatch, angle, follow, grain, darkest, warmth, seed }) {
    const field = lineField(graph, source);
    const { unit } = field;
    // First, because it is the last to need the field's tones.
    const push = relief(graph, field);
    const blurred = coarseGaussianBlur(graph, field.lines, { sigma: DODGE * unit });
    const drawn = graph.compute(toneKernel, {
      inputs: { lines: field.lines, tangents: field.tangents, blurred: blurred.coarse },
      params: { tone, local, darkest, threshold, blurredTexel: blurred.factor },
    });
    const sheet = noise(graph, [drawingPaper({ tooth: 1.6 * unit, fibres: 0.35, seed: seed + 7 }), { scale: 60 * unit, seed: seed + 60, octaves: 2, corner: true }]);
    const pens = penStrokes(unit, LAYERS.map(({ turn, spacing, length, width }, i) => ({
      angle: angle + turn, spacing: spacing * unit, length: length * unit, width: width * unit, soft: unit, seed: seed + 20 * (i + 1),
    })));
    graph.inspect('tone', drawn, { channel: 'r' });
    graph.inspect('contours', drawn, { channel: 'g' });
    return graph.compute(drawKernel, { inputs: { tone: drawn, push: push.coarse, sheet }, params: { lines, hatch, follow, grain, warmth, pushTexel: push.factor, ...pens } });
  },
});

// Of the blur that tone is compared with, in units.
const DODGE = 18;
// Lengths in units; the ranges of their tones are in the kernel.
const LAYERS = [
  { turn: 0, spacing: 2.8, length: 38, width: 2.2 },
  { turn: 28, spacing: 2.9, length: 26, width: 2.4 },
];
