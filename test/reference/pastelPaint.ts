import { fromOklab, toOklab } from './oklab.ts';
import { smoothstep } from './softSteps.ts';

/** The twin of shaders/looks/chalkTone.wgsl, on sRGB code values in [0, 1]. */
export function chalkTone(code: readonly number[], lift: number, color: number): number[] {
  const [lightness, a, b] = toOklab(code);
  const L = Math.min(1, Math.max(0, lightness));
  const gain = color * (0.8 + 0.35 * smoothstep(0, 0.5, L));
  return fromOklab([lift + (0.99 - lift) * (1 - (1 - L) ** 1.25), gain * a, gain * b]);
}

/** The twin of shaders/looks/pastelGround.wgsl: the colour of the ground, and the depth of its tooth. */
export function pastelGround(blurred: readonly number[], even: number, along: number, paper: readonly number[], strength: number): { ground: number[]; tooth: number } {
  const tooth = Math.min(1, Math.max(0, 0.5 + strength * (1.3 * (even - 0.5) + 0.6 * (along - 0.5))));
  const [L, a, b] = toOklab(blurred);
  const under = fromOklab([L - 0.025, 0.9 * a, 0.9 * b]);
  const cover = 0.84 - 0.2 * strength * (tooth - 0.5);
  return { ground: under.map((value, i) => (1 - cover) * (paper[i] ?? 0) + cover * value), tooth };
}

/** The twin of shaders/looks/pastelGrain.wgsl. */
export function pastelGrain(code: readonly number[], even: number, strength: number): number[] {
  const [L, a, b] = toOklab(code);
  return fromOklab([L + 0.06 * strength * (0.5 - even), a, b]);
}
