import type { Tone } from '../../src/passes/levels.ts';
import { toOklab } from './oklab.ts';

type Rgb = readonly [number, number, number];

/** The twin of shaders/lib/tones.wgsl: code values in [0, 1]. */
export const TONES: Readonly<Record<Tone, (code: Rgb) => number>> = {
  oklab: (code) => toOklab(code)[0],
  lightness: lightnessOf,
  plate: (code) => Math.min(1, Math.max(0, lightnessOf(code) - 0.45 * toOklab(code)[1])),
  r: (code) => code[0],
};

function lightnessOf(code: Rgb): number {
  const [r, g, b] = code.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as unknown as Rgb;
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return y > 0.008856 ? 1.16 * Math.cbrt(y) - 0.16 : 9.033 * y;
}
