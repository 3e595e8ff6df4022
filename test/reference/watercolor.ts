import { leveled } from './levels.ts';
import { fbm } from './noise.ts';
import { fromOklab, toOklab } from './oklab.ts';
import type { Triple } from './field.ts';

const clamp = (x: number, low = 0, high = 1): number => Math.min(high, Math.max(low, x));
const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
const smoothstep = (low: number, high: number, x: number): number => clamp((x - low) / (high - low)) ** 2 * (3 - 2 * clamp((x - low) / (high - low)));

/** The twin of shaders/looks/watercolorWashes.wgsl: OKLab of the wash for a colour, its statistics, and the water there. */
export function wash(code: readonly number[], [low, high, gain, mean]: readonly [number, number, number, number], wander: number, wetness: number, washes: number): Triple {
  const [L, a, b] = toOklab(code);
  const tone = leveled(L, [low, high, gain]) ** clamp(Math.log(0.64) / Math.log(clamp(mean, 0.05, 0.95)), 0.45, 1.15);
  const riser = 0.25 + 0.65 * smoothstep(0.42, 0.62, wetness);
  const tread = clamp(tone) * washes + 1.1 * (wander - 0.5);
  const stepped = (Math.floor(tread) + smoothstep(0.5 - riser / 2, 0.5 + riser / 2, tread - Math.floor(tread))) / washes;
  return [mix(tone, stepped, 0.72), a, b];
}

/** What the twin of the last pass is given beside the wash; all but `unit`, `margin` and the factors are numbers at the pixel, in [0, 1]. */
export interface Pigment {
  readonly bled: Triple;
  readonly narrow: number;
  readonly line: number;
  readonly clumps: number;
  readonly height: number;
  /** Of the paper, per px. */
  readonly slope: readonly [number, number];
  readonly drift: readonly [hue: number, strength: number, mixture: number, clouds: number];
  readonly border: readonly [slow: number, quick: number, dry: number, wander: number];
  /** Px to the nearest border. */
  readonly near: number;
  readonly unit: number;
  readonly margin: number;
  readonly edge: number;
  readonly granulation: number;
  readonly color: number;
  readonly pencil: number;
}

/** The twin of shaders/looks/watercolor.wgsl: code values at a pixel, after the reference program of the recipe. */
export function watercolor([L, a, b]: Triple, own: Pigment): number[] {
  const [hue, strength, mixture, clouds] = own.drift;
  const [slow, quick, dryness, wander] = own.border;
  const [bledA, bledB] = [mix(a, own.bled[1], 0.6), mix(b, own.bled[2], 0.6)];
  const gain = (1 + (own.color - 1) * Math.exp(-(bledA ** 2 + bledB ** 2) / 0.16 ** 2)) * (1 + 0.5 * (strength - 0.5));
  const turn = 0.42 * (hue - 0.5);
  const dark = 1 - smoothstep(0, 0.55, L);
  const mixed = 2 * mixture - 1;
  const pigment = [
    0.22 + 0.78 * L,
    gain * (bledA * Math.cos(turn) - bledB * Math.sin(turn)) + dark * 0.012 * mixed,
    gain * (bledA * Math.sin(turn) + bledB * Math.cos(turn)) + dark * (0.035 * mixed - 0.03),
  ];
  const wetEdge = 0.6 * clamp(9 * (own.bled[0] - L)) + 0.6 * clamp(16 * (own.narrow - L));
  const settle = own.granulation * (1 - 0.55 * dark);
  const inset = own.margin === 0 ? 1e3 : own.near + 2.4 * own.margin * (slow - 0.5) + 5 * own.unit * (quick - 0.5) - own.margin;
  const dry = smoothstep(0.45, 0.6, dryness);
  const density = 1 + 1.5 * (clouds - 0.5) + settle * (0.35 * (own.clumps - 0.5) + 0.95 * (0.5 - own.height)) + 1.1 * own.edge * wetEdge
    + 0.45 * own.edge * (1 - dry) * Math.exp(-(((inset - 1.5 * own.unit) / (3 * own.unit)) ** 2));
  const clean = smoothstep(-1.2 * own.unit - 0.4, 1.2 * own.unit + 0.4, inset);
  const broken = smoothstep(-2 * own.unit, 10 * own.unit, inset + 26 * own.unit * (0.5 - own.height));
  const painted = (1 - 0.9 * smoothstep(0.9, 0.98, L + 0.08 * (wander - 0.5))) * mix(clean, broken, dry);
  const drawn = clamp(own.line * (0.55 + 0.9 * own.height) * clean);
  const light = 1 + 0.09 * (diffuse(own.slope, 0.9 * Math.max(own.unit, 0.6)) - 1);
  return fromOklab(pigment).map((c, i) => {
    const shown = [0.988, 0.975, 0.95][i]! * (1 - (1 - clamp(c, 1e-3) ** clamp(density, 0.25, 3)) * painted);
    return shown * (1 - own.pencil * drawn * [0.75, 0.72, 0.66][i]!) * light;
  });
}

/** Light from 130 degrees at an elevation of 0.7, 1 on level ground. */
function diffuse([x, y]: readonly [number, number], gain: number): number {
  const [cos, sin] = [Math.cos((130 * Math.PI) / 180), Math.sin((130 * Math.PI) / 180)];
  return (1 - gain * (x * cos - y * sin) / 0.7) / Math.hypot(1, gain * x, gain * y);
}

/** The tooth of the paper and the clumps of pigment, for a seed. */
export function sheet(x: number, y: number, tooth: number, clumps: number, seed: number): [height: number, clumps: number] {
  return [0.6 * fbm(x, y, tooth, seed + 12, 4, 0.7) + 0.4 * fbm(x, y, 3 * tooth, seed + 13), fbm(x, y, clumps, seed + 11, 4, 0.7)];
}
