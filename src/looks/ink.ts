import responseKernel from '../../shaders/looks/inkResponse.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float } from '../core/params.ts';
import { flowGaussian } from '../passes/flowGaussian.ts';
import { coarseGaussianBlur, gaussianBlur } from '../passes/gaussianBlur.ts';
import { drawingTones, drawingUnit, lineField } from '../passes/lineField.ts';
import { thresholded } from '../passes/thresholded.ts';

/** Parameters of {@link ink}. */
export interface InkParams {
  /** Thickness of the pen, in 768ths of the long side. */
  sigma: number;
  /** How sensitive the pen is to faint lines. */
  p: number;
  /** Balance of black and white: more makes more ink. */
  epsilon: number;
  /** Steepness of the threshold, per L*: 0.03 is a wash, 0.25 and more ink; pixels limit it by themselves. */
  phi: number;
  /** Share of the broad lines. */
  detail: number;
  /** What the brush fills with black; 0 leaves the lines alone. */
  fills: number;
  /** Rounds the ends of lines, in 768ths of the long side. */
  smooth: number;
}

/**
 * Brush and ink: lines of a flexible pen that follow the forms, darks filled with the brush, nothing else on white paper. It is XDoG on a picture that is white but where it is filled, so whites stay
 * clean and white lines appear in the blacks. Dark things are filled, dark skies are not: darkness is compared with what is far around.
 *
 * Lengths are relative to the picture, in 768ths of its long side ({@link ParamFacts}). Working space: sRGB code values, lines and tone in CIE L*. Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 25 passes. Memory with the result: 34 B/px (70 MB at 1920x1080).
 * @see H. Winnemöller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012
 * @see H. Kang, S. Lee and C. K. Chui, "Coherent Line Drawing", NPAR 2007
 *
 * @example
 * ```ts
 * const drawing = studio.pipeline(ink({ p: 30, fills: 0 }));
 * ```
 */
export const ink: Effect<InkParams> = defineEffect({
  name: 'ink',
  params: {
    sigma: float(1, { min: 0.6, max: 3, unit: '768ths', rebuilds: true }),
    p: float(22, { min: 5, max: 60 }),
    epsilon: float(66, { min: 30, max: 90, unit: 'L*' }),
    phi: float(0.25, { min: 0.02, max: 2 }),
    detail: float(0.5, { min: 0, max: 1.5 }),
    fills: float(1, { min: 0, max: 1 }),
    smooth: float(1.5, { min: 0, max: 4, unit: '768ths' }),
  },
  build(graph, { source }, { sigma, p, epsilon, phi, detail, fills, smooth }) {
    const tones = { high: 0.98 };
    const near = gaussianBlur(graph, drawingTones(graph, source, tones), { sigma: NEAR * drawingUnit(graph), cut: CUT });
    const { lines, flow, unit } = lineField(graph, source, { ...tones, sigma, along: 4 });
    const far = coarseGaussianBlur(graph, near, { sigma: FAR * unit, cut: CUT });
    const around = coarseGaussianBlur(graph, lines, { sigma: AROUND * unit, cut: CUT });
    const response = graph.compute(responseKernel, {
      inputs: { lines, tensor: flow.tensor, near, far: far.coarse, around: around.coarse },
      params: { p, detail, fills, tensorTexel: flow.texel, farTexel: far.factor, aroundTexel: around.factor },
    });
    const drawn = flowGaussian(graph, response, flow, { sigma: smooth * unit, stride: STRIDE * Math.max(1, unit) });
    graph.inspect('response', drawn, { channel: 'r', scale: 1 / WHITE });
    return thresholded(graph, drawn, { threshold: 'even', epsilon, phi, ink: BLACK, paper: PAPER });
  },
});

// Blurs, in units of a drawing, cut at so many sigmas.
const NEAR = 1.2;
const FAR = 60;
const AROUND = 24;
const CUT = 2.5;
/** Of the steps along the flow, in units. */
const STRIDE = 0.7;
// In L*.
const WHITE = 100;
const BLACK = [0.04, 0.04, 0.04];
const PAPER = [1, 1, 1];
