import chalkToneKernel from '../../shaders/looks/chalkTone.wgsl';
import grainKernel from '../../shaders/looks/pastelGrain.wgsl';
import groundKernel from '../../shaders/looks/pastelGround.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { TextureHandle } from '../core/frameGraph.ts';
import { color, colorToRgb, float, seed } from '../core/params.ts';
import { brushLayer, varied, type Brush, type Chalk } from '../passes/brushLayer.ts';
import { flowGaussian } from '../passes/flowGaussian.ts';
import { coarseGaussianBlur } from '../passes/gaussianBlur.ts';
import { handFlow } from '../passes/handFlow.ts';
import { kuwahara } from '../passes/kuwahara.ts';
import { misfit } from '../passes/misfit.ts';
import { noise } from '../passes/noise.ts';
import { structureTensor } from '../passes/structureTensor.ts';
import { tangentFlow } from '../passes/tangentFlow.ts';

/** Parameters of {@link pastelPaint}. */
export interface PastelPaintParams {
  /** Length and width of everything, a factor: small is busy and detailed, large is broad. */
  size: number;
  /** Where the hard, fine chalk is used: 0 hardly, 1 nearly everywhere. */
  detail: number;
  /** How much the tooth of the paper shows: 0 is oil pastel, 1.5 rough paper. */
  grainStrength: number;
  /** Broken colour: how much neighbouring strokes differ, a factor. */
  variation: number;
  /** Richness of the colours, a factor. */
  color: number;
  /** How grey black chalk is: its OKLab lightness. */
  lift: number;
  /** Colour of the sheet between the strokes. A mid-tone is best: white makes snow in the darks, black makes pepper in the sky. */
  paper: string;
  /** Another throw of the same painting. */
  seed: number;
}

/**
 * Soft pastel: a smudged underpainting on toned paper, over it broad chalk and, where that misses, hard fine chalk. Strokes break on the tooth of the paper and on their own
 * streaks; black is lifted, darks are duller than lights; in flat places all strokes are hatched one way.
 *
 * Lengths grow with the picture, so a painting keeps its composition from 450 to 2000 px; the tooth grows less, as paper is paper. Working space: sRGB code values; tone, variation
 * and grain in OKLab. Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 33 passes. Memory with the result: 43 B/px (89 MB at 1920x1080), 4 of it the sheet, which is painted once for a size and a seed.
 * @see A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998
 * @see J. E. Kyprianidis et al., "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010
 *
 * @example
 * ```ts
 * const drawing = studio.pipeline(pastelPaint({ paper: '#8d9aa3', variation: 1.4 }));
 * ```
 */
export const pastelPaint: Effect<PastelPaintParams> = defineEffect({
  name: 'pastelPaint',
  params: {
    size: float(1, { min: 0.4, max: 2.5, rebuilds: true }),
    detail: float(0.6, { min: 0, max: 1 }),
    grainStrength: float(1, { min: 0, max: 1.5 }),
    variation: float(1, { min: 0, max: 2 }),
    color: float(1.12, { min: 0.7, max: 1.5 }),
    lift: float(0.24, { min: 0, max: 0.35 }),
    paper: color('#a89480'),
    seed: seed(11, { rebuilds: true }),
  },
  build(graph, { source }, { size, detail, grainStrength, variation, color, lift, paper, seed }) {
    const s = size * graph.unit(1024);
    const chalky = (picture: TextureHandle): TextureHandle => graph.compute(chalkToneKernel, { inputs: { source: picture }, params: { lift, color } });
    const flow = handFlow(graph, structureTensor(graph, source, { sigma: 6 * s, cut: 2.5, resolution: 'half', relaxation: true }), { weight: 5e-4, swing: 0.35, seed });
    const broad = chalky(kuwahara(graph, source, flow, { radius: 9 * s, floor: 0.02 }));
    const fine = chalky(kuwahara(graph, source, flow, { radius: 4 * s, floor: 0.015 }));

    // Paper is paper: its tooth grows less than the picture, and never below what pixels can show.
    const cell = Math.max(1.2, 1.5 * s ** 0.7);
    const sheet = noise(graph, [
      { scale: cell, seed: seed + 2, octaves: 1, corner: true },
      [{ scale: cell, seed, octaves: 1, corner: true, weight: 0.6 }, { scale: 2.2 * cell, seed: seed + 1, octaves: 1, corner: true, weight: 0.4 }],
    ]);
    // All four channels, though one is looked at: its texture is then one of those the canvases take later.
    const along = flowGaussian(graph, sheet, tangentFlow(graph, flow, graph.sizeOf(flow.tensor)), { sigma: 3 * s });
    const under = coarseGaussianBlur(graph, broad, { sigma: 4 * s });
    const { ground, tooth } = graph.computeAll(groundKernel, {
      inputs: { blurred: under.coarse, noise: sheet, along },
      params: { paper: colorToRgb(paper), strength: grainStrength, factor: under.factor },
    }) as { ground: TextureHandle; tooth: TextureHandle };

    const blocked = brushLayer(graph, { reference: broad, flow, below: ground, raised: false }, {
      ...varied(SOFT, variation), width: 26 * s, length: 90 * s, seed: seed + 1, chalk: { ...SOFT.chalk, tooth },
    });
    const tolerance = 0.2 * (1 - detail) + 0.03;
    const drawn = brushLayer(graph, { reference: fine, flow, below: blocked, raised: false }, {
      ...varied(HARD, variation), width: 9 * s, length: 32 * s, seed: seed + 2, chalk: { ...HARD.chalk, tooth },
      placement: { misfit: misfit(graph, fine, blocked, 1.5 * s), low: 0.4 * tolerance, high: 1.3 * tolerance },
    });
    graph.inspect('broad', broad);
    graph.inspect('fine', fine);
    graph.inspect('tooth', tooth);
    graph.inspect('ground', ground);
    graph.inspect('blocked', blocked);
    return graph.compute(grainKernel, { inputs: { canvas: drawn, tooth }, params: { strength: grainStrength } });
  },
});

/** A piece of chalk: a brush without the lengths, which the look scales, and without the tooth. */
type Stick = Omit<Brush, 'width' | 'length' | 'seed' | 'placement' | 'chalk'> & { readonly chalk: Omit<Chalk, 'tooth'> };
const SOFT: Stick = {
  respect: 0.13, clip: 0.12, lightness: 0.055, chroma: 0.35, hue: 0.06, angle: 0.07, bristle: 0.3, spacing: 0.7, order: 22, opacity: 0.9, edge: 2, chalk: { press: 0.68, soft: 0.2 },
};
const HARD: Stick = {
  respect: 0.09, clip: 0.1, lightness: 0.04, chroma: 0.25, hue: 0.04, angle: 0.07, bristle: 0.3, spacing: 0.7, order: 20, opacity: 0.95, edge: 1.5, chalk: { press: 0.82, soft: 0.25 },
};
