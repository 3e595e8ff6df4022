import kernel from '../../shaders/effects/pencilSketch.wgsl';
import coloredKernel from '../../shaders/effects/pencilSketch.wgsl?colored';
import { defineEffect, type Effect } from '../core/effect.ts';
import { bool, float } from '../core/params.ts';
import { domainTransform, windowRadius } from '../passes/domainTransform.ts';
import { windowCounts } from '../passes/windowCounts.ts';

/** Parameters of {@link pencilSketch}. */
export interface PencilSketchParams {
  /** How far a pixel looks for its like, in px. */
  sigmaS: number;
  /** Difference of colour that counts as far away: small values draw weak edges too. */
  sigmaR: number;
  /** Brightness of each pixel that is alike; with 0 the sheet is black. */
  shadeFactor: number;
  /** Draw in the picture's own hues instead of grey. */
  color: boolean;
}

/**
 * Pencil drawing: each pixel is as bright as there are pixels like it on its row and column, so flat places stay paper and edges and texture turn
 * dark. OpenCV's `pencilSketch`, both of its results, without its fault that lines which lie wholly within the window lose their count
 * in the first row and column.
 *
 * Working space: sRGB code values. Alpha counts nothing. Cost: 5 passes, hardly dependent on `sigmaS`. Memory with the result: 16 B/px.
 * @see https://docs.opencv.org/4.6.0/df/dac/group__photo__render.html
 *
 * @example
 * ```ts
 * const both = studio.pipeline({ sketch: pencilSketch(), pencil: pencilSketch({ color: true }) });
 * ```
 */
export const pencilSketch: Effect<PencilSketchParams> = defineEffect({
  name: 'pencilSketch',
  params: {
    sigmaS: float(60, { min: 0.5, max: 200, unit: 'px', label: 'Reach' }),
    sigmaR: float(0.07, { min: 0.01, max: 1, label: 'Edge tolerance' }),
    shadeFactor: float(0.02, { min: 0, max: 0.1, label: 'Brightness' }),
    color: bool(false, { rebuilds: true }),
  },
  build(graph, { source }, { sigmaS, sigmaR, shadeFactor, color }) {
    const transforms = domainTransform(graph, source, { sigmaS, sigmaR });
    // OpenCV runs its filter for this and keeps no more than the windows of the first of three rounds.
    const { across, down } = windowCounts(graph, transforms, windowRadius(sigmaS, 0, 3));
    const params = { shade: shadeFactor };
    return color ? graph.compute(coloredKernel, { inputs: { source, across, down }, params }) : graph.compute(kernel, { inputs: { across, down }, params });
  },
});
