import lightnessKernel from '../../shaders/effects/xdogLightness.wgsl';
import thresholdKernel from '../../shaders/effects/xdog.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { TextureHandle } from '../core/frameGraph.ts';
import { bool, choice, color, colorToRgb, float, int } from '../core/params.ts';
import { differenceOfGaussians } from '../passes/differenceOfGaussians.ts';
import { flowDifferenceOfGaussians } from '../passes/flowDifferenceOfGaussians.ts';
import { flowGaussian } from '../passes/flowGaussian.ts';
import { structureTensor } from '../passes/structureTensor.ts';
import { tangentFlow } from '../passes/tangentFlow.ts';

/** How {@link xdog} makes ink and paper of a sharpened lightness. */
export type XdogThreshold = 'soft' | 'hard' | 'quantized' | 'none';

/** Parameters of {@link xdog}. */
export interface XdogParams {
  /** Width in px of the lines: the standard deviation of the narrow Gaussian. */
  sigma: number;
  /** How much wider the other Gaussian is, a factor: more makes broad shadows and halos. */
  k: number;
  /** Strength of the lines against the tones, p of the paper: 0 thresholds the photograph, 20 draws it, 100 leaves hardly anything but lines. */
  sharpness: number;
  /** The L* from which on all is paper: more makes more ink. */
  epsilon: number;
  /** Steepness of the threshold per L*: below 0.05 pastel and pencil, from 0.3 on ink. */
  phi: number;
  /** `soft` as in the paper; `hard` black and white, antialiased; `quantized` a staircase of tones; `none` shows the sharpened lightness itself. */
  threshold: XdogThreshold;
  /** Steps of tone of `quantized`. */
  levels: number;
  /** Follow the forms: long clean lines instead of specks. */
  flow: boolean;
  /** Length in px of what is joined along the flow, a standard deviation; only with `flow`. */
  along: number;
  /** Smoothing of the directions in px; only with `flow`. */
  tensorSigma: number;
  /** Smoothing of the drawn contours along the flow, in px; only with `flow`. */
  antialiasSigma: number;
  /** Colour of the lines and the darks. */
  ink: string;
  /** Colour of the sheet. */
  paper: string;
}

// In the order of the numbers in the kernel.
const THRESHOLDS: readonly XdogThreshold[] = ['soft', 'hard', 'quantized', 'none'];

export const xdog: Effect<XdogParams> = defineEffect({
  name: 'xdog',
  params: {
    sigma: float(1.4, { min: 0.5, max: 10, unit: 'px', rebuilds: true, label: 'Line width' }),
    k: float(1.6, { min: 1.1, max: 5, rebuilds: true }),
    sharpness: float(20, { min: 0, max: 100, rebuilds: true }),
    epsilon: float(60, { min: 1, max: 100 }),
    phi: float(0.1, { min: 0.005, max: 10 }),
    threshold: choice('soft', THRESHOLDS, { rebuilds: true }),
    levels: int(4, { min: 1, max: 16 }),
    flow: bool(true, { rebuilds: true }),
    along: float(4, { min: 0, max: 20, unit: 'px' }),
    tensorSigma: float(2.3, { min: 0, max: 10, unit: 'px', rebuilds: true, label: 'Flow smoothing' }),
    antialiasSigma: float(1, { min: 0, max: 5, unit: 'px', label: 'Edge smoothing' }),
    ink: color('#000000'),
    paper: color('#ffffff'),
  },
  build(graph, { source }, { sigma, k, sharpness, epsilon, phi, threshold, levels, flow, along, tensorSigma, antialiasSigma, ink, paper }) {
    const lightness = graph.compute(lightnessKernel, { inputs: { source } });
    const [narrow, wide] = [{ sigma, weight: 1 + sharpness }, { sigma: k * sigma, weight: -sharpness }];
    const params = { epsilon, phi, levels, ink: colorToRgb(ink), paper: colorToRgb(paper) };
    const drawn = (sharpened: TextureHandle): TextureHandle => graph.compute(thresholdKernel, { inputs: { sharpened }, params, constants: { THRESHOLD: THRESHOLDS.indexOf(threshold) } });
    if (!flow) return drawn(differenceOfGaussians(graph, lightness, narrow, wide));
    const tangents = tangentFlow(graph, structureTensor(graph, source, { sigma: tensorSigma, resolution: 'half', gradient: 'rotational', relaxation: true }));
    const sharpened = flowDifferenceOfGaussians(graph, lightness, tangents, [{ of: 'r', gaussians: [narrow, wide] }], { along });
    return flowGaussian(graph, drawn(sharpened), tangents, { sigma: antialiasSigma });
  },
});
