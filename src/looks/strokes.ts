import groundKernel from '../../shaders/looks/tonedGround.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { float, seed } from '../core/params.ts';
import { brushLayer, type Brush } from '../passes/brushLayer.ts';
import { coarseGaussianBlur, gaussianBlur } from '../passes/gaussianBlur.ts';
import { graded } from '../passes/graded.ts';
import { handFlow } from '../passes/handFlow.ts';
import { kuwahara } from '../passes/kuwahara.ts';
import { misfit } from '../passes/misfit.ts';
import { paintLight } from '../passes/paintLight.ts';
import { structureTensor } from '../passes/structureTensor.ts';

/** Parameters of {@link strokes}. */
export interface StrokesParams {
  /** Length and width of everything, a factor: small is busy and detailed, large is broad. */
  size: number;
  /** How readily finer brushes correct the broad one; 0 is a bold sketch. */
  detail: number;
  /** Length of the strokes, a factor: 0.3 dabs, 1 commas, 1.6 long swirls. */
  reach: number;
  /** Broken colour, a factor: 0 tonal, 1 as Monet, 2 as the fauves. */
  variation: number;
  /** Richness of dull colours, a factor. */
  color: number;
  /** How far strokes stand out in the light. */
  relief: number;
  /** Another throw of the same painting. */
  seed: number;
}

/**
 * Impressionist strokes on a toned ground: three brushes, each only where the one before left the picture wrong. `reach: 0.3` with `variation: 1.6` is pointillist.
 *
 * Lengths grow with the picture, so a painting keeps its composition from 450 to 2000 px. Lettering and faces below about 30 px are simplified. Working space: sRGB code values,
 * variation and light in OKLab. Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 37 passes. Memory with the result: 46 B/px (95 MB at 1920x1080).
 * @see A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998
 * @see P. Litwinowicz, "Processing Images and Video for an Impressionist Effect", SIGGRAPH 1997
 *
 * @example
 * ```ts
 * const pointillist = studio.pipeline(strokes({ reach: 0.3, variation: 1.6 }));
 * ```
 */
export const strokes: Effect<StrokesParams> = defineEffect({
  name: 'strokes',
  params: {
    size: float(1, { min: 0.4, max: 2.5, rebuilds: true }),
    detail: float(0.5, { min: 0, max: 1 }),
    reach: float(1, { min: 0.3, max: 1.6, rebuilds: true }),
    variation: float(1, { min: 0, max: 2 }),
    color: float(1.35, { min: 0.8, max: 1.8 }),
    relief: float(0.5, { min: 0, max: 1.5 }),
    seed: seed(3, { rebuilds: true }),
  },
  build(graph, { source }, { size, detail, reach, variation, color, relief, seed }) {
    const s = size * graph.unit(1024);
    const flow = handFlow(graph, structureTensor(graph, source, { sigma: 7 * s, cut: 2.5, relaxation: true }), { weight: 4e-4, swing: 1.5, seed });
    const reference = graded(graph, kuwahara(graph, source, flow, { radius: 6 * s, floor: 0.02 }), { color, contrast: CONTRAST });
    let canvas = tonedGround(graph, reference, s);
    BRUSHES.forEach(({ width, length, respect, clip, hue, tolerance }, layer) => {
      const t = tolerance * (1.5 - detail);
      const placement = layer === 0 ? {} : { placement: { misfit: misfit(graph, reference, canvas, 0.25 * width * s, 'full'), low: 0.5 * t, high: 1.6 * t } };
      const brush = { ...CRISP, width: width * s, length: length * s * reach, respect, clip, lightness: 0.05 * variation, chroma: 0.35 * variation, hue: hue * variation, seed: seed * 10 + layer };
      canvas = brushLayer(graph, { reference, flow, below: canvas, raised: layer > 0 }, { ...brush, ...placement });
    });
    const height = gaussianBlur(graph, canvas, { sigma: SMOOTHING, scalarOf: 'a' });
    graph.inspect('reference', reference);
    graph.inspect('height', height);
    return paintLight(graph, canvas, height, { gain: (GAIN * Math.max(s, SMALLEST_SIZE)) / REFERENCE_SIZE, depth: DEPTH * relief });
  },
});

const CONTRAST = 0.2;
const CRISP: Pick<Brush, 'angle' | 'bristle' | 'spacing' | 'order' | 'opacity' | 'edge'> = { angle: 0.1, bristle: 0.75, spacing: 0.72, order: 30, opacity: 0.98, edge: 1 };
// Lengths in px of a picture 1024 px long. The first brush covers everything.
const BRUSHES = [
  { width: 36, length: 120, respect: 0.28, clip: 0.2, hue: 0.09, tolerance: 0 },
  { width: 20, length: 66, respect: 0.18, clip: 0.16, hue: 0.07, tolerance: 0.09 },
  { width: 9, length: 28, respect: 0.11, clip: 0.11, hue: 0.04, tolerance: 0.12 },
];
// In px, at any size.
const SMOOTHING = 0.6;
const GAIN = 1.5;
const DEPTH = 0.2;
// Slopes of broad strokes are gentle, so relief grows with the picture; below this it would vanish.
const REFERENCE_SIZE = 0.6;
const SMALLEST_SIZE = 0.5;

function tonedGround(graph: FrameGraph, reference: TextureHandle, s: number): TextureHandle {
  const { coarse, factor } = coarseGaussianBlur(graph, reference, { sigma: 30 * s });
  return graph.compute(groundKernel, { inputs: { blurred: coarse }, params: { tone: OCHRE, hint: 0.3, blurredTexel: factor }, size: graph.sizeOf(reference) });
}

const OCHRE = [0.6, 0.47, 0.34];
