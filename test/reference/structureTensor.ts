import type { Pixels } from '../../src/io/pixels.ts';
import type { FormFlowOptions } from '../../src/passes/formFlow.ts';
import type { Relaxation } from '../../src/passes/structureTensor.ts';
import { field, fieldOf, type Field } from './field.ts';
import { gaussianBlur } from './gaussianBlur.ts';

/** The weight of each of the two outer neighbours when the differences of three rows are averaged. */
const SIDES = { sobel: 1 / 4, rotational: 0.183 };

/** E, F and G of each pixel, one after the other. */
export function structureTensor(picture: Pixels, sigma: number): Float64Array {
  const { width, height, at } = tensorOf(fieldOf(picture), sigma);
  return Float64Array.from({ length: 3 * width * height }, (_, i) => at(Math.floor(i / 3) % width, Math.floor(i / 3 / width))[i % 3]!);
}

/** (E, F, G) in float64: the gradient, summed over rgb, then a Gaussian of half width ceil(2 sigma); borders clamped. */
export function tensorOf(source: Field, sigma: number, gradient: keyof typeof SIDES = 'sobel'): Field {
  const side = SIDES[gradient];
  const raw = field(source.width, source.height, (x, y) => {
    const sums = [0, 0, 0];
    for (let c = 0; c < 3; c++) {
      const at = (dx: number, dy: number): number => source.at(x + dx, y + dy)[c]!;
      const gx = side * (at(1, -1) - at(-1, -1) + at(1, 1) - at(-1, 1)) + (1 - 2 * side) * (at(1, 0) - at(-1, 0));
      const gy = side * (at(-1, 1) - at(-1, -1) + at(1, 1) - at(1, -1)) + (1 - 2 * side) * (at(0, 1) - at(0, -1));
      [gx * gx, gx * gy, gy * gy].forEach((product, i) => (sums[i]! += product));
    }
    return sums;
  });
  return sigma === 0 ? raw : blurred(blurred(raw, sigma, 1, 0), sigma, 0, 1);
}

function blurred(tensor: Field, sigma: number, dx: number, dy: number): Field {
  const half = Math.ceil(2 * sigma);
  const offsets = Array.from({ length: 2 * half + 1 }, (_, i) => i - half);
  const weights = offsets.map((i) => Math.exp(-0.5 * (i / sigma) ** 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return field(tensor.width, tensor.height, (x, y) => {
    const taps = offsets.map((i) => tensor.at(x + i * dx, y + i * dy));
    return [0, 1, 2].map((k) => taps.reduce((sum, tap, i) => sum + weights[i]! * tap[k]!, 0) / total);
  });
}

/** The twin of `relaxed`: T += 0.05 G(4 sigma) T, then T += 0.0025 G(16 sigma) T, with the whole Gaussians. */
export function relaxed(tensor: Field, sigma: number): Field {
  return [[4, 0.05], [16, 0.05 ** 2]].reduce((sum, [sigmas, gain]) => {
    const wide = wholeBlur(sum, sigmas! * sigma);
    return field(sum.width, sum.height, (x, y) => sum.at(x, y).map((value, k) => value + gain! * wide.at(x, y)[k]!));
  }, tensor);
}

/** The twin of a relaxation with one coarser tensor, of Gaussians within `cut` sigmas, and a direction at rest. */
export function filled(source: Field, sigma: number, { scale, gain, rest = { angle: 0, weight: 0 } }: Relaxation, cut = 3): Field {
  const own = wholeBlur(tensorOf(source, 0), sigma, cut);
  const wide = wholeBlur(own, Math.sqrt(scale ** 2 - 1) * sigma, cut);
  const still = atRest(rest);
  return field(own.width, own.height, (x, y) => own.at(x, y).map((value, k) => value + gain * wide.at(x, y)[k]! + still[k]!));
}

/** The twin of `formFlow`: every Gaussian whole, within 2.5 sigmas. */
export function formFlow(source: Field, { soft, sigma, scale, gain, rest }: FormFlowOptions): Field {
  const raw = tensorOf(wholeBlur(source, soft, FORM_CUT), 0);
  const [own, wide] = [wholeBlur(raw, sigma, FORM_CUT), wholeBlur(raw, scale * sigma, FORM_CUT)];
  const still = atRest(rest);
  return field(own.width, own.height, (x, y) => own.at(x, y).map((value, k) => value + gain * wide.at(x, y)[k]! + still[k]!));
}

const FORM_CUT = 2.5;

function atRest({ angle, weight }: NonNullable<Relaxation['rest']>): number[] {
  const [nx, ny] = [-Math.sin(angle), Math.cos(angle)];
  return [nx * nx, nx * ny, ny * ny].map((product) => weight * product);
}

function wholeBlur({ width, height, at }: Field, sigma: number, cut = 3): Field {
  if (sigma === 0) return { width, height, at };
  const planes = [0, 1, 2].map((k) => gaussianBlur({ data: Float64Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))[k]!), width, height }, sigma, cut).data);
  return field(width, height, (x, y) => planes.map((plane) => plane[y * width + x]!));
}

/** A channel in [0, 1], the edge repeated. */
export function valueAt({ data, width, height }: Pixels, x: number, y: number, channel: number): number {
  return (data[4 * (clamp(y, height) * width + clamp(x, width)) + channel] as number) / 255;
}

function clamp(value: number, size: number): number {
  return Math.min(Math.max(value, 0), size - 1);
}
