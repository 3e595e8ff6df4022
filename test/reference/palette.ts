import type { PaletteParams } from '../../src/effects/palette.ts';
import { hash01 } from './noise.ts';
import { smoothstep } from './softSteps.ts';

/** (L, 2 a, 2 b) of OKLab. */
export type Vector = readonly [number, number, number];
/** A colour and how much it counts. */
export interface Sample {
  readonly vector: Vector;
  readonly weight: number;
}

const LANES = 128;
const TRIALS = 1024;
const ROUNDS = 10;

export const squared = (a: Vector, b: Vector): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
const indexOfLeast = (values: readonly number[]): number => values.indexOf(Math.min(...values));

/** The twin of paletteSamples and paletteWeights: `at` is a pixel of the picture. */
export function paletteSamples(width: number, height: number, at: (x: number, y: number) => Sample, accents: number): Sample[] {
  const stride = Math.ceil(Math.max(width, height) / 96);
  const columns = Math.ceil(width / stride);
  const samples = Array.from({ length: columns * Math.ceil(height / stride) }, (_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    return at(Math.min(width - 1, Math.floor((x + hash01(x, y, 1)) * stride)), Math.min(height - 1, Math.floor((y + hash01(x, y, 2)) * stride)));
  });
  const bins = new Map<string, number>();
  const binOf = ([L, a, b]: Vector): string => [L, a + 0.5, b + 0.5].map((value) => Math.min(15, Math.max(0, Math.floor(16 * value)))).join();
  for (const { vector, weight } of samples) bins.set(binOf(vector), (bins.get(binOf(vector)) ?? 0) + weight);
  const weights = samples.map(({ vector, weight }) => weight * Math.max(1, bins.get(binOf(vector))!) ** -accents);
  const mean = weights.reduce((sum, weight) => sum + weight) / samples.length;
  return samples.map(({ vector }, i) => ({ vector, weight: weights[i]! / Math.max(mean, 1e-9) }));
}

/** The twin of k-means that starts from none: the palette from dark to light. */
export function pickedPalette(samples: readonly Sample[], count: number): Vector[] {
  const trials = Array.from({ length: TRIALS }, (_, i) => samples[Math.floor((i * samples.length) / TRIALS)]!);
  let nearest = trials.map(() => 1e9);
  /** The worst served of the eight trials of each lane. */
  const candidate = (lane: number): Vector => {
    const own = Array.from({ length: TRIALS / LANES }, (_, i) => (lane * TRIALS) / LANES + i);
    const errors = own.map((i) => (nearest[i] === 1e9 ? 0 : trials[i]!.weight * nearest[i]!));
    return trials[own[errors.indexOf(Math.max(...errors))]!]!.vector;
  };
  let centers: Vector[] = [];
  while (centers.length < count) {
    const candidates = Array.from({ length: LANES }, (_, lane) => candidate(lane));
    const chosen = candidates[indexOfLeast(candidates.map((color) => trials.reduce((sum, { vector, weight }, i) => sum + weight * Math.min(nearest[i]!, squared(vector, color)), 0)))]!;
    nearest = nearest.map((before, i) => Math.min(before, squared(trials[i]!.vector, chosen)));
    centers.push(chosen);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const sums = centers.map(() => [0, 0, 0, 0] as [number, number, number, number]);
    for (const { vector, weight } of samples) {
      const sum = sums[indexOfLeast(centers.map((center) => squared(vector, center)))]!;
      vector.forEach((value, i) => (sum[i]! += weight * value));
      sum[3] += weight;
    }
    centers = centers.map((center, k) => (sums[k]![3] > 0 ? (sums[k]!.slice(0, 3).map((value) => value / sums[k]![3]) as unknown as Vector) : center));
  }
  return centers.sort((a, b) => a[0] - b[0]);
}

/** The twin of shaders/effects/palette.wgsl at a pixel: `at` is the picture, clamped at the edge. */
export function paletteAt(at: (x: number, y: number) => Vector, x: number, y: number, palette: readonly Vector[], unit: number, params: Pick<PaletteParams, 'dither' | 'ditherAmount' | 'ditherSize' | 'softness'>): Vector {
  const color = at(x, y);
  const distances = palette.map((other) => squared(color, other));
  const least = Math.min(...distances);
  const own = palette[distances.indexOf(least)]!;
  const dithers = params.dither !== 'none';
  const half = (a: Vector, b: Vector): Vector => a.map((value, i) => (value - b[i]!) / 2) as unknown as Vector;
  const [dx, dy] = dithers ? [[0, 0, 0] as Vector, [0, 0, 0] as Vector] : [half(at(x + 1, y), at(x - 1, y)), half(at(x, y + 1), at(x, y - 1))];
  const slope = Math.sqrt(squared(dx, [0, 0, 0]) + squared(dy, [0, 0, 0]));
  const softness = dithers ? params.ditherAmount : params.softness / (1 + 2 * smoothstep(0, 0.03, slope * unit));
  const parts = palette.map((other, k) => {
    const way = other.map((value, i) => value - own[i]!);
    const apart = Math.hypot(...way);
    if (apart === 0) return 1;
    const along = (step: Vector): number => step.reduce((sum, value, i) => sum + value * way[i]!, 0) / apart;
    const t = Math.min(1, (distances[k]! - least) / (2 * apart) / Math.max((softness * apart) / 2, 0.75 * Math.hypot(along(dx), along(dy)), 1e-6));
    return (1 - t) / (1 + t);
  });
  const all = parts.reduce((sum, part) => sum + part);
  if (!dithers) return color.map((_, i) => parts.reduce((sum, part, k) => sum + part * palette[k]![i]!, 0) / all) as unknown as Vector;
  const cell = [Math.floor(x / params.ditherSize), Math.floor(y / params.ditherSize)] as const;
  const threshold = params.dither === 'bayer' ? bayer(...cell) : rankedNoise(...cell, 1);
  let passed = 0;
  return palette[parts.findIndex((part) => (passed += part / all) > threshold)] ?? own;
}

/** The recursive definition: each quarter of the matrix is the smaller one, four times finer. */
export function bayer(x: number, y: number, side: number = 8): number {
  const rank = (x: number, y: number, side: number): number => (side === 1 ? 0 : 4 * rank(x % (side / 2), y % (side / 2), side / 2) + [0, 2, 3, 1][Math.floor((2 * x) / side) + 2 * Math.floor((2 * y) / side)]!);
  return (rank(x % side, y % side, side) + 0.5) / side ** 2;
}

export function rankedNoise(x: number, y: number, seed: number): number {
  const own = hash01(x, y, seed);
  const lower = Array.from({ length: 9 }, (_, i) => hash01(x + (i % 3) - 1, y + Math.floor(i / 3) - 1, seed) < own).filter(Boolean).length;
  return (lower + hash01(x, y, seed + 1)) / 9;
}
