import kernel from '../../shaders/effects/lineIntegralConvolution.wgsl';
import noiseKernel from '../../shaders/effects/lineIntegralConvolution.wgsl?scalar';
import { defineEffect, optional, type Effect } from '../core/effect.ts';
import { choice, float, seed } from '../core/params.ts';
import { flowGaussian, flowGaussianReach } from '../passes/flowGaussian.ts';
import { guidedFlow } from '../passes/guidedFlow.ts';
import { noise } from '../passes/noise.ts';
import { structureTensor, tensorReach, type StructureTensorOptions } from '../passes/structureTensor.ts';
import { tangentFlow } from '../passes/tangentFlow.ts';

/** Parameters of {@link lineIntegralConvolution}. */
export interface LineIntegralConvolutionParams {
  /** What is smeared along the forms: the `picture` itself, or `noise`, which shows the flow alone, in grey. */
  of: 'picture' | 'noise';
  /** Standard deviation along the lines in px; they are four times as long. */
  sigma: number;
  /** Lines end where they would turn by more than this from one pixel to the next; 90 is never, less keeps corners. */
  stopAngle: number;
  /** Smoothing of the directions in px: more makes calmer lines. */
  tensorSigma: number;
  /** Size of the grains of the noise in px, which is the width of its lines; 1 is white noise. */
  grain: number;
  /** 0 leaves the picture, 1 shows the lines alone. */
  amount: number;
  /** Another noise. */
  seed: number;
}

/**
 * Line integral convolution: every pixel becomes the mean of the line that runs through it along the forms, as wet paint that is brushed out. With `of: 'noise'` the lines
 * themselves are drawn, in grey: a study of how a picture flows.
 *
 * Working space: sRGB code values. Taps are not weighted by alpha: transparent pixels carry a neighbour's colour. The input `directionMap` turns the lines: r and g are
 * 0.5 + 0.5 (x, y) of a direction, y downwards, and the distance from (0.5, 0.5) says how much it counts.
 * Cost: 13 passes, most of them small and for the directions, one of 4 sigma taps along the lines. Memory with the result: 25 B/px (52 MB at 1920x1080).
 * @see B. Cabral and L. Leedom, "Imaging vector fields using line integral convolution", SIGGRAPH 1993
 *
 * @example
 * ```ts
 * const smeared = studio.pipeline(lineIntegralConvolution({ sigma: 8, stopAngle: 30 }));
 * const flow = studio.pipeline(lineIntegralConvolution({ of: 'noise', sigma: 10 }));
 * ```
 */
export const lineIntegralConvolution: Effect<LineIntegralConvolutionParams> = defineEffect({
  name: 'lineIntegralConvolution',
  params: {
    of: choice('picture', ['picture', 'noise'], { rebuilds: true }),
    sigma: float(6, { min: 0, max: 40, unit: 'px', label: 'Line length' }),
    stopAngle: float(90, { min: 5, max: 90, unit: 'deg' }),
    tensorSigma: float(2, { min: 0, max: 10, unit: 'px', rebuilds: true, label: 'Flow smoothing' }),
    grain: float(1.5, { min: 1, max: 16, unit: 'px', rebuilds: true }),
    amount: float(1, { min: 0, max: 1 }),
    seed: seed(1, { rebuilds: true }),
  },
  inputs: { directionMap: optional('rgb') },
  build(graph, { source, directionMap }, { of, sigma, stopAngle, tensorSigma, grain, amount, seed }) {
    const own = structureTensor(graph, source, flowOf(tensorSigma));
    const tangents = tangentFlow(graph, guidedFlow(graph, own, { directionMap }));
    const along = { sigma, stopAngle };
    if (of === 'picture') {
      const lines = flowGaussian(graph, source, tangents, along);
      return graph.compute(kernel, { inputs: { source, lines }, params: { amount } });
    }
    const grains = noise(graph, [{ scale: grain, octaves: 1, corner: true, seed }]);
    const lines = flowGaussian(graph, grains, tangents, { ...along, scalarOf: 'r' });
    return graph.compute(noiseKernel, { inputs: { source, lines }, params: { amount, gain: contrastOf(sigma / grain) } });
  },
  halo: ({ sigma, tensorSigma }) => flowGaussianReach({ sigma }) + tensorReach(flowOf(tensorSigma)),
});

function flowOf(sigma: number): StructureTensorOptions {
  return { sigma, resolution: 'half', gradient: 'rotational', relaxation: true };
}

/** Undoes what averaging along a line takes from the noise, so that its contrast stays about the same: a standard deviation of 0.2. */
function contrastOf(sigmaInGrains: number): number {
  return Math.sqrt(1 + 2 * sigmaInGrains);
}
