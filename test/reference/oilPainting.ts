import type { OilPaintingParams } from '../../src/effects/oilPainting.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';

interface Bin {
  count: number;
  readonly sum: [number, number, number];
}

/** Each pixel's window counted anew, without packing or sliding. */
export function oilPainting(source: Pixels, { size, dynRatio, mode, bins, exponent }: OilPaintingParams): Pixels {
  const binOf = ([r = 0, g = 0, b = 0]: readonly number[]): number => {
    const luma = (r * 9798 + g * 19235 + b * 3735 + 2 ** 14) >> 15;
    return mode === 'exact' ? halfToEven(luma * (1 / dynRatio)) : Math.floor((luma * (bins - 1)) / 255);
  };
  const colors = Array.from({ length: source.width * source.height }, (_, i) => texel(source, i % source.width, Math.floor(i / source.width)));
  const binAt = colors.map(binOf);
  return picture(source.width, source.height, (x, y) => {
    const votes = new Map<number, Bin>();
    for (let dy = -size; dy <= size; dy++) {
      for (let dx = -size; dx <= size; dx++) {
        const outside = x + dx < 0 || x + dx >= source.width || y + dy < 0 || y + dy >= source.height;
        if (outside || (mode === 'soft' && dx * dx + dy * dy > size * size)) continue;
        const at = (y + dy) * source.width + x + dx;
        const [r = 0, g = 0, b = 0, a] = colors[at] as number[];
        if (a === 0) continue;
        const bin = votes.get(binAt[at] as number) ?? { count: 0, sum: [0, 0, 0] };
        votes.set(binAt[at] as number, bin);
        bin.count++;
        bin.sum[0] += r;
        bin.sum[1] += g;
        bin.sum[2] += b;
      }
    }
    const counted = [...votes].sort(([a], [b]) => a - b).map(([, bin]) => bin);
    const most = Math.max(...counted.map(({ count }) => count));
    const winner = counted.find(({ count }) => count === most);
    if (winner === undefined) return texel(source, x, y);
    if (mode === 'exact') return [...winner.sum.map((sum) => halfToEven(sum / most)), texel(source, x, y)[3] as number];
    const weights = counted.map(({ count }) => (count / most) ** exponent);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = [0, 1, 2].map((channel) => counted.reduce((sum, bin, i) => sum + ((weights[i] as number) * (bin.sum[channel] as number)) / bin.count, 0) / total);
    return [...mean, texel(source, x, y)[3] as number];
  });
}

function halfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
