import inksKernel from '../../shaders/looks/risoInks.wgsl';
import printKernel from '../../shaders/looks/risoPrint.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { choice, colorToLinear, float, seed } from '../core/params.ts';
import { hash01 } from '../passes/hash.ts';
import { levels } from '../passes/levels.ts';
import { drawingUnit } from '../passes/lineField.ts';
import { noise } from '../passes/noise.ts';

/** A drum of ink, by its common name. */
export type RisoInk = 'blue' | 'pink' | 'yellow' | 'red' | 'teal' | 'green' | 'orange' | 'navy' | 'black';

const INKS: Readonly<Record<RisoInk, string>> = {
  blue: '#0078bf', pink: '#ff48b0', yellow: '#ffe800', red: '#ff665e', teal: '#00838a', green: '#00a95c', orange: '#ff6c2f', navy: '#224888', black: '#231f20',
};
const INK_NAMES = Object.keys(INKS) as readonly RisoInk[];

/** Parameters of {@link riso}. */
export interface RisoParams {
  /** The first ink, in register. Without a dark one there are no darks. */
  ink1: RisoInk;
  /** The second ink. */
  ink2: RisoInk;
  /** The third ink, or none. */
  ink3: RisoInk | 'none';
  /** Distance of the dots in 768ths of the long side; never below 3.2 px. */
  period: number;
  /** Misregistration of the second and third ink, in 768ths of the long side. */
  shift: number;
  /** How much of the screen is grain instead of dots. */
  grain: number;
  /** How unevenly the drums print. */
  uneven: number;
  /** Richness of the colours, a factor: bright inks want bright colours. */
  saturation: number;
  /** Another sheet from the same machine. */
  seed: number;
}

/**
 * Risograph print: two or three bright inks, how much of each found per pixel by least squares on density, in dots and grain, out of register and uneven.
 *
 * Good sets beside navy, pink and yellow: blue and pink, navy and orange, teal and red, or blue, pink and yellow, which is lighter.
 * The screen grows with the picture, so a print looks the same from 450 to 2000 px. Working space: tones in OKLab, inks and paper in linear light. Alpha is not looked at: transparent
 * pixels carry a neighbour's colour.
 *
 * Cost: 4 passes. Memory with the result: 12 B/px (25 MB at 1920x1080), 4 of it the grain, which is painted once for a size and a seed.
 * @see A. J. Murray, "Monochrome reproduction in photoengraving", 1936
 *
 * @example
 * ```ts
 * const zine = studio.pipeline(riso());
 * const gigPoster = studio.pipeline(riso({ ink1: 'navy', ink2: 'orange', ink3: 'none', shift: 3 }));
 * ```
 */
export const riso: Effect<RisoParams> = defineEffect({
  name: 'riso',
  params: {
    ink1: choice('navy', INK_NAMES, { label: 'First ink' }),
    ink2: choice('pink', INK_NAMES, { label: 'Second ink' }),
    ink3: choice('yellow', [...INK_NAMES, 'none'], { label: 'Third ink' }),
    period: float(4.4, { min: 3, max: 12, unit: '768ths' }),
    shift: float(1.6, { min: 0, max: 6, unit: '768ths' }),
    grain: float(0.25, { min: 0, max: 1 }),
    uneven: float(0.15, { min: 0, max: 0.5 }),
    saturation: float(1.5, { min: 1, max: 2.5 }),
    seed: seed(10, { rebuilds: true }),
  },
  build(graph, { source }, { ink1, ink2, ink3, period, shift, grain, uneven, saturation, seed }) {
    const u = drawingUnit(graph);
    const inks = [INKS[ink1], INKS[ink2], ink3 === 'none' ? NO_INK : INKS[ink3]].map(colorToLinear);
    const densities = inks.map((ink) => ink.map((light) => -Math.log(Math.max(light, BLACK))));
    const tones = levels(graph, source, { of: 'oklab', low: 0.01, high: 0.98 });
    const amounts = graph.compute(inksKernel, { inputs: { source, tones }, params: { saturation, densities: densities.flatMap((density) => [...density, 0]) } });

    const speck = Math.max(1, u);
    const specks = noise(graph, DRUMS.map((i) => ({ sum: { scale: speck, seed: seed + 31 * i, octaves: 1, corner: true }, evened: 0.2 })));
    const drumTexel = Math.max(1, Math.round(4 * u));
    const drums = noise(graph, DRUMS.map((i) => ({ scale: [140 * u, 50 * u], seed: seed + 50 + i, corner: true })), { texel: drumTexel });
    graph.inspect('amounts', amounts);
    return graph.compute(printKernel, {
      inputs: { amounts, specks, drums },
      params: {
        grain, uneven, drumTexel,
        period: Math.max(SMALLEST_PERIOD, period * u),
        paper: colorToLinear(PAPER),
        cosines: ANGLES.map(Math.cos),
        sines: ANGLES.map(Math.sin),
        moves: DRUMS.flatMap((i) => moveOf(i, i === 0 ? 0 : shift * u, seed)),
        inks: inks.flat(),
        full: densities.map((density) => Math.max(...density, LEAST_DENSITY)),
      },
    });
  },
});

// Linear light; darker inks count as this.
const BLACK = 0.02;
// Of an ink that prints nothing.
const NO_INK = '#ffffff';
const LEAST_DENSITY = 1e-3;
const DRUMS = [0, 1, 2] as const;
const ANGLES = [45, 75, 15].map((angle) => (angle * Math.PI) / 180);
const PAPER = '#f6f4ec';
// In px: finer dots than these are grey.
const SMALLEST_PERIOD = 3.2;

/** Shift in px and turn in radians of a drum. */
function moveOf(drum: number, far: number, seed: number): number[] {
  const way = 2 * Math.PI * hash01(drum, 0, seed);
  return [far * Math.cos(way), far * Math.sin(way), MOST_TURN * 2 * (hash01(drum, 1, seed) - 0.5)];
}

const MOST_TURN = 0.003;
