import exactKernel from '../../shaders/effects/bilateral.wgsl';
import cellsKernel from '../../shaders/effects/bilateralCells.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { choice, float } from '../core/params.ts';
import { packCells } from '../passes/packCells.ts';

/** Parameters of {@link bilateral}. */
export interface BilateralParams {
  /** `exact` weighs every pixel of the window, as OpenCV; `fast` only the nearest, and all others in cells of 2 x 2 or 4 x 4. */
  quality: 'exact' | 'fast';
  /** Difference of colour that still counts as alike, |dr| + |dg| + |db| in code values; 1/255 of OpenCV's. */
  sigmaColor: number;
  /** Reach in px: the standard deviation of the weights, which end at 1.5 times this. */
  sigmaSpace: number;
}

/**
 * Bilateral filter: each pixel becomes the mean of those around it, the more weighted the nearer they are in place and in colour. Noise and texture go, edges stay.
 *
 * `exact` is OpenCV's `bilateralFilter` with `d = 0` on 8-bit colour, within one level of 255 on photographs (70 dB or more).
 * `fast` differs from it by 43 to 48 dB up to sigmaSpace 7.6, and by 40 to 43 dB above: cells mix the two sides of an edge, which moves
 * single pixels there by up to 20 levels and leaves no blocks.
 *
 * Working space: sRGB code values. Pixels count by their alpha; where none counts the colour stays.
 * Cost: 2 passes; taps per pixel at sigmaSpace 3, 5, 8 and 16: `exact` 49, 197, 441 and 1793, `fast` 16, 52, 44 and 136. Memory with the result: 5 B/px (10 MB at 1920x1080),
 * from sigmaSpace 7.7 on 4.3, `exact` 8. On a software GPU with two cores `fast` takes 1 to 1.7 times as long as
 * single-threaded opencv.js with sigmaSpace 3 (d = 9), but 0.7 times with 5, 0.3 with 8 and 0.15 with 16.
 * @see C. Tomasi, R. Manduchi, "Bilateral Filtering for Gray and Color Images", 1998
 * @see https://docs.opencv.org/4.6.0/d4/d86/group__imgproc__filter.html
 *
 * @example
 * ```ts
 * const smooth = studio.pipeline(bilateral({ sigmaColor: 0.2, sigmaSpace: 5 }));
 * const likeOpenCv = studio.pipeline(bilateral({ quality: 'exact', sigmaColor: 75 / 255, sigmaSpace: 6 }));
 * ```
 */
export const bilateral: Effect<BilateralParams> = defineEffect({
  name: 'bilateral',
  params: {
    quality: choice('fast', ['exact', 'fast'], { rebuilds: true }),
    sigmaColor: float(0.25, { min: 0.001, max: 2, label: 'Edge tolerance' }),
    sigmaSpace: float(5, { min: 0.5, max: 16, unit: 'px', rebuilds: true, label: 'Reach' }),
  },
  build(graph, { source }, { quality, sigmaColor, sigmaSpace }) {
    const { radius, factor } = windowOf({ quality, sigmaSpace });
    const weights = { color: steepness(sigmaColor), space: steepness(sigmaSpace) };
    const size = graph.sizeOf(source);
    if (factor === 1) {
      // The last invocation of a row has up to three outputs past the edge, and reads for them.
      const margin = radius + OUTPUTS - 1;
      const { cells, width } = packCells(graph, source, 1, margin);
      return graph.compute(exactKernel, { inputs: { cells }, params: { ...weights, radius, margin, width }, size, invocations: [Math.ceil(size.width / OUTPUTS), size.height] });
    }
    const reach = radiusInCells(radius, factor);
    const margin = Math.floor(reach);
    const { cells, width } = packCells(graph, source, factor, margin);
    return graph.compute(cellsKernel, {
      inputs: { source, cells },
      params: { ...weights, reach, factor, margin, width },
      invocations: [Math.ceil(size.width / BLOCK), Math.ceil(size.height / BLOCK)],
    });
  },
  halo(params) {
    const { radius, factor } = windowOf(params);
    return factor === 1 ? radius : factor * (Math.floor(radiusInCells(radius, factor)) + 1);
  },
});

/** How far a pixel looks, in px, and the side of the cells it looks at. */
function windowOf({ quality, sigmaSpace }: Pick<BilateralParams, 'quality' | 'sigmaSpace'>): { readonly radius: number; readonly factor: number } {
  const radius = Math.max(1, roundHalfToEven(RADIUS_PER_SIGMA * sigmaSpace));
  return { radius, factor: quality === 'exact' ? 1 : cellFor(radius) };
}

const RADIUS_PER_SIGMA = 1.5;
/** Outputs in a row of one invocation of the exact kernel. */
const OUTPUTS = 4;
/** Rows and columns of outputs of one invocation of the fast kernel. */
const BLOCK = 2;
// Below, `fast` would have hardly fewer taps than `exact`.
const HALVE_FROM_RADIUS = 3;
const QUARTER_FROM_RADIUS = 12;

function cellFor(radius: number): number {
  if (radius < HALVE_FROM_RADIUS) return 1;
  return radius < QUARTER_FROM_RADIUS ? 2 : 4;
}

// A little more than the disc of equal area: at radius 4 it takes 4 + 48 pixels where OpenCV has 49, else it would be 36.
const WIDER = 1.05;

/** Cells as far from the pixel's own count. */
function radiusInCells(radius: number, factor: number): number {
  let pixels = 0;
  for (let y = -radius; y <= radius; y++) pixels += 2 * Math.floor(Math.sqrt(radius * radius - y * y)) + 1;
  return Math.sqrt((WIDER * pixels) / Math.PI) / factor;
}

/** What a squared distance is multiplied by, for `package::lib::bilateral`. */
function steepness(sigma: number): number {
  return 1 / (64 * sigma * sigma);
}

/** OpenCV's cvRound. */
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
