import touchKernel from '../../shaders/passes/oilTouch.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { float, seed, type ParamTable } from '../core/params.ts';
import { brushLayer, varied, type Brush } from './brushLayer.ts';
import { detailMap } from './detailMap.ts';
import { graded } from './graded.ts';
import { handFlow } from './handFlow.ts';
import { kuwahara } from './kuwahara.ts';
import { misfit } from './misfit.ts';
import { structureTensor, type StructureTensor } from './structureTensor.ts';
import type { CoarseBlur } from './gaussianBlur.ts';

/** The parameters that the looks `oil` and `oilImpasto` share. */
export interface OilPaintParams {
  /** Length and width of everything, a factor: small is busy and detailed, large is broad. */
  size: number;
  /** How small an error still calls for the fine brush: at 0.4 eyes and mouths are exact and walls loose, at 1 nearly every textured pixel is worked. */
  detail: number;
  /** Richness of dull colours, a factor; vivid ones are protected. */
  color: number;
  /** S curve of lightness about a dark mid-tone; black and white stay. */
  contrast: number;
  /** How much neighbouring strokes differ, a factor: 0 leaves bare facets, 2 is nervous. */
  variation: number;
  /** Another throw of the same painting. */
  seed: number;
}

/** Their rows in the tables of both looks. */
export const oilPaintParams: ParamTable<OilPaintParams> = {
  size: float(1, { min: 0.4, max: 2.5, rebuilds: true }),
  detail: float(0.4, { min: 0, max: 1 }),
  color: float(1.2, { min: 0.5, max: 1.6 }),
  contrast: float(0.14, { min: -0.2, max: 0.4 }),
  variation: float(1, { min: 0, max: 2 }),
  seed: seed(7, { rebuilds: true }),
};

/** Oil colours on a canvas, and what lighting them needs. */
export interface OilPaint {
  /** The painting, rgb in sRGB code values, and in alpha the height of its paint, or 1 where it is not `raised`. */
  readonly canvas: TextureHandle;
  readonly flow: StructureTensor;
  /** Where and how far the broad brush missed. */
  readonly missed: CoarseBlur;
  /** What both brushes left undone: the distance from the fine version. */
  readonly left: CoarseBlur;
  /** The misfit from which the fine brush corrects. */
  readonly tolerance: number;
}

/**
 * Colour of two Kuwahara filters, laid on with a broad brush and, where that misses, with a fine one; the last touches are put in with the point. What the looks `oil` and `oilImpasto` share.
 *
 * Working space: sRGB code values; grade and variation in OKLab.
 */
export function oilPaint(graph: FrameGraph, source: TextureHandle, { size, detail, color, contrast, variation, seed }: OilPaintParams, { raised }: { readonly raised: boolean }): OilPaint {
  const s = size * graph.unit(1024);
  const flow = handFlow(graph, structureTensor(graph, source, { sigma: 4 * s, cut: 2.5, resolution: 'half', relaxation: true }), { weight: 1.5e-4, swing: 1, seed });
  const broad = graded(graph, kuwahara(graph, source, flow, { radius: 9 * s, floor: 0.02 }), { color, contrast });
  const fine = graded(graph, kuwahara(graph, source, flow, { radius: 4 * s, floor: 0.015 }), { color, contrast });
  const tolerance = 0.16 * (1 - detail) + 0.02;

  const blocked = brushLayer(graph, { reference: broad, flow, below: broad, raised: false }, { ...OIL, ...varied(BROAD, variation), width: 16 * s, length: 46 * s, seed });
  const missed = misfit(graph, fine, blocked, 1.5 * s);
  const placement = { misfit: missed, low: 0.4 * tolerance, high: 1.2 * tolerance };
  const corrected = brushLayer(graph, { reference: fine, flow, below: blocked, raised: true }, { ...OIL, ...varied(FINE, variation), width: 8 * s, length: 24 * s, seed: seed + 1, placement });
  const left = detailMap(graph, fine, corrected, s);
  const canvas = graph.compute(touchKernel, { inputs: { canvas: corrected, fine, left: left.coarse }, params: { low: tolerance, high: 2.2 * tolerance, leftTexel: left.factor, raised: Number(raised) } });

  graph.inspect('broad', broad);
  graph.inspect('fine', fine);
  return { canvas, flow, missed, left, tolerance };
}

const OIL: Pick<Brush, 'angle' | 'bristle' | 'spacing' | 'order' | 'opacity' | 'edge'> = { angle: 0.12, bristle: 0.5, spacing: 0.7, order: 18, opacity: 1, edge: 1 };

type Temper = Pick<Brush, 'respect' | 'clip' | 'lightness' | 'chroma' | 'hue'>;
const BROAD: Temper = { respect: 0.12, clip: 0.1, lightness: 0.025, chroma: 0.12, hue: 0.03 };
const FINE: Temper = { respect: 0.08, clip: 0.08, lightness: 0.02, chroma: 0.1, hue: 0.02 };
