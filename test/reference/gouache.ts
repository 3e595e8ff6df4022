import { fromOklab, toOklab } from './oklab.ts';
import { softSteps } from './softSteps.ts';

/** How much of the fine picture shows, the noise that moves contours, and the parameters of the same names. */
export interface Tones {
  readonly worked: number;
  readonly noise: number;
  readonly tones: number;
  readonly flat: number;
  readonly color: number;
}

/** The twin of shaders/looks/gouacheTones.wgsl, on sRGB code values in [0, 1]. */
export function gouacheTones(broad: readonly number[], fine: readonly number[], { worked, noise, tones, flat, color }: Tones): number[] {
  const [L, a, b] = toOklab(broad.map((value, i) => mix(value, fine[i] ?? 0, worked)));
  const shift = 0.42 * (noise - 0.5) * (1 - worked);
  const chroma = Math.hypot(a, b);
  const stepped = 0.3 * softSteps(chroma / 0.3, 6, 0.35, 0.7 * shift + 0.15);
  const gain = color * Math.min(1.6, Math.max(0.3, mix(chroma, stepped, 0.55) / Math.max(chroma, 1e-3)));
  return fromOklab([0.13 + 0.845 * mix(L, softSteps(L, tones, 0.2, shift), flat), gain * a, gain * b]);
}

/** The twin of shaders/looks/gouachePaper.wgsl. */
export function gouachePaper(code: readonly number[], tooth: number, clouds: number, paper: number): number[] {
  const [L, a, b] = toOklab(code);
  return fromOklab([L + paper * (0.055 * (tooth - 0.5) + 0.03 * (clouds - 0.5)), a, b]);
}

const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
