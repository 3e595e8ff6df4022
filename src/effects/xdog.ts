import lightnessKernel from '../../shaders/effects/xdogLightness.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { bool, choice, color, colorToRgb, float, int } from '../core/params.ts';
import { differenceOfGaussians, differenceReach, type WeightedGaussian } from '../passes/differenceOfGaussians.ts';
import { flowDifferenceOfGaussians, flowDifferenceReach } from '../passes/flowDifferenceOfGaussians.ts';
import { flowGaussian, flowGaussianReach } from '../passes/flowGaussian.ts';
import { structureTensor, tensorReach, type StructureTensorOptions } from '../passes/structureTensor.ts';
import { thresholded } from '../passes/thresholded.ts';

/** How {@link xdog} makes ink and paper of a sharpened lightness. */
export type XdogThreshold = 'soft' | 'hard' | 'quantized' | 'none';

/** Parameters of {@link xdog}. */
export interface XdogParams {
  /** Width in px of the lines: the standard deviation of the narrow Gaussian. */
  sigma: number;
  /** How much wider the other Gaussian is, a factor: more makes broad halos. */
  k: number;
  /** Strength of the lines against the tones, p of the paper: 0 thresholds the photograph, 20 draws it, 100 leaves hardly anything but lines. */
  sharpness: number;
  /** The L* from which on all is paper: more makes more ink. */
  epsilon: number;
  /** Steepness of the threshold, per L*: up to 0.05 pastel and pencil, from 0.3 on ink. With `soft` and `quantized` only. */
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

/**
 * XDoG, the extended difference of Gaussians: sharpens lightness until the lines of a photograph stand out against its tones, then thresholds both. One formula is ink, woodcut, pastel, charcoal or
 * pencil, by how much it sharpens and how softly it thresholds: `D = (1 + p) G(sigma) L* - p G(k sigma) L*`, paper where D is at least epsilon, below it `1 + tanh(phi (D - epsilon))` of it.
 *
 * Working space: CIE L*, 0 to 100; ink and paper are mixed in sRGB code values. Alpha is not looked at: transparent pixels carry a neighbour's colour. As published but for two things: no threshold is
 * steeper than pixels can show, so contours have no jagged edges even where it is `hard`; and the staircase of `quantized` is continuous, so gentle steps draw no lines into skies.
 *
 * Cost: 15 passes, ten of them small, 94 B/px moved; the dear ones take 5 k sigma taps across the flow and 4 `along` along it. Without `flow` four passes, 56 B/px moved. Memory with the result: 29 B/px
 * (60 MB at 1920x1080), without `flow` 20 (41 MB).
 * @see H. Winnemöller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012
 * @see H. Kang, S. Lee and C. K. Chui, "Coherent Line Drawing", NPAR 2007 (the flow)
 *
 * @example
 * ```ts
 * const ink = studio.pipeline(xdog({ threshold: 'hard' }));
 * const pastel = studio.pipeline(xdog({ phi: 0.02, epsilon: 80, ink: '#2b211c', paper: '#f4ecdd' }), paperTexture());
 * const drawnOver = studio.pipeline(blend(anisotropicKuwahara(), xdog({ epsilon: 25 }), { mode: 'multiply' }));
 * ```
 */
export const xdog: Effect<XdogParams> = defineEffect({
  name: 'xdog',
  params: {
    sigma: float(1.4, { min: 0.5, max: 10, unit: 'px', rebuilds: true, label: 'Line width' }),
    k: float(1.6, { min: 1.1, max: 5, rebuilds: true }),
    sharpness: float(20, { min: 0, max: 100, rebuilds: true }),
    epsilon: float(50, { min: 1, max: 100, unit: 'L*' }),
    phi: float(0.1, { min: 0.005, max: 10 }),
    threshold: choice('soft', ['soft', 'hard', 'quantized', 'none'], { rebuilds: true }),
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
    const [narrow, wide] = gaussiansOf({ sigma, k, sharpness });
    const tensor = flow ? structureTensor(graph, source, flowOf(tensorSigma)) : undefined;
    const sharpened = tensor === undefined
      ? differenceOfGaussians(graph, lightness, narrow, wide)
      : flowDifferenceOfGaussians(graph, lightness, tensor, [{ of: 'r', gaussians: [narrow, wide] }], { along });
    graph.inspect('sharpened', sharpened, { channel: 'r', scale: 1 / WHITE });
    const drawn = thresholded(graph, sharpened, { threshold, epsilon, phi, levels, ink: colorToRgb(ink), paper: colorToRgb(paper) });
    return tensor === undefined ? drawn : flowGaussian(graph, drawn, tensor, { sigma: antialiasSigma });
  },
  halo({ flow, along, tensorSigma, antialiasSigma, ...params }) {
    const gaussians = gaussiansOf(params);
    if (!flow) return SLOPES + differenceReach(gaussians[1]);
    const sharpened = flowDifferenceReach([{ of: 'r', gaussians }], { along }, tensorReach(flowOf(tensorSigma)));
    return SLOPES + sharpened + flowGaussianReach({ sigma: antialiasSigma });
  },
});

function gaussiansOf({ sigma, k, sharpness }: Pick<XdogParams, 'sigma' | 'k' | 'sharpness'>): readonly [narrow: WeightedGaussian, wide: WeightedGaussian] {
  return [{ sigma, weight: 1 + sharpness }, { sigma: k * sigma, weight: -sharpness }];
}

function flowOf(sigma: number): StructureTensorOptions {
  return { sigma, resolution: 'half', gradient: 'rotational', relaxation: true };
}

// Px that the threshold looks at beside its own.
const SLOPES = 1;

// In L*.
const WHITE = 100;
