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

/** Edge-preserving smoothing in float64: straight rgb in [0, 1], three numbers a pixel. */
export function normalizedConvolution(source: Pixels, sigmaS: number, sigmaR: number, rounds: number): Float64Array {
  let color = Float64Array.from({ length: 3 * source.width * source.height }, (_, i) => (source.data[4 * Math.floor(i / 3) + (i % 3)] as number) / 255);
  for (let round = 0; round < rounds; round++) {
    for (const lines of [rows(source), columns(source)]) {
      const next = color.slice();
      for (const line of lines) {
        const ct = transformLine(source, line, sigmaS / sigmaR);
        line.forEach((pixel, i) => {
          const inside = line.slice(...windowOf(ct, i, radiusOf(sigmaS, round, rounds)));
          const weight = inside.reduce((sum, other) => sum + (source.data[4 * other + 3] as number), 0);
          if (weight === 0) return;
          for (let c = 0; c < 3; c++) next[3 * pixel + c] = inside.reduce((sum, other) => sum + (color[3 * other + c] as number) * (source.data[4 * other + 3] as number), 0) / weight;
        });
      }
      color = next;
    }
  }
  return color;
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
