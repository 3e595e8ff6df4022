import { sectorWeights } from '../../build/generated/discSamples.ts';
import { field, type Field } from './field.ts';

/** What the twin is given; the defaults are those of the effect. */
export interface KuwaharaOptions {
  readonly radius?: number;
  readonly alpha?: number;
  readonly q?: number;
  readonly floor?: number;
}

/** Kuwahara filter in float64 along the directions of a tensor (E, F, G), every pixel of the ellipse; borders clamped. `factorAt`: what scales the radius. */
export function kuwahara(source: Field, tensor: Field, { radius = 6, alpha = 1, q = 8, floor = 255 ** -0.5 }: KuwaharaOptions = {}, factorAt: (x: number, y: number) => number = () => 1): Field {
  return field(source.width, source.height, (px, py) => {
    const [e, f, g] = tensor.at(px, py);
    const anisotropy = e + g > 0 ? Math.hypot(e - g, 2 * f) / (e + g) : 0;
    const angle = 0.5 * Math.atan2(2 * f, e - g) + Math.PI / 2;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    // Of a factor 0 the pixel itself is left.
    const own = Math.max(radius * factorAt(px, py), 1e-6);
    const a = own * Math.min(2, Math.max(0.1, (alpha + anisotropy) / alpha));
    const b = own * Math.min(2, Math.max(0.1, alpha / (alpha + anisotropy)));
    const reach = Math.ceil(Math.max(a, b));
    // Eight sectors, each weight, r, g, b, |rgb|².
    const sums = new Float64Array(8 * 5);
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const [vx, vy] = [(c * dx + s * dy) / a, (c * dy - s * dx) / b];
        if (vx * vx + vy * vy > 1) continue;
        const [red, green, blue] = source.at(px + dx, py + dy);
        const square = red * red + green * green + blue * blue;
        const weights = sectorWeights(vx, vy);
        for (let k = 0; k < 8; k++) accumulate(sums, 5 * k, weights[k]!, red, green, blue, square);
      }
    }
    return mixed(sums, q, floor);
  });
}

function accumulate(sums: Float64Array, at: number, weight: number, red: number, green: number, blue: number, square: number): void {
  if (weight === 0) return;
  sums[at]! += weight;
  sums[at + 1]! += weight * red;
  sums[at + 2]! += weight * green;
  sums[at + 3]! += weight * blue;
  sums[at + 4]! += weight * square;
}

function mixed(sums: Float64Array, q: number, floor: number): number[] {
  const out = [0, 0, 0];
  let total = 0;
  for (let k = 0; k < 8; k++) {
    const [weight = 1, ...rest] = sums.subarray(5 * k, 5 * k + 5);
    const [r = 0, g = 0, b = 0, square = 0] = rest.map((moment) => moment / weight);
    const score = 1 / (1 + (Math.abs(square - r * r - g * g - b * b) / floor ** 2) ** (q / 2));
    [r, g, b].forEach((value, i) => (out[i]! += score * value));
    total += score;
  }
  return out.map((value) => value / total);
}
