import drawKernel from '../../shaders/looks/engraving.wgsl';
import flowKernel from '../../shaders/looks/engraving.wgsl?flow';
import { defineEffect, type Effect } from '../core/effect.ts';
import type { TextureHandle } from '../core/frameGraph.ts';
import { choice, float, seed } from '../core/params.ts';
import { flowPhase } from '../passes/flowPhase.ts';
import { formFlow } from '../passes/formFlow.ts';
import { lineField } from '../passes/lineField.ts';
import { noise } from '../passes/noise.ts';
import { penTone } from '../passes/penTone.ts';
import { relief } from '../passes/relief.ts';

/** Parameters of {@link engraving}. */
export interface EngravingParams {
  /** From line to line, in 768ths of the long side; never below 4.2 px. */
  period: number;
  /** `relief`: straight lines that bulge over the forms, as on banknotes. `flow`: lines along the forms. */
  mode: 'relief' | 'flow';
  /** Direction of the first lines in degrees clockwise from the x axis; with `flow` where there is no form. */
  angle: number;
  /** How far the lines of `relief` bulge. */
  bend: number;
  /** A darker plate above 1, a lighter one below. */
  gamma: number;
  /** The darkness from which a second system crosses the first; 1 is never. */
  cross: number;
  /** How black the contours are. */
  lines: number;
  /** How far into the half-tones light lines break into dashes. */
  dashes: number;
  /** How smooth the lines of `flow` are, in 768ths of the long side. */
  flow: number;
  /** Other dashes, and with `flow` other lines. */
  seed: number;
}

/**
 * Copperplate: parallel lines whose width is the tone, dashes in the lights, a second system across the darks, contours. In `relief` lines bulge over the forms, which suits faces; in `flow` they
 * run along them, and in video stay where they are. Width carries the tone, so it wants pixels: for print enlarge the photograph by 2 to 4 first.
 *
 * Lengths are relative to the picture, in 768ths of its long side ({@link ParamFacts}). Working space: tone and lines in CIE L* of sRGB code values, ink on paper in linear light. Alpha is not looked at: transparent pixels carry
 * a neighbour's colour.
 *
 * Cost: 28 passes, with `flow` 36 and 63 more in the first frame. Memory with the result: 35 B/px (73 MB at 1920x1080), 4 of it the dashes, which are painted once for a
 * size, a period and a seed; `flow` needs 38.
 * @see T. Tricard et al., "Procedural Phasor Noise", ACM Transactions on Graphics 38(4), 2019
 * @see H. Kang, S. Lee and C. K. Chui, "Coherent Line Drawing", NPAR 2007
 *
 * @example
 * ```ts
 * const banknote = studio.pipeline(engraving({ period: 4 }));
 * const landscape = studio.pipeline(engraving({ mode: 'flow', cross: 0.6 }));
 * ```
 */
export const engraving: Effect<EngravingParams> = defineEffect({
  name: 'engraving',
  params: {
    period: float(5, { min: 3, max: 14, unit: '768ths', rebuilds: true }),
    mode: choice('relief', ['relief', 'flow'], { rebuilds: true }),
    angle: float(18, { min: -90, max: 90, unit: 'deg' }),
    bend: float(1, { min: 0, max: 1.2 }),
    gamma: float(1.1, { min: 0.6, max: 2 }),
    cross: float(0.5, { min: 0.3, max: 1 }),
    lines: float(0.9, { min: 0, max: 1 }),
    dashes: float(0.18, { min: 0, max: 0.4 }),
    flow: float(12, { min: 4, max: 24, unit: '768ths', rebuilds: true }),
    seed: seed(2, { rebuilds: true }),
  },
  build(graph, { source }, { period, mode, angle, bend, gamma, cross, lines, dashes, flow, seed }) {
    const field = lineField(graph, source, { sigma: 0.9, along: 2.2, high: 0.98 });
    const { unit } = field;
    const tone = penTone(graph, field, { gamma, ...BURIN });
    const line = Math.max(FINEST, period * unit);
    const dash = { octaves: 1, corner: true };
    const broken = noise(graph, [[{ ...dash, scale: LONG_DASH * line, weight: 0.75, seed: seed + 11 }, { ...dash, scale: line, weight: 0.25, seed: seed + 12 }]]);
    const params = { period: line, bend, cross, lines, dashes };
    if (mode === 'relief') {
      const push = relief(graph, field);
      const directions = [...normalOf(angle), ...normalOf(angle - CROSSING)];
      return graph.compute(drawKernel, { inputs: { tone, dashes: broken, push: push.coarse }, params: { ...params, directions, texel: push.factor } });
    }
    const { tensor, texel } = formFlow(graph, source, { soft: SOFT * unit, sigma: flow * unit, ...RELAXATION, rest: { angle: radians(angle), weight: REST } });
    const [first, second] = [0, CROSSING].map((turn, i) => flowPhase(graph, { tensor, texel }, { period: line, turn: radians(turn), seed: seed + i })) as [TextureHandle, TextureHandle];
    const directions = [1, 0, Math.cos(radians(CROSSING)), Math.sin(radians(CROSSING))];
    return graph.compute(flowKernel, { inputs: { tone, dashes: broken, first, second, tensor }, params: { ...params, directions, texel } });
  },
});

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
/** Across lines of this direction. */
const normalOf = (degrees: number): [number, number] => [-Math.sin(radians(degrees)), Math.cos(radians(degrees))];

/** The point and the belly of the burin. */
const BURIN = { local: 0.35, threshold: 1, softness: 1.5, weights: [0.95, 0.8] } as const;
// Px that a line takes at least, with what is left between.
const FINEST = 4.2;
// Between the two systems, in degrees.
const CROSSING = 62;
// In periods.
const LONG_DASH = 3.2;
// Standard deviation in units of the picture before its flow is found.
const SOFT = 1.5;
// Large forms lead where there are no small ones, and the hand where there are none at all.
const RELAXATION = { scale: 3, gain: 0.3 };
const REST = 3e-5;
