import { bilinear, type Field, type Triple } from './field.ts';
import { fromOklab, toOklab } from './oklab.ts';

/** The twin of shaders/passes/bristles.wgsl: height at a pixel. `tensor` holds E, F, G of a unit gradient, `luma` is that of the pixel. */
export function bristles(x: number, y: number, luma: number, tensor: Field, sheet: Field, sigma: number): number {
  const resting = -0.7 + 2 * (sheet.at(x, y)[1] - 0.5);
  const [c, d] = [-Math.sin(resting), Math.cos(resting)];
  const tangent = (px: number, py: number): readonly [number, number] => {
    const [e, f, g] = bilinear(tensor, px, py).map((value, i) => value + 3e-4 * [c * c, c * d, d * d][i]!) as unknown as Triple;
    const angle = 0.5 * Math.atan2(2 * f, e - g) + Math.PI / 2;
    return [Math.cos(angle), Math.sin(angle)];
  };
  const stride = sigma / 5;
  let [sum, norm] = [sheet.at(x, y)[0], 1];
  for (const side of [-1, 1]) {
    let [px, py] = [x + 0.5, y + 0.5];
    let [hx, hy] = tangent(px, py).map((value) => side * value) as [number, number];
    for (let i = 1; i <= 10; i++) {
      px += stride * hx;
      py += stride * hy;
      const weight = Math.exp(-0.5 * (i / 5) ** 2);
      sum += weight * bilinear(sheet, px, py)[0];
      norm += weight;
      const [tx, ty] = tangent(px, py);
      const flip = tx * hx + ty * hy < 0 ? -1 : 1;
      [hx, hy] = [flip * tx, flip * ty];
    }
  }
  const [e, , g] = bilinear(tensor, x + 0.5, y + 0.5);
  const t = Math.min(1, Math.max(0, (e + g - 1e-3) / (1.5e-2 - 1e-3)));
  return (1 - 0.7 * t * t * (3 - 2 * t)) * (0.3 + 0.7 * luma) * 3 * (sum / norm - 0.5);
}

export interface Light {
  readonly gain: number;
  readonly shine: number;
  readonly streaks: number;
  /** Towards the light, of length 1. */
  readonly light: Triple;
}

/** The twin of shaders/effects/brushRelief.wgsl on code values in [0, 1], with the slope of the height in height per px. */
export function brushRelief(code: readonly number[], height: number, dx: number, dy: number, { gain, shine, streaks, light }: Light): number[] {
  const [L, a, b] = toOklab(code);
  const normal = [-gain * dx, -gain * dy, 1];
  const length = Math.hypot(...normal);
  const dot = (v: readonly number[]): number => normal.reduce((sum, value, i) => sum + (value / length) * v[i]!, 0);
  const half = [light[0], light[1], light[2] + 1];
  const glint = Math.max(0, dot(half) / Math.hypot(...half)) ** 40;
  return fromOklab([L * (1 + 0.24 * (dot(light) / light[2] - 1) + streaks * height) + shine * Math.max(0, glint - 0.35), a, b]);
}
