import type { Pixels } from '../../src/io/pixels.ts';

/** The pixels of a picture that a line goes through, in order: all rows, or all columns. */
type Lines = readonly (readonly number[])[];

const rows = ({ width, height }: Pixels): Lines => Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => y * width + x));
const columns = ({ width, height }: Pixels): Lines => Array.from({ length: width }, (_, x) => Array.from({ length: height }, (_, y) => y * width + x));

/** Domain transform of the pixels along one line, each sum rounded to single precision. */
function transformLine({ data }: Pixels, line: readonly number[], slope: number): number[] {
  const code = (pixel: number, channel: number): number => (data[4 * pixel + channel] as number) / 255;
  let ct = 0;
  return line.map((pixel, i) => {
    const before = line[Math.max(i - 1, 0)] as number;
    const difference = [0, 1, 2].reduce((sum, channel) => sum + Math.abs(code(pixel, channel) - code(before, channel)), 0);
    return (ct = Math.fround(ct + 1 + slope * difference));
  });
}

/** The indices k next to i with ct_i - radius < ct_k <= ct_i + radius, from the first up to the one behind the last. */
function windowOf(ct: readonly number[], i: number, radius: number): readonly [number, number] {
  const center = ct[i] as number;
  let low = i;
  let high = i + 1;
  while (low > 0 && (ct[low - 1] as number) > center - radius) low--;
  while (high < ct.length && (ct[high] as number) <= center + radius) high++;
  return [low, high];
}

/** Half the width of the window, in px of the transformed domain. */
const radiusOf = (sigmaS: number, round: number, rounds: number): number => (3 * sigmaS * 2 ** (rounds - 1 - round)) / Math.sqrt(4 ** rounds - 1);

/** How much a pixel counts: its alpha, and 1/255 where it has none. */
const weightOf = ({ data }: Pixels, pixel: number): number => Math.max(data[4 * pixel + 3] as number, 1);

/** Straight rgb in [0, 1], three numbers a pixel. */
export const rgbOf = ({ data }: Pixels): Float64Array => Float64Array.from({ length: (3 * data.length) / 4 }, (_, i) => (data[4 * Math.floor(i / 3) + (i % 3)] as number) / 255);

/** Normalized convolution in float64: straight rgb in [0, 1], three numbers a pixel. */
export function normalizedConvolution(source: Pixels, sigmaS: number, sigmaR: number, rounds: number, guide: Pixels = source): Float64Array {
  let color = rgbOf(source);
  for (let round = 0; round < rounds; round++) {
    for (const lines of [rows(source), columns(source)]) {
      const next = color.slice();
      for (const line of lines) {
        const ct = transformLine(guide, line, sigmaS / sigmaR);
        line.forEach((pixel, i) => {
          const inside = line.slice(...windowOf(ct, i, radiusOf(sigmaS, round, rounds)));
          const weight = inside.reduce((sum, other) => sum + weightOf(source, other), 0);
          for (let c = 0; c < 3; c++) next[3 * pixel + c] = inside.reduce((sum, other) => sum + (color[3 * other + c] as number) * weightOf(source, other), 0) / weight;
        });
      }
      color = next;
    }
  }
  return color;
}

/** Interpolated convolution in float64, each polyline integrated piece by piece: straight rgb in [0, 1], three numbers a pixel. */
export function interpolatedConvolution(source: Pixels, sigmaS: number, sigmaR: number, rounds: number, guide: Pixels = source): Float64Array {
  let color = rgbOf(source);
  for (let round = 0; round < rounds; round++) {
    const radius = radiusOf(sigmaS, round, rounds);
    for (const lines of [rows(source), columns(source)]) {
      const next = color.slice();
      for (const line of lines) {
        const ct = transformLine(guide, line, sigmaS / sigmaR);
        const weights = line.map((pixel) => weightOf(source, pixel));
        line.forEach((pixel, i) => {
          const [low, high] = [(ct[i] as number) - radius, (ct[i] as number) + radius];
          const weight = integral(ct, weights, low, high);
          for (let c = 0; c < 3; c++) next[3 * pixel + c] = integral(ct, line.map((other, k) => (color[3 * other + c] as number) * (weights[k] as number)), low, high) / weight;
        });
      }
      color = next;
    }
  }
  return color;
}

/** Under the polyline through the points (x, y) from `low` to `high`; it goes on flat at both ends. */
function integral(x: readonly number[], y: readonly number[], low: number, high: number): number {
  const [first, last] = [x[0] as number, x[x.length - 1] as number];
  let sum = Math.max(0, first - low) * (y[0] as number) + Math.max(0, high - last) * (y[y.length - 1] as number);
  for (let k = 0; k + 1 < x.length; k++) {
    const [a, b] = [x[k] as number, x[k + 1] as number];
    const [from, to] = [Math.max(a, low), Math.min(b, high)];
    if (to <= from) continue;
    const at = (t: number): number => (y[k] as number) + (((y[k + 1] as number) - (y[k] as number)) * (t - a)) / (b - a);
    sum += ((at(from) + at(to)) / 2) * (to - from);
  }
  return sum;
}

/** Recursive filter in float64 of any number of interleaved channels, guided by the steps of others. */
export function recursiveFilter(values: Float64Array, guide: Float64Array, size: Pick<Pixels, 'width' | 'height'>, sigmaS: number, sigmaR: number, rounds: number): Float64Array {
  const pixels = size.width * size.height;
  const [channels, guides] = [values.length / pixels, guide.length / pixels];
  const out = values.slice();
  for (let round = 0; round < rounds; round++) {
    const sigma = radiusOf(sigmaS, round, rounds) / Math.sqrt(3);
    for (const lines of [rows(size as Pixels), columns(size as Pixels)]) {
      for (const line of lines) {
        const gapBefore = (i: number): number => {
          const step = Array.from({ length: guides }, (_, c) => Math.abs((guide[guides * (line[i] as number) + c] as number) - (guide[guides * (line[i - 1] as number) + c] as number))).reduce((sum, part) => sum + part);
          return Math.exp((-Math.SQRT2 / sigma) * (1 + (sigmaS / sigmaR) * step));
        };
        const take = (to: number, from: number, gap: number): void => {
          for (let c = 0; c < channels; c++) {
            const [own, other] = [channels * (line[to] as number) + c, channels * (line[from] as number) + c];
            out[own] = (out[own] as number) + gap * ((out[other] as number) - (out[own] as number));
          }
        };
        for (let i = 1; i < line.length; i++) take(i, i - 1, gapBefore(i));
        for (let i = line.length - 2; i >= 0; i--) take(i, i + 1, gapBefore(i + 1));
      }
    }
  }
  return out;
}

/** Sum of the populations of each pixel's first row window and first column window, of three rounds. */
export function windowCounts(source: Pixels, sigmaS: number, sigmaR: number): Float64Array {
  const counts = new Float64Array(source.width * source.height);
  for (const line of [...rows(source), ...columns(source)]) {
    const ct = transformLine(source, line, sigmaS / sigmaR);
    line.forEach((pixel, i) => {
      const [low, high] = windowOf(ct, i, radiusOf(sigmaS, 0, 3));
      counts[pixel] = (counts[pixel] as number) + high - low;
    });
  }
  return counts;
}
