import drawKernel from '../../shaders/looks/comic.wgsl';
import edgesKernel from '../../shaders/looks/comicEdges.wgsl';
import lightKernel from '../../shaders/looks/comicLight.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, int } from '../core/params.ts';
import { blurredHalf, coarseGaussianBlur } from '../passes/gaussianBlur.ts';
import { levels } from '../passes/levels.ts';
import { lineField } from '../passes/lineField.ts';
import { oklab, OKLAB_SCALE } from '../passes/oklab.ts';
import { orientedBilateral } from '../passes/orientedBilateral.ts';

/** Parameters of {@link comic}. */
export interface ComicParams {
  /** Steps of light from black to white. */
  bins: number;
  /** How often colours are flattened: more leaves fewer, larger areas. */
  rounds: number;
  /** Size of what becomes one colour, a standard deviation in 768ths of the long side. */
  sigmaD: number;
  /** Difference of OKLab colours that stay apart. */
  sigmaR: number;
  /** Richness of the colours, a factor. */
  saturation: number;
  /** How much is inked; 0 is no line. */
  lines: number;
  /** The faintest line that is drawn, in L* units (0 to 100); more for noisy pictures. */
  threshold: number;
  /** How dark the dots of the shadows are; 0 is none. */
  dots: number;
  /** Distance of the dots in 768ths of the long side; never below 4 px. */
  dotSize: number;
}

/**
 * A page of a comic: colours smoothed along and across the forms and laid in few soft steps of light, contours of two weights in ink, dots in the shadows, black in the deepest darks.
 *
 * A step is hard where the light changes and soft where it is flat, so that the noise of a camera flips nothing; the dots stand still on the page. Lengths are relative to the
 * picture, in 768ths of its long side ({@link ParamFacts}). Working space: OKLab, lines in CIE L*. Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 29 passes. Memory with the result: 30 B/px (63 MB at 1920x1080).
 * @see H. Winnemöller, S. C. Olsen and B. Gooch, "Real-Time Video Abstraction", SIGGRAPH 2006
 * @see J. E. Kyprianidis and J. Döllner, "Image Abstraction by Structure Adaptive Filtering", 2008
 *
 * @example
 * ```ts
 * const page = studio.pipeline(comic({ bins: 4, dots: 0.8 }));
 * ```
 */
export const comic: Effect<ComicParams> = defineEffect({
  name: 'comic',
  params: {
    bins: int(6, { min: 3, max: 16, label: 'Steps of light' }),
    rounds: int(2, { min: 1, max: 4, rebuilds: true, label: 'Abstraction' }),
    sigmaD: float(3, { min: 1, max: 6, unit: '768ths', label: 'Size of flat areas' }),
    sigmaR: float(0.0425, { min: 0.02, max: 0.12, label: 'Contrast kept' }),
    saturation: float(1.25, { min: 0.5, max: 2 }),
    lines: float(1, { min: 0, max: 1 }),
    threshold: float(0.9, { min: 0.3, max: 3, unit: 'L*' }),
    dots: float(0.5, { min: 0, max: 1 }),
    dotSize: float(5, { min: 3, max: 12, unit: '768ths' }),
  },
  build(graph, { source }, { bins, rounds, sigmaD, sigmaR, saturation, lines, threshold, dots, dotSize }) {
    const { lines: responses, tangents, unit } = lineField(graph, source, { along: 4 });
    // Before the colours, so that they may have the place of the lines.
    const edges = graph.compute(edgesKernel, { inputs: { lines: responses, tangents }, params: { lines, threshold } });
    const colors = orientedBilateral(graph, oklab(graph, source), tangents, { sigmaD: sigmaD * unit, sigmaR, rounds, channelScale: OKLAB_SCALE });
    const tones = levels(graph, colors, { of: 'r', low: 0.01, high: 0.99 });
    const { width, height } = graph.size;
    const half = graph.compute(lightKernel, { inputs: { colors, tones }, size: { width: Math.ceil(width / 2), height: Math.ceil(height / 2) } });
    const near = blurredHalf(graph, half, NEAR * unit);
    const far = coarseGaussianBlur(graph, near.coarse, { sigma: (Math.sqrt(FAR ** 2 - NEAR ** 2) * unit) / near.factor });
    graph.inspect('edges', edges, { channel: 'r' });
    graph.inspect('flat', colors, { channel: 'r' });
    return graph.compute(drawKernel, {
      inputs: { colors, tones, edges, near: near.coarse, far: far.coarse },
      params: { bins, saturation, dots, period: Math.max(SMALLEST_PERIOD, dotSize * unit), unit, nearTexel: near.factor, farTexel: near.factor * far.factor },
    });
  },
});

// Standard deviations of the blurs of light, in units: what slopes are taken of, and what is a shadow.
const NEAR = 1;
const FAR = 2;
// In px: finer dots than these are grey.
const SMALLEST_PERIOD = 4;
