import tonesKernel from '../../shaders/looks/halftoneTones.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float, list } from '../core/params.ts';
import { halftonePrint } from '../passes/halftonePrint.ts';
import { levels } from '../passes/levels.ts';
import { drawingUnit } from '../passes/lineField.ts';

/** Parameters of {@link halftone}. */
export interface HalftoneParams {
  /** Distance of the dots in 768ths of the long side; never below 4 px. */
  period: number;
  /** Angles of the screens of cyan, magenta, yellow and black in degrees; all equal are pop art, with moiré. */
  angles: readonly number[];
  /** Grey component replacement: black ink instead of three colours. */
  gcr: number;
  /** Dot gain. */
  gain: number;
  /** How far outlines cut through the dots: 0 gives dots of one size per area, 1 crisp outlines. */
  sharp: number;
  /** Richness of the colours, a factor. */
  saturation: number;
}

/**
 * Four-colour offset print: dots of cyan, magenta, yellow and black in rosettes on off-white paper. Black is kept out of skin, and round dots leave round holes, so that darks stay open.
 *
 * The screen grows with the picture, so a print looks the same from 450 to 2000 px. Working space: tones in OKLab, amounts of ink on sRGB code values, inks and paper in linear light.
 * Alpha is not looked at: transparent pixels carry a neighbour's colour.
 *
 * Cost: 7 passes. Memory with the result: 12 B/px (25 MB at 1920x1080).
 * @see J. A. C. Yule, "Principles of Color Reproduction", 1967
 *
 * @example
 * ```ts
 * const magazine = studio.pipeline(halftone());
 * const popArt = studio.pipeline(halftone({ period: 12, angles: [45, 45, 45, 45], saturation: 1.6 }));
 * ```
 */
export const halftone: Effect<HalftoneParams> = defineEffect({
  name: 'halftone',
  params: {
    period: float(5.5, { min: 3, max: 20, unit: '768ths', rebuilds: true }),
    angles: list([15, 75, 0, 45], { min: -180, max: 180, unit: 'deg' }),
    gcr: float(0.75, { min: 0, max: 1, label: 'Black for grey' }),
    gain: float(0, { min: -0.3, max: 0.5, label: 'Dot gain' }),
    sharp: float(0.6, { min: 0, max: 1 }),
    saturation: float(1.12, { min: 0.5, max: 2 }),
  },
  build(graph, { source }, { period, saturation, ...print }) {
    const tones = levels(graph, source, { of: 'oklab', low: 0.005, high: 0.99, gain: 0.8 });
    const original = graph.compute(tonesKernel, { inputs: { source, tones }, params: { saturation } });
    return halftonePrint(graph, original, { ...print, ...OFFSET, period: Math.max(SMALLEST_PERIOD, period * drawingUnit(graph)) });
  },
});

const OFFSET = { mode: 'cmyk', shape: 'round', exact: false, ink: '#1d1d1b', paper: '#f9f6f0' } as const;
// In px: finer dots than these are grey.
const SMALLEST_PERIOD = 4;
