import kernel from '../../shaders/passes/orientedBilateral.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** What {@link orientedBilateral} is given. */
export interface OrientedBilateralOptions {
  /** Standard deviation of the distance in px, above 0. */
  readonly sigmaD: number;
  /** Standard deviation of the difference of two colours, in the unit of the source, above 0: what differs more stays apart. */
  readonly sigmaR: number;
  /** How often it filters across and along the flow, a whole number from 0. */
  readonly rounds: number;
  /** What the three channels of a difference of colours are multiplied by; 1 each where it is left out. */
  readonly channelScale?: readonly [number, number, number];
}

/**
 * Orientation-aligned bilateral filter: a bilateral filter of one dimension across the flow, then one along it, `rounds` times. Flat places become one colour, edges stay sharp and
 * contours smooth. Borders clamped.
 *
 * It reaches 2 sigmaD. Up to sigmaD 3 taps are 1 px apart; beyond it they are 1/3 of a sigma apart, so that cost no longer grows: on a photograph this differs from taps at every
 * pixel by 48 dB and more.
 *
 * Cost: two passes a round, 4 sigmaD samples each, at most 12; 16 B/px of memory for any number of rounds.
 * @see J. E. Kyprianidis and J. Döllner, "Image Abstraction by Structure Adaptive Filtering", 2008
 *
 * @param source - rgba8unorm or rgba16float of any colour space and range, as that of `oklab`
 * @param tangents - of {@link tangentFlow}, of any size
 * @returns rgba16float of the size and range of the source, alpha 1; the source itself with no rounds
 * @example
 * ```ts
 * const tangents = tangentFlow(graph, structureTensor(graph, source, { sigma: 2 }));
 * const flat = orientedBilateral(graph, oklab(graph, source), tangents, { sigmaD: 3, sigmaR: 0.0425, rounds: 2 });
 * ```
 */
export function orientedBilateral(graph: FrameGraph, source: TextureHandle, tangents: TextureHandle, { sigmaD, sigmaR, rounds, channelScale = [1, 1, 1] }: OrientedBilateralOptions): TextureHandle {
  const { stride, steps } = tapsOf(sigmaD);
  const scale = channelScale.map((factor) => factor / (sigmaR * Math.sqrt(2 * BELL)));
  const params = { stride, steps, space: stride ** 2 / (2 * BELL * sigmaD ** 2), scale };
  const filtered = (colors: TextureHandle, direction: readonly [number, number]): TextureHandle => graph.compute(kernel, { inputs: { source: colors, tangents }, params: { ...params, direction } });
  let colors = source;
  for (let round = 0; round < rounds; round++) colors = filtered(filtered(colors, ACROSS), ALONG);
  return colors;
}

/** How many px beyond its own a pixel depends on, apart from what the flow depends on. */
export function orientedBilateralReach({ sigmaD, rounds }: Pick<OrientedBilateralOptions, 'sigmaD' | 'rounds'>): number {
  const { stride, steps } = tapsOf(sigmaD);
  return 2 * rounds * (stride * steps + 1);
}

function tapsOf(sigmaD: number): { readonly stride: number; readonly steps: number } {
  const stride = Math.max(1, sigmaD / TAPS_PER_SIGMA);
  return { stride, steps: Math.ceil((CUT * sigmaD) / stride) };
}

const ACROSS = [0, 1] as const;
const ALONG = [1, 0] as const;
const TAPS_PER_SIGMA = 3;
// In sigmas, as published.
const CUT = 2;
// The kernel's weights are exp(-32 x).
const BELL = 32;
