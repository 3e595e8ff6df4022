import drawKernel from '../../shaders/looks/charcoal.wgsl';
import massKernel from '../../shaders/looks/charcoalMass.wgsl';
import toneKernel from '../../shaders/looks/charcoalTone.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { float, seed } from '../core/params.ts';
import { drawingPaper } from '../passes/drawingPaper.ts';
import { flowGaussian } from '../passes/flowGaussian.ts';
import { coarseGaussianBlur, gaussianBlur } from '../passes/gaussianBlur.ts';
import { kuwahara } from '../passes/kuwahara.ts';
import { drawingTones, lineField } from '../passes/lineField.ts';
import { noise } from '../passes/noise.ts';
import { penStrokes } from '../passes/penStrokes.ts';
import { reduce } from '../passes/reduce.ts';
import { structureTensor } from '../passes/structureTensor.ts';
import { tangentFlow } from '../passes/tangentFlow.ts';

/** Parameters of {@link charcoal}. */
export interface CharcoalParams {
  /** Separates the masses, a factor. */
  contrast: number;
  /** How far a finger smudges along the forms, in 768ths of the long side. */
  smudge: number;
  /** Pressure of the contours. */
  lines: number;
  /** The faintest line that is drawn, in L* units (0 to 100). */
  threshold: number;
  /** How strongly the paper shows. */
  rough: number;
  /** Ribs of laid paper. */
  laid: number;
  /** Direction of the stick in degrees clockwise from the x axis. */
  angle: number;
  /** The blackest black. */
  darkest: number;
  /** Another hand. */
  seed: number;
}

/**
 * Charcoal on laid paper: few large masses, smudged along the forms, broad drags of the stick, heavy lines of changing pressure. The masses are those of a Kuwahara filter, so the tones are not
 * those of a photograph; small accents, as eyes, are kept.
 *
 * Lengths are relative to the picture, in 768ths of its long side ({@link ParamFacts}). Working space: sRGB code values, lines and tone in CIE L*. Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 36 passes. Memory with the result: 40 B/px (84 MB at 1920x1080), 4 of it the sheet, which is painted once for a size and a seed.
 * @see H. Kang, S. Lee and C. K. Chui, "Coherent Line Drawing", NPAR 2007
 * @see J. E. Kyprianidis et al., "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010
 *
 * @example
 * ```ts
 * const drawing = studio.pipeline(charcoal({ rough: 0.9, smudge: 10 }));
 * ```
 */
export const charcoal: Effect<CharcoalParams> = defineEffect({
  name: 'charcoal',
  params: {
    contrast: float(1.3, { min: 0.8, max: 2 }),
    smudge: float(6, { min: 0, max: 15, unit: '768ths' }),
    lines: float(0.9, { min: 0, max: 1 }),
    threshold: float(0.9, { min: 0.3, max: 3, unit: 'L*' }),
    rough: float(0.6, { min: 0, max: 1 }),
    laid: float(0.35, { min: 0, max: 1 }),
    angle: float(-58, { min: -90, max: 90, unit: 'deg', rebuilds: true }),
    darkest: float(0.95, { min: 0.6, max: 1 }),
    seed: seed(5, { rebuilds: true }),
  },
  build(graph, { source }, { contrast, smudge, lines, threshold, rough, laid, angle, darkest, seed }) {
    const field = lineField(graph, source, { sigma: 1.5, along: 5, tensorSigma: 2.8 });
    const { unit } = field;
    const { mass, shapes } = masses(graph, source, unit, smudge, angle);
    const drawn = graph.compute(toneKernel, { inputs: { lines: field.lines, tangents: field.tangents, mass, shapes }, params: { contrast, threshold, texel: HALF } });
    const fbm = { octaves: 2, corner: true };
    const sheet = noise(graph, [
      drawingPaper({ tooth: 2.2 * unit, fibres: 0.6, seed: seed + 7 }),
      { ...fbm, scale: [6 * unit, 2.2 * unit], seed: seed + 30 },
      { ...fbm, scale: 30 * unit, seed: seed + 31 },
      { ...fbm, scale: 45 * unit, seed: seed + 60 },
    ]);
    const pens = penStrokes(unit, [{ angle, spacing: 5.5 * unit, length: 60 * unit, width: 6.5 * unit, tilt: 0.04, bend: 1.2, overlap: 0.35, soft: 4 * unit, seed: seed + 20 }]);
    graph.inspect('tone', drawn, { channel: 'r' });
    graph.inspect('contours', drawn, { channel: 'g' });
    return graph.compute(drawKernel, { inputs: { tone: drawn, sheet }, params: { lines, rough, laid, darkest, rib: Math.max(FINEST_RIB, RIB * unit), ...pens } });
  },
});

/** In units, and in px what is left of it on small pictures. */
const RIB = 3;
const FINEST_RIB = 2.6;

/** Masses want no more than half the size. */
const HALF = 2;
// All in units: of the brush that simplifies the picture, of the blur of its shapes, and of that which their tone is compared with.
const BRUSH = 14;
const SHAPE = 1.6;
const DODGE = 30;
/** The tensor of the large forms, and where there are none the direction of the stick. */
const WIDE = 5;
const RELAXATION = { scale: 14 / WIDE, gain: 0.2 };
const REST = 1e-6;
// Px of the picture between two steps of the finger, in units.
const STEP = 1.5;

/** The large shapes of a picture (g lightness) and their dark masses (r), smudged along the forms, both of half the size. */
function masses(graph: FrameGraph, source: TextureHandle, unit: number, smudge: number, angle: number): { readonly mass: TextureHandle; readonly shapes: TextureHandle } {
  const relaxation = { ...RELAXATION, rest: { angle: (angle * Math.PI) / 180, weight: REST } };
  const flow = structureTensor(graph, source, { sigma: WIDE * unit, cut: 2.5, resolution: 'half', relaxation });
  const painted = kuwahara(graph, reduce(graph, source, HALF), { tensor: flow.tensor, texel: flow.texel / HALF }, { radius: (BRUSH * unit) / HALF, floor: 0.015 });
  const shapes = gaussianBlur(graph, drawingTones(graph, painted, {}, source), { sigma: (SHAPE * unit) / HALF });
  const blurred = coarseGaussianBlur(graph, shapes, { sigma: (DODGE * unit) / HALF });
  const mass = graph.compute(massKernel, { inputs: { tones: shapes, blurred: blurred.coarse }, params: { blurredTexel: blurred.factor } });
  const smudged = flowGaussian(graph, mass, tangentFlow(graph, flow, graph.sizeOf(mass)), { sigma: (smudge * unit) / HALF, stride: Math.max(1, (STEP * unit) / HALF) });
  graph.inspect('shapes', shapes, { channel: 'g' });
  graph.inspect('mass', smudged, { channel: 'r' });
  return { mass: smudged, shapes };
}
