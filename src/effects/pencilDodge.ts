import kernel from '../../shaders/effects/pencilDodge.wgsl';
import coloredKernel from '../../shaders/effects/pencilDodge.wgsl?colored';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { bool, choice, float } from '../core/params.ts';
import { coarseGaussianBlur, gaussianReach, type CoarseBlur } from '../passes/gaussianBlur.ts';
import { recursiveFilter } from '../passes/recursiveFilter.ts';

/** Parameters of {@link pencilDodge}. */
export interface PencilDodgeParams {
  /** What a pixel is compared with. `gaussian`: all of its surroundings, which shades a soft dark band beside each strong edge. `edgePreserving`: those on its own side of the edge, which leaves thin contours, texture, and clean paper between them. */
  smoothing: 'gaussian' | 'edgePreserving';
  /** Width of the soft side of a stroke: the standard deviation of the blur, in px. With `edgePreserving` contours are a third as wide. */
  sigma: number;
  /** With `edgePreserving`: the step of luminance that counts as an edge. Larger values bring the soft bands back, smaller ones keep them from weak edges too. */
  sigmaR: number;
  /** From the picture (0; its grey where `color` is off) to the drawing (1). */
  strength: number;
  /** Darkness of the lines: 1 is the dodge formula, above it the lead is softer and darker, below it harder and paler. */
  gamma: number;
  /** Draw with coloured pencils instead of graphite. */
  color: boolean;
  /** With `color`: how much of the picture's shading lies on the paper. 0 leaves only lines and white paper, 1 all of its tones. */
  shade: number;
  /** With `color`: chroma of the pencils, 1 as in the picture. */
  saturation: number;
}

/**
 * Pencil drawing by colour dodge: luminance divided by its own blur, `out = min(1, y / blur(y))`, so that what is even turns into white
 * paper and what is darker than its surroundings into a line. With `color` the same lines are drawn over a thin layer of the picture's
 * colours, hue kept.
 *
 * With `smoothing: 'edgePreserving'` the blur stops at edges, and a narrow one behind it gives every edge its line. Lines are paler then; `gamma` 1.5
 * gives them the weight of a soft pencil.
 *
 * Working space: sRGB code values. The blur does not look at alpha; the import has filled transparent pixels from their neighbours.
 * Cost: 4 passes; with `edgePreserving` nine or ten. From sigma 4 on the blur runs on a half, from sigma 8 on a quarter of the size, so it is hardly dearer for a
 * larger sigma; the drawing differs from one with an exact blur by at least 48 dB (sigma 4: 54, sigma 8 and above: 48, on photographs). Memory with the result:
 * 4.5 B/px, with `edgePreserving` 12 to 16.
 * @see OpenCV's recipe `divide(gray, 255 - GaussianBlur(255 - gray), scale=256)`, which this is in exact arithmetic
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, for the smoothing that stops at edges
 *
 * @example
 * ```ts
 * const sketch = studio.pipeline(pencilDodge({ sigma: 12, gamma: 1.5 }));
 * const coloured = studio.pipeline(pencilDodge({ color: true }));
 * const clean = studio.pipeline(pencilDodge({ smoothing: 'edgePreserving', gamma: 1.5 }));
 * ```
 */
export const pencilDodge: Effect<PencilDodgeParams> = defineEffect({
  name: 'pencilDodge',
  params: {
    smoothing: choice('gaussian', ['gaussian', 'edgePreserving'], { rebuilds: true }),
    sigma: float(8, { min: 0.5, max: 64, unit: 'px', label: 'Stroke width', rebuilds: true }),
    sigmaR: float(0.1, { min: 0.01, max: 1, label: 'Edge tolerance' }),
    strength: float(1, { min: 0, max: 1 }),
    gamma: float(1, { min: 0.25, max: 4, label: 'Line darkness' }),
    color: bool(false, { label: 'Coloured pencils', rebuilds: true }),
    shade: float(0.4, { min: 0, max: 1 }),
    saturation: float(1.3, { min: 0, max: 3 }),
  },
  build(graph, { source }, { smoothing, sigma, sigmaR, strength, gamma, color, ...pencils }) {
    const { coarse, factor } = smoothing === 'gaussian' ? coarseGaussianBlur(graph, source, { sigma, scalarOf: 'luminance' }) : withinEdges(graph, source, sigma, sigmaR);
    const { width, height } = graph.sizeOf(source);
    const params = { factor, strength, gamma, ...(color ? pencils : {}) };
    return graph.compute(color ? coloredKernel : kernel, { inputs: { source, coarse }, params, invocations: [Math.ceil(width / PIXELS), height] });
  },
  // Smoothing that stops at edges goes on along whole lines where there are none.
  halo: ({ smoothing, sigma }) => (smoothing === 'gaussian' ? gaussianReach({ sigma }).reach : undefined),
});

/** Pixels of one invocation of the kernel. */
const PIXELS = 4;
// An edge that is kept in full is no darker than its surroundings, so what is smoothed is softened again: by this part of sigma, the width of a line.
const CONTOUR = 1 / 3;

function withinEdges(graph: FrameGraph, source: TextureHandle, sigma: number, sigmaR: number): CoarseBlur {
  const smooth = recursiveFilter(graph, source, { scalarOf: 'luminance', iterations: 3, sigmaS: sigma, sigmaR });
  return coarseGaussianBlur(graph, smooth, { sigma: CONTOUR * sigma, scalarOf: 'r' });
}
