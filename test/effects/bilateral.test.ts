import { expect } from 'vitest';
import { bilateral, type BilateralParams } from '../../src/effects/bilateral.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { bilateral as reference } from '../reference/bilateral.ts';
import { golden } from '../support/golden.ts';
import { flat, hash, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('smooths as OpenCV does', async ({ render }) => {
  const source = await golden('scene');
  for (const [sigmaColor, sigmaSpace] of [[25, 3], [75, 8]] as const) {
    const expected = await golden(`bilateral_${sigmaColor}_${sigmaSpace}`);
    const exact = await render(bilateral({ quality: 'exact', sigmaColor: sigmaColor / 255, sigmaSpace }), source);
    expect(maxDifference(exact, expected)).toBeLessThanOrEqual(1);
    expect(psnr(exact, expected)).toBeGreaterThan(66);
    expect(psnr(await render(bilateral({ sigmaColor: sigmaColor / 255, sigmaSpace }), source), expected)).toBeGreaterThan(35);
  }
});

const CASES = [
  [{ quality: 'exact', sigmaSpace: 0.5 }, 1],
  [{ quality: 'exact', sigmaSpace: 3, sigmaColor: 0.1 }, 1],
  [{ quality: 'exact', sigmaSpace: 7, sigmaColor: 1 }, 1],
  [{ quality: 'fast', sigmaSpace: 1 }, 1],
  [{ quality: 'fast', sigmaSpace: 2, sigmaColor: 0.1 }, 2],
  [{ quality: 'fast', sigmaSpace: 5.4 }, 2],
  [{ quality: 'fast', sigmaSpace: 8, sigmaColor: 0.6 }, 4],
  [{ quality: 'fast', sigmaSpace: 16, sigmaColor: 0.1 }, 4],
] as const satisfies readonly (readonly [Partial<BilateralParams>, number])[];

test.for(CASES)('follows the definition, with cells of %j', async ([params, factor], { render }) => {
  for (const source of [scene(61, 44), scene(30, 57)]) {
    const painted = await render(bilateral(params), source);
    expect(psnr(painted, reference(source, bilateral(params).params, factor))).toBeGreaterThan(58);
  }
});

test.for(CASES)('keeps a constant, mirrors and turns with the picture: %j', async ([params], { render }) => {
  expect(maxDifference(await render(bilateral(params), flat(37, 23, [200, 100, 3])), flat(37, 23, [200, 100, 3]))).toBe(0);
  const source = scene(64, 44);
  const painted = await render(bilateral(params), source);
  expect(maxDifference(await render(bilateral(params), mirrored(source)), mirrored(painted))).toBeLessThanOrEqual(1);
  expect(maxDifference(await render(bilateral(params), transposed(source)), transposed(painted))).toBeLessThanOrEqual(1);
});

test.for(['exact', 'fast'] as const)('colours that differ by more than sigmaColor stay apart: %s', async (quality, { render }) => {
  const noise = picture(40, 32, (x, y) => [255 * hash(x, y), 255 * hash(y, x), 255 * hash(x + 9, y)]);
  expect(maxDifference(await render(bilateral({ quality, sigmaColor: 0.001, sigmaSpace: 9 }), noise), noise)).toBe(0);
  const halves = picture(80, 60, (x, y) => (x < 40 ? [40 + 20 * hash(x, y), 60, 60] : [200 + 20 * hash(x, y), 190, 180]));
  const painted = await render(bilateral({ quality, sigmaColor: 0.2, sigmaSpace: 12 }), halves);
  for (let y = 0; y < 60; y++) {
    for (const x of [5, 38, 39]) expect(Math.abs((texel(painted, x, y)[0] as number) - 50)).toBeLessThan(5);
    for (const x of [40, 41, 75]) expect(Math.abs((texel(painted, x, y)[0] as number) - 210)).toBeLessThan(5);
  }
});

test.for(['exact', 'fast'] as const)('smooths more with either sigma: %s', async (quality, { render }) => {
  const variation = async (source: Pixels, params: Partial<BilateralParams>): Promise<number> => {
    const { data } = await render(bilateral({ quality, ...params }), source);
    return data.reduce((sum, value, i) => sum + (i % 4 === 3 || i < 4 ? 0 : Math.abs(value - (data[i - 4] as number))), 0);
  };
  let before = Infinity;
  for (const sigmaColor of [0.01, 0.1, 0.3, 2]) {
    const now = await variation(scene(64, 48), { sigmaColor });
    expect(now).toBeLessThan(before);
    before = now;
  }
  // With edges around, a larger window also finds more pixels of a rare colour, which keep it alive.
  const grain = picture(64, 48, (x, y) => [100 + 40 * hash(x, y), 90, 120 - 30 * hash(y, x)]);
  before = Infinity;
  for (const sigmaSpace of [0.5, 2, 5, 16]) {
    const now = await variation(grain, { sigmaSpace });
    expect(now).toBeLessThan(before);
    before = now;
  }
});

test('pixels count by their alpha', async ({ render }) => {
  const source = picture(42, 36, (x, y) => [100 + 60 * hash(x, y), 90 + 40 * hash(y, x), 80, 85 * (1 + Math.floor(3 * hash(x + 99, y)))]);
  for (const [params, factor] of CASES) expect(psnr(await render(bilateral(params), source), reference(source, bilateral(params).params, factor))).toBeGreaterThan(56);
});

test.for(['exact', 'fast'] as const)('transparent pixels do not bleed in: %s', async (quality, { render }) => {
  // One opaque pixel in four. The import changes the colour of pixels of no alpha at all, so these have a little.
  const dots = picture(30, 20, (x, y) => ((x % 2) + (y % 2) === 0 ? [40, 160, 90, 255] : [50, 160, 110, 2]));
  const painted = await render(bilateral({ quality, sigmaColor: 1, sigmaSpace: 6 }), dots);
  for (let y = 0; y < 20; y += 2) for (let x = 0; x < 30; x += 2) expect(maxDifference(flat(1, 1, texel(painted, x, y)), flat(1, 1, [40, 160, 90]))).toBeLessThanOrEqual(1);
  const clear = flat(20, 20, [10, 20, 30, 0]);
  expect((await render(bilateral({ quality }), clear)).data.every((value, i) => i % 4 !== 3 || value === 0)).toBe(true);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [7, 1], [5, 3], [2, 2], [33, 1]] as const) {
    const source = scene(width, height);
    for (const [params, factor] of CASES) expect(maxDifference(await render(bilateral(params), source), reference(source, bilateral(params).params, factor))).toBeLessThanOrEqual(1);
  }
});

test('scale keeps the composition', async ({ render }) => {
  const source = scene(96, 64);
  const half = await render(bilateral({ sigmaSpace: 8 }), source, { scale: 0.5 });
  const reduced = await render(bilateral({ sigmaSpace: 4 }), await render(bilateral({ sigmaSpace: 0.5, sigmaColor: 0.001 }), source, { scale: 0.5 }));
  expect(maxDifference(half, reduced)).toBeLessThanOrEqual(1);
});

test('needs a copy of the picture, or a fraction of one', ({ studio }) => {
  const bytes = (params: Partial<BilateralParams>): number => studio.pipeline(bilateral(params)).estimate(1920, 1080) / (1920 * 1080);
  const result = 4;
  expect(bytes({ quality: 'exact' })).toBeLessThan(result + 4.2);
  expect(bytes({ sigmaSpace: 5 })).toBeLessThan(result + 1.1);
  expect(bytes({ sigmaSpace: 16 })).toBeLessThan(result + 0.3);
});
