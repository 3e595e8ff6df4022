import type { Pixels } from '../../src/io/pixels.ts';

/** E, F and G of each pixel, one after the other, in float64: Sobel / 4, summed over rgb, then a Gaussian of half width ceil(2 sigma); borders clamped. */
export function structureTensor(picture: Pixels, sigma: number): Float64Array {
  const { width, height } = picture;
  const raw = new Float64Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const at = (dx: number, dy: number): number => valueAt(picture, x + dx, y + dy, c);
        const gx = (at(1, -1) - at(-1, -1) + 2 * (at(1, 0) - at(-1, 0)) + at(1, 1) - at(-1, 1)) / 4;
        const gy = (at(-1, 1) - at(-1, -1) + 2 * (at(0, 1) - at(0, -1)) + at(1, 1) - at(1, -1)) / 4;
        [gx * gx, gx * gy, gy * gy].forEach((product, i) => add(raw, 3 * (y * width + x) + i, product));
      }
    }
  }
  const half = Math.ceil(2 * sigma);
  if (half === 0) return raw;
  const weights = Array.from({ length: 2 * half + 1 }, (_, i) => Math.exp(-0.5 * ((i - half) / sigma) ** 2));
  return blurred(blurred(raw, width, height, weights, 1, 0), width, height, weights, 0, 1);
}

/** A channel in [0, 1], the edge repeated. */
export function valueAt({ data, width, height }: Pixels, x: number, y: number, channel: number): number {
  return (data[4 * (clamp(y, height) * width + clamp(x, width)) + channel] as number) / 255;
}

function blurred(tensor: Float64Array, width: number, height: number, weights: readonly number[], dx: number, dy: number): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const half = (weights.length - 1) / 2;
  const out = new Float64Array(tensor.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      weights.forEach((weight, i) => {
        const from = 3 * (clamp(y + (i - half) * dy, height) * width + clamp(x + (i - half) * dx, width));
        for (let k = 0; k < 3; k++) add(out, 3 * (y * width + x) + k, (weight / total) * (tensor[from + k] as number));
      });
    }
  }
  return out;
}

function add(values: Float64Array, at: number, amount: number): void {
  values[at] = (values[at] as number) + amount;
}

function clamp(value: number, size: number): number {
  return Math.min(Math.max(value, 0), size - 1);
}
