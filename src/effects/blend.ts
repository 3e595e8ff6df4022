import kernel from '../../shaders/effects/blend.wgsl';
import { defineCombinator, type Effect, type Look } from '../core/effect.ts';
import { choice, float } from '../core/params.ts';

/** What a canvas and CSS call their blend modes. */
export type BlendMode =
  | 'normal' | 'multiply' | 'screen' | 'overlay' | 'darken' | 'lighten' | 'color-dodge' | 'color-burn' | 'hard-light' | 'soft-light' | 'difference' | 'exclusion'
  | 'hue' | 'saturation' | 'color' | 'luminosity';

/** Parameters of {@link blend}. */
export interface BlendParams {
  /** How the colours above meet those below. */
  mode: BlendMode;
  /** Of what is above: 0 leaves only what is below. */
  opacity: number;
}

// In the order of the numbers in the kernel.
const MODES: readonly BlendMode[] = [
  'normal', 'multiply', 'screen', 'overlay', 'darken', 'lighten', 'color-dodge', 'color-burn', 'hard-light', 'soft-light', 'difference', 'exclusion',
  'hue', 'saturation', 'color', 'luminosity',
];

/** What {@link blend} is called with. */
export type BlendGiven = [below: Look, above: Look, params?: Partial<BlendParams>];

/**
 * Paints two looks of the same picture and lays one over the other, as layers of a drawing program. Both may be chains, and blends again.
 *
 * Working space: sRGB code values, as canvases and CSS blend. Cost: 1 pass and those of both looks. Memory with the result: 12 B/px, where no look needs more.
 * @see https://www.w3.org/TR/compositing-1/#blending
 *
 * @example
 * ```ts
 * const look = studio.pipeline(blend(anisotropicKuwahara(), pencilDodge(), { mode: 'multiply', opacity: 0.6 }), paperTexture());
 * look.set('blend', { opacity: 0.3 });
 * look.set('pencilDodge', { sigma: 4 });
 * ```
 */
export const blend: Effect<BlendParams, BlendGiven> = defineCombinator({
  name: 'blend',
  looks: ['below', 'above'],
  params: {
    mode: choice('normal', MODES, { rebuilds: true }),
    opacity: float(1, { min: 0, max: 1 }),
  },
  build: (graph, { source }, { mode, opacity }, { below, above }) =>
    graph.compute(kernel, { inputs: { below: below(source), above: above(source) }, params: { opacity }, constants: { MODE: MODES.indexOf(mode) } }),
  halo: (_params, _unit, { below, above }) => Math.max(below, above),
}, (...[below, above, params]: BlendGiven) => ({ looks: { below, above }, params }));
