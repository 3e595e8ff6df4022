import paperKernel from '../../shaders/looks/gouachePaper.wgsl';
import tonesKernel from '../../shaders/looks/gouacheTones.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, int, seed } from '../core/params.ts';
import { brushLayer, type Brush } from '../passes/brushLayer.ts';
import { detailMap } from '../passes/detailMap.ts';
import { handFlow } from '../passes/handFlow.ts';
import { kuwahara } from '../passes/kuwahara.ts';
import { noise } from '../passes/noise.ts';
import { structureTensor } from '../passes/structureTensor.ts';

/** Parameters of {@link gouache}. */
export interface GouacheParams {
  /** Length and width of everything, a factor: small is busy and detailed, large is broad. */
  size: number;
  /** How readily thin things are kept, as masts and whiskers. */
  detail: number;
  /** Number of tones from dark to light: 4 is a poster. */
  tones: number;
  /** How flat the tones are: 1 is pure flats, 0 a soft painting without steps. */
  flat: number;
  /** Richness of the colours, a factor. */
  color: number;
  /** Chalkiness and tooth of the surface. */
  paper: number;
  /** Another throw of the same painting. */
  seed: number;
}

/**
 * Gouache: the shapes of two wide Kuwahara filters, thin things from a third; few tones and few strengths of colour whose contours wander like a hand; a fourth filter cleans them,
 * and flat opaque strokes lay them on. Matt: no black, no paper white.
 *
 * Lengths grow with the picture, so a painting keeps its composition from 450 to 2000 px. Working space: sRGB code values; steps, variation and paper in OKLab. Alpha is not
 * looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 24 passes. Memory with the result: 31 B/px (65 MB at 1920x1080), 4 of it the sheet, which is painted once for a size and a seed.
 * @see J. E. Kyprianidis et al., "Anisotropic Kuwahara Filtering with Polynomial Weighting Functions", 2010
 * @see H. Winnemoeller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", SIGGRAPH 2006
 *
 * @example
 * ```ts
 * const poster = studio.pipeline(gouache({ tones: 4, flat: 1 }));
 * ```
 */
export const gouache: Effect<GouacheParams> = defineEffect({
  name: 'gouache',
  params: {
    size: float(1, { min: 0.4, max: 2.5, rebuilds: true }),
    detail: float(0.5, { min: 0, max: 1 }),
    tones: int(7, { min: 3, max: 12 }),
    flat: float(0.85, { min: 0, max: 1 }),
    color: float(1.1, { min: 0.6, max: 1.5 }),
    paper: float(0.5, { min: 0, max: 1 }),
    seed: seed(5, { rebuilds: true }),
  },
  build(graph, { source }, { size, detail, tones, flat, color, paper, seed }) {
    const s = size * graph.unit(1024);
    const flow = handFlow(graph, structureTensor(graph, source, { sigma: 4 * s, cut: 2.5, resolution: 'half', relaxation: true }), { weight: 1.5e-4, swing: 1, seed });
    // Twice, because a second filter merges what one wide filter only smooths.
    const broad = kuwahara(graph, kuwahara(graph, source, flow, { radius: 10 * s, floor: 0.015 }), flow, { radius: 7 * s, floor: 0.01 });
    const fine = kuwahara(graph, source, flow, { radius: 4 * s, floor: 0.012 });
    const lost = detailMap(graph, fine, broad, 1.2 * s);
    const tolerance = 0.3 * (1 - detail) + 0.03;
    const wander = noise(graph, [{ scale: 26 * s, seed }, { scale: Math.max(1.6, 2.6 * s), seed: seed + 5, gain: 0.6 }, { scale: 70 * s, seed: seed + 6 }]);
    const stepped = graph.compute(tonesKernel, {
      inputs: { broad, fine, lost: lost.coarse, noise: wander },
      params: { factor: lost.factor, low: 0.5 * tolerance, high: 1.3 * tolerance, tones, flatness: flat, color },
    });
    // Slivers and jagged steps go.
    const clean = kuwahara(graph, stepped, flow, { radius: 3.5 * s, floor: 0.01, sharpness: 12 });
    const canvas = brushLayer(graph, { reference: clean, flow, below: clean, raised: false }, { ...GOUACHE, width: 20 * s, length: 56 * s, seed });
    graph.inspect('broad', broad);
    graph.inspect('fine', fine);
    graph.inspect('clean', clean);
    graph.inspect('lost', lost.coarse);
    graph.inspect('stepped', stepped);
    return graph.compute(paperKernel, { inputs: { canvas, noise: wander }, params: { paper } });
  },
});

const GOUACHE: Omit<Brush, 'width' | 'length' | 'seed'> = {
  respect: 0.06, clip: 0.06, lightness: 0.014, chroma: 0.06, hue: 0.012, angle: 0.12, bristle: 0.8, spacing: 0.7, order: 18, opacity: 1, edge: 1,
};
