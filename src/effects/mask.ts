import kernel from '../../shaders/effects/mask.wgsl';
import { defineCombinator, optional, type Effect, type Look } from '../core/effect.ts';
import { bool, float } from '../core/params.ts';
import { gaussianBlur, gaussianReach } from '../passes/gaussianBlur.ts';

/** Parameters of {@link mask}. */
export interface MaskParams {
  /** Paint where the mask is dark instead of where it is light. */
  invert: boolean;
  /** Standard deviation of a Gaussian that softens the mask's edges, in px; 0 takes the mask as it is. */
  feather: number;
}

/** What {@link mask} is called with: the look, and the name of the input that masks it: `'mask'` unless given, `'source'` for the picture itself. */
export type MaskGiven = [look: Look, input?: string, params?: Partial<MaskParams>];

/**
 * Paints a look where a second picture is light and leaves the source where it is dark, in between by its red channel. The picture is bound by
 * name when a frame is painted, and stretched over the source; where none is bound the look is everywhere, inverted or not.
 *
 * Working space: sRGB code values. Cost: 1 pass and those of the look; with `feather` those of a Gaussian blur of one channel. Memory with the result: 8 B/px, where the look needs no more.
 *
 * @example
 * ```ts
 * const look = studio.pipeline(mask([anisotropicKuwahara(), paperTexture()], 'background', { feather: 6 }));
 * await look.ready;
 * look.render(image, canvas, { inputs: { background: image } });
 * ```
 */
export const mask: Effect<MaskParams, MaskGiven> = defineCombinator({
  name: 'mask',
  looks: ['look'],
  inputs: { mask: optional('r') },
  params: {
    invert: bool(false),
    feather: float(0, { min: 0, max: 128, unit: 'px', rebuilds: true }),
  },
  build(graph, { source, mask }, { invert, feather }, { look }) {
    const painted = look(source);
    if (mask === undefined) return painted;
    const cover = feather === 0 ? mask : gaussianBlur(graph, mask, { sigma: feather, scalarOf: 'r' });
    return graph.compute(kernel, { inputs: { source, painted, cover }, params: { invert } });
  },
  halo: ({ feather }, _unit, { look }) => Math.max(look, feather === 0 ? 0 : gaussianReach({ sigma: feather }).reach),
}, (...[look, input = 'mask', params]: MaskGiven) => ({ looks: { look }, inputs: { mask: input }, params }));
