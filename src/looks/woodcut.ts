import boardKernel from '../../shaders/looks/woodcutBoard.wgsl';
import drawKernel from '../../shaders/looks/woodcut.wgsl';
import toneKernel from '../../shaders/looks/woodcutTone.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, seed } from '../core/params.ts';
import { flowPhase } from '../passes/flowPhase.ts';
import { formFlow } from '../passes/formFlow.ts';
import { coarseGaussianBlur } from '../passes/gaussianBlur.ts';
import { drawingUnit, lineField } from '../passes/lineField.ts';

/** Parameters of {@link woodcut}. */
export interface WoodcutParams {
  /** From gouge mark to gouge mark, in 768ths of the long side; never below 5.5 px. */
  period: number;
  /** From plain black and white to gouge marks. */
  carve: number;
  /** The tone at which plain black becomes white. */
  threshold: number;
  /** How black the contours are. */
  lines: number;
  /** The grain of the board in the blacks. */
  wood: number;
  /** Direction of the gouge where there is no form, as in skies, in degrees clockwise from the x axis: -15 rises to the right. */
  angle: number;
  /** Another board and another hand. */
  seed: number;
}

/**
 * A woodcut, black on warm white: gouge marks follow the forms and grow wider towards the light, until there is only paper, and end in the solid black of what was not cut. Contours are black on
 * light and white in the dark. In video the marks stay where they are.
 *
 * Lengths are relative to the picture, in 768ths of its long side ({@link ParamFacts}). Working space: sRGB code values, lines and tone in CIE L*. Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 32 passes. Memory with the result: 38 B/px (80 MB at 1920x1080), 4 of it the board, which is painted once for a size and a seed.
 * @see T. Tricard et al., "Procedural Phasor Noise", ACM Transactions on Graphics 38(4), 2019
 * @see H. Winnemöller, J. E. Kyprianidis and S. C. Olsen, "XDoG: An eXtended difference-of-Gaussians compendium including advanced image stylization", 2012
 *
 * @example
 * ```ts
 * const print = studio.pipeline(woodcut({ period: 10, wood: 0.8 }));
 * ```
 */
export const woodcut: Effect<WoodcutParams> = defineEffect({
  name: 'woodcut',
  params: {
    period: float(7.5, { min: 5, max: 16, unit: '768ths', rebuilds: true }),
    carve: float(0.9, { min: 0, max: 1 }),
    threshold: float(0.5, { min: 0.2, max: 0.8 }),
    lines: float(1, { min: 0, max: 1 }),
    wood: float(0.5, { min: 0, max: 1 }),
    angle: float(-15, { min: -90, max: 90, unit: 'deg' }),
    seed: seed(4, { rebuilds: true }),
  },
  build(graph, { source }, { period, carve, threshold, lines, wood, angle, seed }) {
    const unit = drawingUnit(graph);
    // First, while no other large texture is kept.
    const flow = formFlow(graph, source, { soft: SOFT * unit, sigma: FORMS * unit, ...RELAXATION, rest: { angle: (angle * Math.PI) / 180, weight: REST } });
    const mark = Math.max(FINEST, period * unit);
    const grid = flowPhase(graph, flow, { period: mark, seed });
    const field = lineField(graph, source, { sigma: 1.2, along: 4.5, tensorSigma: 2.6, low: 0.02 });
    const blurred = coarseGaussianBlur(graph, field.lines, { sigma: DODGE * unit });
    const tone = graph.compute(toneKernel, { inputs: { lines: field.lines, tangents: field.tangents, blurred: blurred.coarse }, params: { blurredTexel: blurred.factor } });
    const board = graph.baked(`woodcut board ${seed}`, 'rgba8unorm', graph.size, (into) => graph.compute(boardKernel, { into, params: { unit, seed: seed >>> 0 } }));
    graph.inspect('tone', tone, { channel: 'r' });
    return graph.compute(drawKernel, { inputs: { tone, grid, tensor: flow.tensor, board }, params: { period: mark, texel: flow.texel, carve, threshold, lines, wood } });
  },
});

// Px that a gouge mark takes at least.
const FINEST = 5.5;
// Standard deviations in units: of the blur that tone is compared with, of the picture before its flow is found, of the flow.
const DODGE = 45;
const SOFT = 2;
const FORMS = 6;
// Large forms lead where there are no small ones, and the hand where there are none at all; more of either, and skies turn corners between towers.
const RELAXATION = { scale: 4, gain: 0.12 };
const REST = 1e-4;
