import { defineEffect, optional, type Effect } from '../core/effect.ts';
import { float, int, seed } from '../core/params.ts';
import { brushLayer } from '../passes/brushLayer.ts';
import { gaussianBlur } from '../passes/gaussianBlur.ts';
import { guidedFlow } from '../passes/guidedFlow.ts';
import { handFlow } from '../passes/handFlow.ts';
import { misfit } from '../passes/misfit.ts';
import { paintLight } from '../passes/paintLight.ts';
import { structureTensor } from '../passes/structureTensor.ts';

/** Parameters of {@link brushStrokes}. */
export interface BrushStrokesParams {
  /** Width of the broadest brush in px. */
  width: number;
  /** Length of its strokes in px, where the picture does not change colour sooner; they are never shorter than wide, and at most 9.2 times as long as they lie apart. */
  length: number;
  /** How many brushes: each next one is half as large and laid only where the canvas is still wrong. */
  layers: number;
  /** How small an error calls for a finer brush. */
  detail: number;
  /** Distance of the strokes, in widths: above 1 the picture shows between them. */
  spacing: number;
  /** How far the ends of the strokes fray. */
  bristle: number;
  /** How strictly upper strokes hide lower ones: 10 wet in wet, 18 oil, 30 crisp. */
  order: number;
  /** Of a stroke in its middle. */
  opacity: number;
  /** A stroke fades where the picture is this far from its own colour (rgb distance): small keeps paint inside shapes, large lets it run over contours. */
  respect: number;
  /** The difference of any channel that ends a stroke. */
  clip: number;
  /** Random variation of lightness from stroke to stroke, in OKLab L. */
  lightness: number;
  /** Of chroma, a part of it. */
  chroma: number;
  /** Of hue, a part of a half turn. */
  hue: number;
  /** Of direction, a part of a quarter turn. */
  angle: number;
  /** Smoothing of the directions in px: more makes calmer, longer lines. */
  tensorSigma: number;
  /** How strongly the resting hand leads where the picture has no direction, a factor; 0 leaves it to the noise of the picture. */
  hand: number;
  /** How far the paint stands out in the light; 0 is flat. */
  relief: number;
  /** Another throw of the same strokes. */
  seed: number;
}

/**
 * Curved, tapered, bristled brush strokes that follow the forms of the picture, in one to four sizes, each finer one only where the canvas is still wrong. The looks
 * paint with the same brushes; before it goes a filter that paints, as `anisotropicKuwahara`, or the photograph itself.
 * The input `radiusMap` (red, 0 to 1) makes strokes smaller, not more, so the picture shows between them and at 0 there are none; `directionMap` (red and green, 0.5 + 0.5 (x, y)) says where they run.
 *
 * Working space: sRGB code values, variation and light in OKLab. Alpha is not looked at: transparent pixels carry a neighbour's colour. Cost: 23 passes, small and large, with the two layers of
 * the defaults, and 6 for each more; the large ones ask about twelve strokes for each pixel. Memory with the result: 39 B/px (82 MB at 1920x1080); thin brushes need more, 80 B a stroke.
 * @see A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998
 * @see P. Litwinowicz, "Processing Images and Video for an Impressionist Effect", SIGGRAPH 1997
 *
 * @example
 * ```ts
 * const painted = studio.pipeline(anisotropicKuwahara({ radius: 4 }), brushStrokes({ width: 20, layers: 3, relief: 0.6 }));
 * ```
 */
export const brushStrokes: Effect<BrushStrokesParams> = defineEffect({
  name: 'brushStrokes',
  params: {
    width: float(14, { min: 2, max: 120, unit: 'px', rebuilds: true }),
    length: float(42, { min: 2, max: 400, unit: 'px', rebuilds: true }),
    layers: int(2, { min: 1, max: 4, rebuilds: true }),
    detail: float(0.5, { min: 0, max: 1 }),
    spacing: float(0.7, { min: 0.4, max: 1.5, rebuilds: true }),
    bristle: float(0.5, { min: 0, max: 1 }),
    order: float(18, { min: 5, max: 40 }),
    opacity: float(1, { min: 0, max: 1 }),
    respect: float(0.12, { min: 0.02, max: 2 }),
    clip: float(0.1, { min: 0.01, max: 1 }),
    lightness: float(0.03, { min: 0, max: 0.3 }),
    chroma: float(0.15, { min: 0, max: 1 }),
    hue: float(0.03, { min: 0, max: 1 }),
    angle: float(0.12, { min: 0, max: 1 }),
    tensorSigma: float(3, { min: 0, max: 20, unit: 'px', rebuilds: true, label: 'Flow smoothing' }),
    hand: float(1, { min: 0, max: 10 }),
    relief: float(0.4, { min: 0, max: 2 }),
    seed: seed(1, { rebuilds: true }),
  },
  inputs: { radiusMap: optional('r'), directionMap: optional('rgb') },
  build(graph, { source, radiusMap, directionMap }, { width, length, layers, detail, tensorSigma, hand, relief, seed, ...look }) {
    const tensor = structureTensor(graph, source, { sigma: tensorSigma, resolution: 'half', relaxation: true });
    const flow = guidedFlow(graph, handFlow(graph, tensor, { weight: HAND * hand, swing: 1, seed }), { radiusMap, directionMap });
    const tolerance = LARGEST_TOLERANCE * (1 - detail) + SMALLEST_TOLERANCE;
    let canvas = source;
    for (let layer = 0; layer < layers; layer++) {
      const factor = 0.5 ** layer;
      const brush = { ...look, edge: 1, width: width * factor, length: length * factor, seed: seed + layer };
      if (layer === 0) canvas = brushLayer(graph, { reference: source, flow, below: source, raised: false }, brush);
      else {
        const missed = misfit(graph, source, canvas, MISFIT_WIDTH * brush.width);
        canvas = brushLayer(graph, { reference: source, flow, below: canvas, raised: true }, { ...brush, placement: { misfit: missed, low: 0.4 * tolerance, high: 1.2 * tolerance } });
      }
    }
    const height = gaussianBlur(graph, canvas, { sigma: SMOOTHING, scalarOf: 'a' });
    graph.inspect('height', height);
    return paintLight(graph, canvas, height, { gain: GAIN, depth: DEPTH * relief });
  },
});

const HAND = 1.5e-4;
const LARGEST_TOLERANCE = 0.16;
const SMALLEST_TOLERANCE = 0.02;
// The misfit is blurred by this part of the brush that is to correct it.
const MISFIT_WIDTH = 0.2;
// In px: every pixel would glitter without it.
const SMOOTHING = 0.6;
const GAIN = 2;
const DEPTH = 0.3;
