import { fromOklab, toOklab } from './oklab.ts';
import { roundScreen } from './screen.ts';
import { decodeSrgb } from './srgb.ts';

/** The twin of shaders/looks/risoInks.wgsl without levels: amounts of the inks for sRGB code values in [0, 1]. The inks are in linear light; white is none. */
export function risoAmounts(code: readonly number[], inks: readonly (readonly number[])[], saturation: number): number[] {
  const [L, a, b] = toOklab(code);
  const wanted = densities(fromOklab([0.06 + 0.94 * L ** 0.85, saturation * a, saturation * b]).map(decodeSrgb));
  const own = inks.map(densities);
  const amounts = own.map(() => 0);
  for (let round = 0; round < 12; round++) {
    own.forEach((ink, i) => {
      const left = wanted.map((density, c) => density - own.reduce((sum, other, j) => sum + amounts[j]! * other[c]!, 0));
      if (dot(ink, ink) > 0) amounts[i] = saturate(amounts[i]! + dot(ink, left) / dot(ink, ink));
    });
  }
  return amounts;
}

/** One drum of shaders/looks/risoPrint.wgsl at a pixel. */
export interface Drum {
  readonly ink: readonly number[];
  readonly angle: number;
  readonly period: number;
  readonly grain: number;
  readonly uneven: number;
  /** Noises in [0, 1]. */
  readonly speck: number;
  readonly drum: number;
}

/** Coverage of an amount of ink that belongs to (x, y). */
export function risoCoverage(amount: number, x: number, y: number, { ink, angle, period, grain, uneven, speck, drum }: Drum): number {
  const full = Math.max(...densities(ink));
  const area = (1 - Math.exp(-full * amount)) / (1 - Math.exp(-full));
  const t = saturate(area / 0.05);
  const rough = saturate(2.2 * (area - speck) + 0.5) * t * t * (3 - 2 * t);
  const cover = roundScreen(area, x, y, angle, period, 0) * (1 - grain) + rough * grain;
  return cover * 0.97 * (1 - uneven * (0.5 * drum + (speck > 0.9278 ? 0.5 : 0)));
}

const densities = (linear: readonly number[]): number[] => linear.map((light) => -Math.log(Math.max(light, 0.02)));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const saturate = (value: number): number => Math.min(1, Math.max(0, value));
