import { defineEffect, type Effect } from '../core/effect.ts';
import { choice, color, float, list } from '../core/params.ts';
import { halftonePrint, halftoneReach } from '../passes/halftonePrint.ts';

/** Parameters of {@link halftoneScreen}. */
export interface HalftoneScreenParams {
  /** `cmyk`: cyan, magenta, yellow and black, printed one over the other. `black`: one opaque `ink`, by luma. */
  mode: 'cmyk' | 'black';
  /** `round` dots meet at 50 % and leave round holes; `diamond` has straight edges; `line` is a line screen. */
  shape: 'round' | 'diamond' | 'line';
  /** Distance of the dots in px. */
  period: number;
  /** Angles of the screens of cyan, magenta, yellow and black in degrees; one ink takes the last. Angles 30° apart hide the moiré of the screens; equal ones are pop art. */
  angles: readonly number[];
  /** Grey component replacement: black ink instead of the grey that the three others have in common; 0 prints without black. */
  gcr: number;
  /** Dot gain: dots grow on the paper, or shrink where it is negative. */
  gain: number;
  /** How far outlines cut through the dots: 0 gives whole dots, 1 a crisp picture. */
  sharp: number;
  /** Black, or the only ink. */
  ink: string;
  /** The sheet. */
  paper: string;
}

/**
 * Halftone printing with exact areas: over a few dots exactly as much paper is covered as the picture asks for. White is bare paper, black solid ink, whatever the period.
 *
 * Process inks filter light, so overprints mix as on paper: cyan over yellow is green.
 * Working space: amounts of ink on sRGB code values, so that the dots average to the right tone where a browser scales the picture; inks and paper in linear light.
 * Cost: 3 passes, two of them of a small blur. Memory with the result: 20 B/px (41 MB at 1920x1080), less with a longer period.
 * @see H. E. J. Neugebauer, "Die theoretischen Grundlagen des Mehrfarbenbuchdrucks", 1937
 *
 * @example
 * ```ts
 * const newspaper = studio.pipeline(halftoneScreen({ mode: 'black', period: 5, paper: '#f1ece0' }));
 * const poster = studio.pipeline(halftoneScreen({ period: 12, angles: [0, 0, 0, 0], gcr: 0 }));
 * ```
 */
export const halftoneScreen: Effect<HalftoneScreenParams> = defineEffect({
  name: 'halftoneScreen',
  params: {
    mode: choice('cmyk', ['cmyk', 'black'], { rebuilds: true }),
    shape: choice('round', ['round', 'diamond', 'line']),
    period: float(6, { min: 3, max: 60, unit: 'px', rebuilds: true }),
    angles: list([15, 75, 0, 45], { min: -180, max: 180, unit: 'deg' }),
    gcr: float(0.75, { min: 0, max: 1, label: 'Black for grey' }),
    gain: float(0, { min: -0.3, max: 0.5, label: 'Dot gain' }),
    sharp: float(0.6, { min: 0, max: 1 }),
    ink: color('#1d1d1b'),
    paper: color('#ffffff'),
  },
  build: (graph, { source }, params) => halftonePrint(graph, source, { ...params, exact: true }),
  halo: ({ period }) => halftoneReach(period),
});
