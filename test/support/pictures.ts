import type { Pixels } from '../../src/io/pixels.ts';

/** A picture whose pixel (x, y) is what `at` says: three or four code values in [0, 255]. */
export function picture(width: number, height: number, at: (x: number, y: number) => readonly number[]): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r = 0, g = 0, b = 0, a = 255] = at(x, y);
      data.set([r, g, b, a], 4 * (y * width + x));
    }
  }
  return { data, width, height };
}

/** One colour everywhere. */
export function flat(width: number, height: number, color: readonly number[]): Pixels {
  return picture(width, height, () => color);
}

/** The three code values of a grey. */
export function grey(code: number): [number, number, number] {
  return [code, code, code];
}

/** A deterministic picture with gradients, hard edges, texture and colour: what a photograph asks of a kernel, small. */
export function scene(width: number, height: number): Pixels {
  return picture(width, height, (x, y) => {
    const u = x / width;
    const v = y / height;
    const inDisc = Math.hypot(u - 0.6, v - 0.45) < 0.25;
    const checker = (Math.floor(x / 7) + Math.floor(y / 5)) % 2;
    const grain = (hash(x, y) - 0.5) * 24;
    const red = inDisc ? 210 - 90 * v : 90 + 110 * u;
    const green = inDisc ? 70 + 60 * u : v > 0.75 ? 60 + 90 * checker : 120 + 60 * Math.sin(6 * u);
    const blue = inDisc ? 50 : 200 - 150 * v;
    return [red + grain, green + grain, blue + grain];
  });
}

/** Uniform in [0, 1), the same for the same cell. */
export function hash(x: number, y: number): number {
  let h = (Math.imul(x, 374761393) + Math.imul(y, 668265263)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** The picture mirrored left to right. */
export function mirrored(source: Pixels): Pixels {
  return picture(source.width, source.height, (x, y) => texel(source, source.width - 1 - x, y));
}

/** The picture with rows and columns swapped. */
export function transposed(source: Pixels): Pixels {
  return picture(source.height, source.width, (x, y) => texel(source, y, x));
}

/** The four code values of a pixel. */
export function texel({ data, width }: Pixels, x: number, y: number): number[] {
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

/** Peak signal-to-noise ratio of the colours in dB; `Infinity` for equal pictures. */
export function psnr(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error(`cannot compare ${a.width}x${a.height} with ${b.width}x${b.height}`);
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) if (i % 4 !== 3) sum += ((a.data[i] as number) - (b.data[i] as number)) ** 2;
  return sum === 0 ? Infinity : 10 * Math.log10((255 * 255) / (sum / (a.width * a.height * 3)));
}

/** The largest difference of any channel, alpha included. */
export function maxDifference(a: Pixels, b: Pixels): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) largest = Math.max(largest, Math.abs((a.data[i] as number) - (b.data[i] as number)));
  return largest;
}
