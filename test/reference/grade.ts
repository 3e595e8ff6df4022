import { fromOklab, toOklab } from './oklab.ts';

/** The twin of shaders/passes/grade.wgsl, on sRGB code values in [0, 1]. */
export function grade(code: readonly number[], contrast: number, color: number): number[] {
  const [L, a, b] = toOklab(code);
  const gain = 1 + (color - 1) * Math.exp(-(a * a + b * b) / 0.2 ** 2);
  return fromOklab([L + 4 * contrast * L * (1 - L) * (L - 0.36), a * gain, b * gain]);
}
