import type { BlendMode } from '../../src/effects/blend.ts';

type Rgb = readonly [number, number, number];

const each = (below: Rgb, above: Rgb, mix: (b: number, s: number) => number): Rgb => [mix(below[0], above[0]), mix(below[1], above[1]), mix(below[2], above[2])];
const screen = (b: number, s: number): number => b + s - b * s;
const hardLight = (b: number, s: number): number => (s <= 0.5 ? b * 2 * s : screen(b, 2 * s - 1));
const lum = ([r, g, b]: Rgb): number => 0.3 * r + 0.59 * g + 0.11 * b;
const sat = (c: Rgb): number => Math.max(...c) - Math.min(...c);

const SEPARABLE: Partial<Record<BlendMode, (b: number, s: number) => number>> = {
  normal: (_b, s) => s,
  multiply: (b, s) => b * s,
  screen,
  overlay: (b, s) => hardLight(s, b),
  darken: Math.min,
  lighten: Math.max,
  'color-dodge': (b, s) => (b === 0 ? 0 : s === 1 ? 1 : Math.min(1, b / (1 - s))),
  'color-burn': (b, s) => (b === 1 ? 1 : s === 0 ? 0 : 1 - Math.min(1, (1 - b) / s)),
  'hard-light': hardLight,
  'soft-light': (b, s) => (s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * ((b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b)) - b)),
  difference: (b, s) => Math.abs(b - s),
  exclusion: (b, s) => b + s - 2 * b * s,
};

const WHOLE: Partial<Record<BlendMode, (b: Rgb, s: Rgb) => Rgb>> = {
  hue: (b, s) => setLum(setSat(s, sat(b)), lum(b)),
  saturation: (b, s) => setLum(setSat(b, sat(s)), lum(b)),
  color: (b, s) => setLum(s, lum(b)),
  luminosity: (b, s) => setLum(b, lum(s)),
};

/** The twin of shaders/effects/blend.wgsl at full opacity, on sRGB code values in [0, 1], as the specification writes it. */
export function blend(below: Rgb, above: Rgb, mode: BlendMode): Rgb {
  return WHOLE[mode]?.(below, above) ?? each(below, above, SEPARABLE[mode] as (b: number, s: number) => number);
}

function setLum(c: Rgb, l: number): Rgb {
  const d = l - lum(c);
  return clipColor([c[0] + d, c[1] + d, c[2] + d]);
}

function clipColor(c: Rgb): Rgb {
  const l = lum(c);
  const n = Math.min(...c);
  const x = Math.max(...c);
  const low = n < 0 ? each(c, c, (v) => l + ((v - l) * l) / (l - n)) : c;
  return x > 1 ? each(low, low, (v) => l + ((v - l) * (1 - l)) / (x - l)) : low;
}

/** With the sorting of the specification. */
function setSat(c: Rgb, s: number): Rgb {
  const [min, mid, max] = [0, 1, 2].sort((i, j) => (c[i] as number) - (c[j] as number)) as [number, number, number];
  const result: [number, number, number] = [0, 0, 0];
  if ((c[max] as number) > (c[min] as number)) {
    result[mid] = (((c[mid] as number) - (c[min] as number)) * s) / ((c[max] as number) - (c[min] as number));
    result[max] = s;
  }
  return result;
}
