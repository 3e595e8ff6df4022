import { sectorWeights } from '../../build/generated/discSamples.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture } from '../support/pictures.ts';
import { structureTensor, valueAt } from './structureTensor.ts';

/** What the twin is given; the defaults are those of the effect. */
export interface KuwaharaOptions {
  readonly radius?: number;
  readonly alpha?: number;
  readonly q?: number;
  readonly sigma?: number;
  readonly floor?: number;
}

/** Anisotropic Kuwahara filter in float64, every pixel of the ellipse; borders clamped. */
export function anisotropicKuwahara(source: Pixels, { radius = 6, alpha = 1, q = 8, sigma = 2, floor = 255 ** -0.5 }: KuwaharaOptions = {}): Pixels {
  const tensor = structureTensor(source, sigma);
  return picture(source.width, source.height, (px, py) => {
    const [e = 0, f = 0, g = 0] = tensor.subarray(3 * (py * source.width + px));
    const anisotropy = e + g > 0 ? Math.hypot(e - g, 2 * f) / (e + g) : 0;
    const angle = 0.5 * Math.atan2(2 * f, e - g) + Math.PI / 2;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const a = radius * Math.min(2, Math.max(0.1, (alpha + anisotropy) / alpha));
    const b = radius * Math.min(2, Math.max(0.1, alpha / (alpha + anisotropy)));
    const reach = Math.ceil(2 * radius);
    // Eight sectors, each weight, r, g, b, |rgb|².
    const sums = new Float64Array(8 * 5);
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const [vx, vy] = [(c * dx + s * dy) / a, (c * dy - s * dx) / b];
        if (vx * vx + vy * vy > 1) continue;
        const [red, green, blue] = [valueAt(source, px + dx, py + dy, 0), valueAt(source, px + dx, py + dy, 1), valueAt(source, px + dx, py + dy, 2)];
        const square = red * red + green * green + blue * blue;
        const weights = sectorWeights(vx, vy);
        for (let k = 0; k < 8; k++) accumulate(sums, 5 * k, weights[k] as number, red, green, blue, square);
      }
    }
    return mixed(sums, q, floor);
  });
}

function accumulate(sums: Float64Array, at: number, weight: number, red: number, green: number, blue: number, square: number): void {
  if (weight === 0) return;
  sums[at] = (sums[at] as number) + weight;
  sums[at + 1] = (sums[at + 1] as number) + weight * red;
  sums[at + 2] = (sums[at + 2] as number) + weight * green;
  sums[at + 3] = (sums[at + 3] as number) + weight * blue;
  sums[at + 4] = (sums[at + 4] as number) + weight * square;
}

function mixed(sums: Float64Array, q: number, floor: number): number[] {
  const out = [0, 0, 0];
  let total = 0;
  for (let k = 0; k < 8; k++) {
    const [weight = 1, ...rest] = sums.subarray(5 * k, 5 * k + 5);
    const [r = 0, g = 0, b = 0, square = 0] = rest.map((moment) => moment / weight);
    const score = 1 / (1 + (Math.abs(square - r * r - g * g - b * b) / floor ** 2) ** (q / 2));
    [r, g, b].forEach((value, i) => (out[i] = (out[i] as number) + 255 * score * value));
    total += score;
  }
  return out.map((value) => value / total);
}
