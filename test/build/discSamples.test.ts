import { expect, test } from 'vitest';
import { discModule, discSamples, sectorWeights } from '../../build/generated/discSamples.ts';

/** Every point of a grid in the unit disc. */
const disc = Array.from({ length: 49 * 49 }, (_, i) => [(i % 49) / 24 - 1, Math.floor(i / 49) / 24 - 1] as const).filter(([x, y]) => Math.hypot(x, y) <= 1);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What programs that scale the disc to half make of it: their weights at the rim are ours at half the way. */
const halfDisc = (x: number, y: number): number[] => sectorWeights(x / 2, y / 2);

/** The mean over the disc of the largest sector's share. */
function ownShare(weightsAt: typeof sectorWeights): number {
  return sum(disc.map(([x, y]) => Math.max(...weightsAt(x, y)) / sum(weightsAt(x, y)))) / disc.length;
}

test('the sector weights sum to a Gaussian of sigma 0.4 on the unit disc', () => {
  for (const [x, y] of disc) expect(sum(sectorWeights(x, y))).toBeCloseTo(Math.exp(-(x * x + y * y) / (2 * 0.4 ** 2)), 12);
  expect(sum(sectorWeights(1, 0))).toBeCloseTo(0.044, 3);
});

test('a sector owns nearly four fifths of its place, not three as in the half disc', () => {
  expect(ownShare(sectorWeights)).toBeCloseTo(0.78, 2);
  expect(ownShare(halfDisc)).toBeLessThan(0.65);
  expect(sum(halfDisc(1, 0))).toBeCloseTo(0.458, 3);
});

test('sector k points along k times 45 degrees', () => {
  for (let k = 0; k < 8; k++) {
    const weights = sectorWeights(0.7 * Math.cos((k * Math.PI) / 4), 0.7 * Math.sin((k * Math.PI) / 4));
    expect(weights.indexOf(Math.max(...weights))).toBe(k);
  }
});

test.for([32, 64, 96])('%i samples stand for the disc', (count) => {
  const samples = discSamples(count);
  expect(samples).toHaveLength(count);
  for (let k = 0; k < 8; k++) expect(sum(samples.map(({ weights }) => weights[k] ?? 0))).toBeCloseTo(1, 12);
  // Centre and spread along its axis of the first sector, against the grid.
  const moment = (power: number, points: readonly (readonly [number, number])[]): number => sum(points.map(([value, weight]) => weight * value ** power)) / sum(points.map(([, weight]) => weight));
  const exact = disc.map(([x, y]) => [x, sectorWeights(x, y)[0] ?? 0] as const);
  const sampled = samples.map(({ x, weights }) => [x, weights[0] ?? 0] as const);
  expect(Math.abs(moment(1, sampled) - moment(1, exact))).toBeLessThan(0.02);
  expect(Math.abs(moment(2, sampled) - moment(2, exact))).toBeLessThan(0.02);
});

test.for([32, 64, 96])('%i samples are their own mirror images, so that a mirrored picture is painted mirrored', (count) => {
  const samples = discSamples(count);
  const weightsAt = (x: number, y: number): readonly number[] => samples.find((sample) => Math.hypot(sample.x - x, sample.y - y) < 1e-9)?.weights ?? [];
  const toPrecision = (weights: readonly number[]): number[] => weights.map((weight) => Math.round(weight * 1e9));
  for (const { x, y, weights } of samples) {
    expect(toPrecision(weightsAt(x, -y))).toEqual(toPrecision([0, 7, 6, 5, 4, 3, 2, 1].map((k) => weights[k] ?? 0)));
    expect(toPrecision(weightsAt(y, x))).toEqual(toPrecision([2, 1, 0, 7, 6, 5, 4, 3].map((k) => weights[k] ?? 0)));
  }
});

test('the module takes one tap a sample and leaves out what weighs nothing', () => {
  const code = discModule(discSamples(64), 'bilinear');
  expect(code.match(/= tap\(/g)).toHaveLength(64);
  expect(code).not.toMatch(/\+= 0 \*/);
  expect(code.match(/\+=/g)?.length).toBe(sum(discSamples(64).map(({ weights }) => weights.filter((weight) => weight > 0).length)));
});
