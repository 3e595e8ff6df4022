import type { GuidedFilterParams } from '../../src/effects/guidedFilter.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';

type Numbers = readonly number[];

const mirrored = (i: number, length: number): number => {
  while (i < 0 || i >= length) i = i < 0 ? -1 - i : 2 * length - 1 - i;
  return i;
};

/** Means of all numbers of a pixel over (2 radius + 1)² pixels, the picture mirrored with its border repeated. */
function boxMeans(values: readonly Numbers[], width: number, height: number, radius: number): Numbers[] {
  const offsets = Array.from({ length: 2 * radius + 1 }, (_, i) => i - radius);
  const along = (pixels: readonly Numbers[], pixelAt: (x: number, y: number, offset: number) => number): Numbers[] =>
    pixels.map((first, i) => first.map((_, n) => offsets.reduce((sum, offset) => sum + ((pixels[pixelAt(i % width, Math.floor(i / width), offset)] as Numbers)[n] as number), 0) / offsets.length));
  const rows = along(values, (x, y, offset) => y * width + mirrored(x + offset, width));
  return along(rows, (x, y, offset) => mirrored(y + offset, height) * width + x);
}

/** Inverse of a 3 x 3 matrix by Gauss-Jordan elimination with pivots. */
function inverse(matrix: readonly Numbers[]): number[][] {
  const rows = matrix.map((row, i) => [...row, ...[0, 1, 2].map((j) => Number(i === j))]);
  for (let i = 0; i < 3; i++) {
    const best = [0, 1, 2].slice(i).reduce((a, b) => (Math.abs(rows[b]![i]!) > Math.abs(rows[a]![i]!) ? b : a));
    [rows[i], rows[best]] = [rows[best]!, rows[i]!];
    rows[i] = rows[i]!.map((value) => value / rows[i]![i]!);
    for (let j = 0; j < 3; j++) if (j !== i) rows[j] = rows[j]!.map((value, k) => value - rows[j]![i]! * rows[i]![k]!);
  }
  return rows.map((row) => row.slice(3));
}

/** The guided filter with the picture for its guide: a linear model A v + b in each window, pixels weighted by alpha, models by the alpha of their window. */
export function guidedFilter(source: Pixels, { radius, epsilon }: Pick<GuidedFilterParams, 'radius' | 'epsilon'>): Pixels {
  const { width, height } = source;
  const axes = [0, 1, 2];
  const pixels = Array.from({ length: width * height }, (_, i) => texel(source, i % width, Math.floor(i / width)).map((value) => value / 255));
  const moments = boxMeans(pixels.map((v) => [1, ...axes.map((i) => v[i]!), ...axes.flatMap((i) => axes.map((j) => v[i]! * v[j]!))].map((value) => value * v[3]!)), width, height, radius);
  const models = moments.map(([weight = 0, ...sums]) => {
    if (weight === 0) return Array.from({ length: 13 }, () => 0);
    const mean = sums.slice(0, 3).map((value) => value / weight);
    const covariance = axes.map((i) => axes.map((j) => sums[3 + 3 * i + j]! / weight - mean[i]! * mean[j]!));
    const inverted = inverse(covariance.map((row, i) => row.map((value, j) => value + (i === j ? epsilon : 0))));
    const a = axes.map((i) => axes.map((j) => axes.reduce((sum, k) => sum + inverted[i]![k]! * covariance[k]![j]!, 0)));
    const b = axes.map((i) => mean[i]! - axes.reduce((sum, j) => sum + a[i]![j]! * mean[j]!, 0));
    return [weight, ...a.flat().map((value) => value * weight), ...b.map((value) => value * weight)];
  });
  const means = boxMeans(models, width, height, radius);
  return picture(width, height, (x, y) => {
    const [weight = 0, ...model] = means[y * width + x]!;
    const v = pixels[y * width + x]!;
    const filtered = axes.map((i) => (axes.reduce((sum, j) => sum + model[3 * i + j]! * v[j]!, 0) + model[9 + i]!) / weight);
    return (weight === 0 ? v.slice(0, 3) : filtered).concat(v[3]!).map((value) => 255 * value);
  });
}
