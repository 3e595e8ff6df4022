import pencilKernel from '../../shaders/looks/pencil.wgsl';
import densityKernel from '../../shaders/looks/pencilDensity.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { float, seed } from '../core/params.ts';
import { drawingPaper } from '../passes/drawingPaper.ts';
import { flowGaussian } from '../passes/flowGaussian.ts';
import { gaussianBlur } from '../passes/gaussianBlur.ts';
import { levels } from '../passes/levels.ts';
import { lineField, type LineField } from '../passes/lineField.ts';
import { noise } from '../passes/noise.ts';
import { penStrokes } from '../passes/penStrokes.ts';
import { relief } from '../passes/relief.ts';

/** Parameters of {@link pencil}. */
export interface PencilParams {
  /** How bright the pencils are, a factor. */
  saturation: number;
  /** A lighter hand: how far all tones are raised towards white. */
  lift: number;
  /** Amount of pigment. */
  cover: number;
  /** Even tone under the strokes; 0 leaves bare paper in the gaps. Above 0.2 it looks like a filtered photograph. */
  wash: number;
  /** Pressure of the outlines. */
  lines: number;
  /** The faintest outline that is drawn, in L* units (0 to 100); more for noisy pictures. */
  threshold: number;
  /** Direction of the hand in degrees from the x axis, clockwise: -50 rises to the right. */
  angle: number;
  /** How far the strokes bend over the forms. */
  follow: number;
  /** How much the strokes break on the tooth of the paper. */
  grain: number;
  /** Another hand and another sheet. */
  seed: number;
}

/**
 * Coloured pencil on white paper: three crossing layers of strokes, each in the colour of the picture at its own middle, and outlines. Strokes end where their colour does, break on the tooth of
 * the paper, and their densities add up as pigments do, so three layers make a dark colour rather than mud.
 *
 * Lengths grow with the picture, so a drawing looks the same at 600 and at 2000 px. Working space: densities of sRGB code values; levels and saturation in OKLab, outlines in CIE L*. Alpha is
 * not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 30 passes. Memory with the result: 39 B/px (81 MB at 1920x1080), 4 of it the sheet, which is painted once for a size and a seed.
 * @see E. Praun et al., "Real-Time Hatching", SIGGRAPH 2001
 * @see H. Kang, S. Lee and C. K. Chui, "Coherent Line Drawing", NPAR 2007
 *
 * @example
 * ```ts
 * const drawing = studio.pipeline(pencil({ saturation: 1.6, wash: 0 }));
 * ```
 */
export const pencil: Effect<PencilParams> = defineEffect({
  name: 'pencil',
  params: {
    saturation: float(1.35, { min: 0.5, max: 2 }),
    lift: float(0.12, { min: 0, max: 0.4 }),
    cover: float(0.95, { min: 0.4, max: 1.3 }),
    wash: float(0.1, { min: 0, max: 0.4 }),
    lines: float(0.75, { min: 0, max: 1 }),
    threshold: float(0.9, { min: 0.3, max: 3, unit: 'L*' }),
    angle: float(-50, { min: -90, max: 90, unit: 'deg' }),
    follow: float(0.6, { min: 0, max: 1 }),
    grain: float(0.6, { min: 0, max: 1 }),
    seed: seed(3, { rebuilds: true }),
  },
  build(graph, { source }, { saturation, lift, angle, seed, ...drawing }) {
    const field = lineField(graph, source);
    // First, because it is the last to need the field's tones.
    const push = relief(graph, field);
    const u = field.unit;
    const smooth = alongForms(graph, source, field);
    const density = graph.compute(densityKernel, { inputs: { source: smooth, levels: levels(graph, smooth, { of: 'oklab', low: 0.005, high: 0.97 }) }, params: { saturation, lift } });
    const sheet = noise(graph, [drawingPaper({ tooth: TOOTH * u, fibres: FIBRES, seed: seed + PAPER_SEED })]);
    const strokes = penStrokes(u, LAYERS.map(({ turn, spacing, length }, i) => ({
      angle: angle + turn, spacing: spacing * u, length: length * u, width: WIDTH * u, overlap: 0.26, soft: SOFT * u, seed: seed + SEED_STEP * i,
    })));
    graph.inspect('density', density, { scale: 0.5 });
    return graph.compute(pencilKernel, {
      inputs: { density, lines: field.lines, tangents: field.tangents, push: push.coarse, sheet },
      params: { ...drawing, pushTexel: push.factor, layers: LAYERS.flatMap(({ share, low, high }) => [share, low, high]), ...strokes },
    });
  },
});

/** The picture as a pencil sees it: streaky along fur and hair, without grain. */
function alongForms(graph: FrameGraph, source: TextureHandle, { tangents, unit }: LineField): TextureHandle {
  return flowGaussian(graph, gaussianBlur(graph, source, { sigma: ACROSS * unit }), tangents, { sigma: ALONG * unit, stride: Math.max(1, unit) });
}

// Lengths in units of a drawing.
const ACROSS = 0.8;
const ALONG = 2.5;
const WIDTH = 2.5;
const SOFT = 1.1;
const TOOTH = 1.5;
const FIBRES = 0.35;
const PAPER_SEED = 7;
const SEED_STEP = 20;
/** From `low` to `high` of the pressure a layer sets in; `share` is its part of the density. */
const LAYERS = [
  { turn: 0, spacing: 3.1, length: 40, share: 0.72, low: 0.01, high: 0.16 },
  { turn: 22, spacing: 3.3, length: 34, share: 0.6, low: 0.08, high: 0.45 },
  { turn: -40, spacing: 3.3, length: 28, share: 0.56, low: 0.3, high: 0.8 },
];
