import paintKernel from '../../shaders/looks/watercolor.wgsl';
import bleedKernel from '../../shaders/looks/watercolorBleed.wgsl';
import shapesKernel from '../../shaders/looks/watercolorShapes.wgsl';
import washesKernel from '../../shaders/looks/watercolorWashes.wgsl';
import drawnWashesKernel from '../../shaders/looks/watercolorWashes.wgsl?pencil';
import lightnessKernel from '../../shaders/passes/lightness.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { float, int, seed } from '../core/params.ts';
import { detailMap } from '../passes/detailMap.ts';
import { flowDifferenceOfGaussians } from '../passes/flowDifferenceOfGaussians.ts';
import { gaussianBlur, gaussianWeights, reducedSigma, type CoarseBlur } from '../passes/gaussianBlur.ts';
import { kuwahara } from '../passes/kuwahara.ts';
import { levels, type LevelsOptions } from '../passes/levels.ts';
import { noise, type NoiseTerm } from '../passes/noise.ts';
import { structureTensor, type StructureTensor } from '../passes/structureTensor.ts';
import { tangentFlow } from '../passes/tangentFlow.ts';

/** Parameters of {@link watercolor}. */
export interface WatercolorParams {
  /** Length and width of everything, a factor: small is busy and detailed, large is broad. */
  size: number;
  /** How readily a fine brush takes over where a broad one loses features. */
  detail: number;
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
  /** White border, a part of the shorter side; 0 paints to the edge, as video and seamless pictures want. */
  margin: number;
  /** Drawing under the wash: 0 has none and costs none, 0.6 is line and wash. */
  pencil: number;
  /** Richness of dull colours, a factor; vivid ones are protected. */
  color: number;
  /** Another sheet and another run of the water. */
  seed: number;
}

/**
 * Watercolour: shapes of two Kuwahara filters with wobbling contours, laid in a few washes that are hard-edged where the sheet is dry and run where it is wet; pigment that
 * gathers in rims, clouds, clumps and the tooth of the paper; a pencil drawing under it, and white paper around it.
 *
 * Tones are stretched and brought to a high key by the histogram of the whole picture, so a night becomes a blue wash. Lengths grow with the picture, the tooth of the paper slower. Paper and paint
 * know nothing of alpha, which stays the source's: transparent pixels carry a neighbour's colour. Working space: OKLab, densities on sRGB code values.
 *
 * Cost: 30 passes: three Kuwahara filters, and light ones of which half are of half the size or less; the pencil takes four of them. Memory with the result: 39 B/px (82 MB at 1920x1080), 4 of
 * it the noises of the sheet, which are painted once for a size and a seed; 31 without the pencil.
 * @see A. Bousseau, M. Kaplan, J. Thollot and F. X. Sillion, "Interactive Watercolor Rendering with Temporal Coherence and Abstraction", NPAR 2006
 * @see H. Winnemöller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", SIGGRAPH 2006 (soft steps)
 *
 * @example
 * ```ts
 * const aquarelle = studio.pipeline(watercolor({ washes: 6, pencil: 0.6 }));
 * ```
 */
export const watercolor: Effect<WatercolorParams> = defineEffect({
  name: 'watercolor',
  params: {
    size: float(1, { min: 0.4, max: 2.5, rebuilds: true }),
    detail: float(0.5, { min: 0, max: 1 }),
    washes: int(5, { min: 3, max: 9 }),
    wobble: float(1, { min: 0, max: 3 }),
    bleed: float(1, { min: 0, max: 4 }),
    edge: float(1, { min: 0, max: 2 }),
    granulation: float(1, { min: 0, max: 2 }),
    margin: float(0.035, { min: 0, max: 0.12 }),
    pencil: float(0.3, { min: 0, max: 1, rebuilds: true }),
    color: float(1.3, { min: 0.6, max: 1.8 }),
    seed: seed(21, { rebuilds: true }),
  },
  build(graph, { source }, { size, detail, washes, wobble, bleed, edge, granulation, margin, pencil, color, seed }) {
    const s = size * graph.unit(1024);
    const flow = structureTensor(graph, source, { sigma: 4 * s, cut: 2.5, resolution: 'half', relaxation: true });
    const sheet = sheetOf(graph, s, seed);

    const fine = kuwahara(graph, source, flow, { radius: 4 * s, floor: 0.015 });
    const line = pencil > 0 ? pencilLines(graph, fine, flow, s) : undefined;
    const broad = kuwahara(graph, source, flow, { radius: 9 * s, floor: 0.02 });
    const map = detailMap(graph, fine, broad, 1.2 * s);
    const tolerance = 0.36 * (1 - detail) + 0.03;
    const wobbling = graph.compute(shapesKernel, {
      inputs: { broad, fine, map: map.coarse, waver: sheet.paper },
      params: { reach: REACH * wobble * s, low: 0.5 * tolerance, high: 1.3 * tolerance, mapTexel: map.factor },
    });
    // The wobble has softened contours; a small filter makes them crisp again.
    const shapes = kuwahara(graph, wobbling, flow, { radius: 6 * s, floor: 0.012 });

    const tones = levels(graph, shapes, STRETCH);
    const laid = { inputs: { source: shapes, tones, water: sheet.water }, params: { washes, waterTexel: sheet.texel } };
    const wash = line === undefined ? graph.compute(washesKernel, laid) : graph.compute(drawnWashesKernel, { ...laid, inputs: { ...laid.inputs, line } });
    const bled = blurredWash(graph, wash, 2.2 * s, 2.5 * s * bleed);
    const rim = gaussianBlur(graph, wash, { sigma: 0.9 * s, scalarOf: 'r', cut: CUT });

    graph.inspect('shapes', shapes);
    const inputs = { wash, bled: bled.coarse, rim, paper: sheet.paper, drift: sheet.drift, border: sheet.border };
    const params = {
      unit: s, edge, granulation, color, pencil,
      margin: margin * Math.min(graph.frame.width, graph.frame.height),
      relief: RELIEF * Math.max(s, SMALLEST_RELIEF),
      bledTexel: bled.factor,
      noiseTexel: sheet.texel,
    };
    return graph.compute(paintKernel, { inputs, params });
  },
});

// A white sheet stays white and a black one dark.
const STRETCH: LevelsOptions = { of: 'oklab', low: 0.02, high: 0.98, gain: 0.7, darkest: 0.35, lightest: 0.65, contrasts: [-1, 0] };
// Where Gaussians are cut, in sigmas.
const CUT = 2.5;
// How steep the tooth is, for the light; on small pictures it is no flatter than this.
const RELIEF = 0.9;
const SMALLEST_RELIEF = 0.6;

/** Two noises shift contours, a slow one by up to 4 px of a picture 1024 px long and a quick one by 1.6. */
const SLOW = 4;
const QUICK = 1.6;
const REACH = SLOW + QUICK;

/** What the sheet and the water on it are like. Noise of more than 14 px is kept coarse. */
interface Sheet {
  /** For each pixel: r, g how contours waver in x and y, b clumps of pigment, a the tooth. */
  readonly paper: TextureHandle;
  /** r wander of the thresholds of tone, g wetness. */
  readonly water: TextureHandle;
  /** r hue, g strength, b mixture of the darks, a clouds of density. */
  readonly drift: TextureHandle;
  /** r, g the line of the margin, slow and quick, b where it is dry, a the same wander as in `water`. */
  readonly border: TextureHandle;
  /** Px per texel of all but the paper. */
  readonly texel: number;
}

function sheetOf(graph: FrameGraph, s: number, seed: number): Sheet {
  const waver = (k: number): readonly [NoiseTerm, NoiseTerm] => [
    { scale: 42 * s, seed: seed + k, weight: SLOW / REACH },
    { scale: 7 * s, seed: seed + 2 + k, octaves: 2, weight: QUICK / REACH },
  ];
  // Paper is physical: on a print twice as long its tooth is 1.6 times as large. A finer one would alias.
  const tooth = Math.max(1.6, 3.2 * s ** 0.7);
  const wander = { scale: 55 * s, seed: seed + 5, octaves: 4 };
  const texel = Math.max(1, Math.round(4 * s));
  return {
    paper: noise(graph, [
      waver(0),
      waver(1),
      { scale: Math.max(2.2, 5 * s), seed: seed + 11, octaves: 4, gain: 0.7 },
      [{ scale: tooth, seed: seed + 12, octaves: 4, gain: 0.7, weight: 0.6 }, { scale: 3 * tooth, seed: seed + 13, weight: 0.4 }],
    ]),
    water: noise(graph, [wander, { scale: 110 * s, seed: seed + 6 }], { texel }),
    drift: noise(graph, [
      { scale: 90 * s, seed: seed + 7 },
      { scale: 70 * s, seed: seed + 8 },
      { scale: 60 * s, seed: seed + 9 },
      { scale: 130 * s, seed: seed + 10, octaves: 5, gain: 0.55 },
    ], { texel }),
    border: noise(graph, [{ scale: 110 * s, seed: seed + 14, octaves: 2 }, { scale: 14 * s, seed: seed + 15 }, { scale: 90 * s, seed: seed + 16, octaves: 2 }, wander], { texel }),
    texel,
  };
}

/** The drawing under the wash: what is darker than both its sides. */
function pencilLines(graph: FrameGraph, fine: TextureHandle, flow: StructureTensor, s: number): TextureHandle {
  const lightness = graph.compute(lightnessKernel, { inputs: { source: fine } });
  const tangents = tangentFlow(graph, flow, graph.sizeOf(flow.tensor));
  const darker = { of: 'r', gaussians: [{ sigma: 0.45 + 0.45 * s, weight: 1 }, { sigma: 0.72 + 1.12 * s, weight: -1 }] } as const;
  return flowDifferenceOfGaussians(graph, lightness, tangents, [darker], { along: 3 * s });
}

// From this standard deviation on half the size is enough.
const HALVE_FROM_SIGMA = 1.5;
// The uniform array of the kernel holds weights for distances 0 to 63.
const LARGEST_RADIUS = 63;

/** A wash whose lightness is blurred by one sigma and whose colour by another, in px. */
function blurredWash(graph: FrameGraph, wash: TextureHandle, lightness: number, color: number): CoarseBlur {
  const factor = lightness < HALVE_FROM_SIGMA ? 1 : 2;
  const sigmas = [lightness, color, color, 0].map((sigma) => (factor === 1 ? sigma : reducedSigma(sigma, factor)));
  // Cut sooner where they are too many, before they are made to sum to 1: what is missing would take its colour along.
  const channels = sigmas.map((sigma) => gaussianWeights(sigma, Math.min(CUT, LARGEST_RADIUS / Math.max(sigma, 1))).weights);
  const radius = Math.max(...channels.map((weights) => weights.length - 1));
  const weights = Array.from({ length: 4 * (radius + 1) }, (_, i) => channels[i % 4]![Math.floor(i / 4)] ?? 0);
  const { width, height } = graph.sizeOf(wash);
  const rows = graph.compute(bleedKernel, { inputs: { source: wash }, params: { direction: [1, 0], texel: factor, radius, weights }, size: { width: Math.ceil(width / factor), height: Math.ceil(height / factor) } });
  return { coarse: graph.compute(bleedKernel, { inputs: { source: rows }, params: { direction: [0, 1], texel: 1, radius, weights } }), factor };
}
