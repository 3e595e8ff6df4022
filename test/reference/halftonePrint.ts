import { roundScreen } from './screen.ts';

/** What shaders/passes/halftonePrint.wgsl prints at a pixel. */
export interface HalftonePixel {
  readonly x: number;
  readonly y: number;
  readonly period: number;
  readonly angles: readonly number[];
  readonly gcr: number;
  readonly gain: number;
  readonly rim: number;
  /** In linear light; the inks in the order of cyan, magenta, yellow, black. */
  readonly paper: readonly number[];
  readonly inks: readonly (readonly number[])[];
}

/** Linear light of a pixel printed in four inks with round dots; `code` are its sRGB code values in [0, 1]. */
export function halftonePrint(code: readonly number[], pixel: HalftonePixel): number[] {
  const covers = separated(code, pixel.gcr).map((amount, i) => coverage(amount, pixel, i));
  return pixel.paper.map((light, c) => covers.reduce((rest, cover, i) => rest * (1 + cover * (pixel.inks[i]![c]! - 1)), light));
}

function separated(code: readonly number[], gcr: number): number[] {
  const cmy = code.map((value) => 1 - value);
  const black = gcr * Math.min(...cmy) ** 1.6;
  return [...cmy.map((value) => (value - black) / Math.max(1 - black, 1e-3)), black];
}

function coverage(amount: number, { x, y, angles, period, gain, rim }: HalftonePixel, ink: number): number {
  return roundScreen(Math.min(1, Math.max(0, amount + 2 * gain * amount * (1 - amount))), x, y, angles[ink]!, period, rim);
}
