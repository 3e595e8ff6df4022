import { expect } from 'vitest';
import { guidedFilter, type GuidedFilterParams } from '../../src/effects/guidedFilter.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { guidedFilter as reference } from '../reference/guidedFilter.ts';
import { golden } from '../support/golden.ts';
import { flat, hash, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('smooths as OpenCV does', async ({ render }) => {
  const source = await golden('scene');
  for (const [radius, epsilon] of [[4, 0.01], [8, 0.0001]] as const) {
    const expected = await golden(`guidedFilter_${radius}_${epsilon}`);
    const exact = await render(guidedFilter({ quality: 'exact', radius, epsilon }), source);
    expect(maxDifference(exact, expected)).toBeLessThanOrEqual(1);
    expect(psnr(exact, expected)).toBeGreaterThan(60);
    expect(psnr(await render(guidedFilter({ radius, epsilon }), source), expected)).toBeGreaterThan(48);
  }
});

test.for<Partial<GuidedFilterParams>>([{ radius: 1, epsilon: 0.2 }, { radius: 8, epsilon: 0.0001 }, { radius: 21 }, { radius: 64, epsilon: 0.05 }])('follows the definition: %j', async (params, { render }) => {
  for (const source of [scene(90, 70), scene(67, 131)]) {
    const expected = reference(source, guidedFilter(params).params);
    const exact = await render(guidedFilter({ ...params, quality: 'exact' }), source);
    expect(maxDifference(exact, expected)).toBeLessThanOrEqual(1);
    expect(psnr(exact, expected)).toBeGreaterThan(60);
    expect(psnr(await render(guidedFilter(params), source), expected)).toBeGreaterThan(45);
  }
});

test('covariances survive where colours hardly vary, or vary together', async ({ render }) => {
  // Far from the middle of the range and almost grey: what sums of squares in half floats would lose altogether.
  const faint = picture(60, 50, (x, y) => [240 + 8 * hash(x, y), 236 + 8 * hash(x, y) + 2 * hash(y, x), 238 + 8 * hash(x, y)]);
  const gray = picture(60, 50, (x, y) => [255 * hash(x, y), 255 * hash(x, y), 255 * hash(x, y)].map((v) => (x < 30 ? v : v / 8)));
  for (const source of [faint, gray]) {
    for (const epsilon of [0.0001, 0.000001]) {
      for (const radius of [3, 30]) {
        const expected = reference(source, { radius, epsilon });
        expect(maxDifference(await render(guidedFilter({ quality: 'exact', radius, epsilon }), source), expected)).toBeLessThanOrEqual(1);
        expect(maxDifference(await render(guidedFilter({ radius, epsilon }), source), expected)).toBeLessThanOrEqual(2);
      }
    }
  }
});

test.for<Partial<GuidedFilterParams>>([{ quality: 'exact', radius: 5 }, { radius: 2 }, { radius: 7, epsilon: 0.001 }, { radius: 15, epsilon: 0.1 }, { radius: 40 }])('keeps a constant, mirrors and turns with the picture: %j', async (params, { render }) => {
  expect(maxDifference(await render(guidedFilter(params), flat(37, 23, [200, 100, 3])), flat(37, 23, [200, 100, 3]))).toBe(0);
  const source = scene(64, 48);
  const painted = await render(guidedFilter(params), source);
  expect(maxDifference(await render(guidedFilter(params), mirrored(source)), mirrored(painted))).toBeLessThanOrEqual(1);
  expect(maxDifference(await render(guidedFilter(params), transposed(source)), transposed(painted))).toBeLessThanOrEqual(1);
});

test.for(['exact', 'fast'] as const)('variance above epsilon stays, variance below goes: %s', async (quality, { render }) => {
  const noise = picture(40, 32, (x, y) => [255 * hash(x, y), 255 * hash(y, x), 255 * hash(x + 9, y)]);
  expect(maxDifference(await render(guidedFilter({ quality, epsilon: 0.000001 }), noise), noise)).toBe(0);
  const halves = picture(80, 60, (x, y) => (x < 40 ? [40 + 20 * hash(x, y), 60, 60] : [200 + 20 * hash(x, y), 190, 180]));
  const painted = await render(guidedFilter({ quality, epsilon: 0.005 }), halves);
  for (let y = 0; y < 60; y++) {
    for (const x of [5, 39]) expect(Math.abs((texel(painted, x, y)[0] as number) - 50)).toBeLessThan(x === 5 ? 4 : 14);
    for (const x of [40, 75]) expect(Math.abs((texel(painted, x, y)[0] as number) - 210)).toBeLessThan(x === 75 ? 4 : 14);
  }
});

test.for(['exact', 'fast'] as const)('smooths more with radius and with epsilon: %s', async (quality, { render }) => {
  const variation = async (source: Pixels, params: Partial<GuidedFilterParams>): Promise<number> => {
    const { data } = await render(guidedFilter({ quality, ...params }), source);
    return data.reduce((sum, value, i) => sum + (i % 4 === 3 || i < 4 ? 0 : Math.abs(value - (data[i - 4] as number))), 0);
  };
  let before = Infinity;
  for (const epsilon of [0.0001, 0.001, 0.01, 0.1]) {
    const now = await variation(scene(64, 48), { epsilon });
    expect(now).toBeLessThan(before);
    before = now;
  }
  const grain = picture(64, 48, (x, y) => [100 + 40 * hash(x, y), 90, 120 - 30 * hash(y, x)]);
  before = Infinity;
  for (const radius of [1, 2, 5, 12]) {
    const now = await variation(grain, { radius, epsilon: 0.1 });
    expect(now).toBeLessThan(before);
    before = now;
  }
});

test('pixels count by their alpha', async ({ render }) => {
  const source = picture(43, 36, (x, y) => [100 + 60 * hash(x, y), 90 + 40 * hash(y, x), 80, 85 * (1 + Math.floor(3 * hash(x + 99, y)))]);
  for (const radius of [2, 9, 20]) {
    const expected = reference(source, { radius, epsilon: 0.01 });
    expect(maxDifference(await render(guidedFilter({ quality: 'exact', radius }), source), expected)).toBeLessThanOrEqual(1);
    expect(psnr(await render(guidedFilter({ radius }), source), expected)).toBeGreaterThan(50);
  }
});

test.for(['exact', 'fast'] as const)('transparent pixels do not bleed in, and where all are transparent colours stay: %s', async (quality, { render }) => {
  // One opaque pixel in four. The import changes the colour of pixels of no alpha at all, so these have a little.
  const dots = picture(30, 20, (x, y) => ((x % 2) + (y % 2) === 0 ? [40, 160, 90, 255] : [50, 160, 110, 2]));
  const painted = await render(guidedFilter({ quality, epsilon: 0.1 }), dots);
  for (let y = 0; y < 20; y += 2) for (let x = 0; x < 30; x += 2) expect(maxDifference(flat(1, 1, texel(painted, x, y)), flat(1, 1, [40, 160, 90]))).toBeLessThanOrEqual(1);
  // A window slides from opaque over clear to opaque ground: what its sums leave behind must not become a colour.
  const gap = picture(90, 20, (x, y) => [200 * hash(x, y), 90, 30, x > 20 && x < 70 ? 0 : 255]);
  const seen = await render(guidedFilter({ quality, radius: 4 }), gap);
  const expected = reference(gap, { radius: 4, epsilon: 0.01 });
  for (let y = 0; y < 20; y++) for (const x of [0, 15, 20, 70, 71, 80, 89]) expect(maxDifference(flat(1, 1, texel(seen, x, y)), flat(1, 1, texel(expected, x, y)))).toBeLessThanOrEqual(quality === 'exact' ? 1 : 8);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [7, 1], [5, 3], [2, 2], [33, 1]] as const) {
    const source = scene(width, height);
    for (const radius of [1, 6, 64]) {
      const expected = reference(source, { radius, epsilon: 0.01 });
      expect(maxDifference(await render(guidedFilter({ quality: 'exact', radius }), source), expected)).toBeLessThanOrEqual(1);
      expect(psnr(await render(guidedFilter({ radius }), source), expected)).toBeGreaterThan(30);
    }
  }
});

test('scale keeps the composition', async ({ render }) => {
  const source = scene(96, 64);
  const half = await render(guidedFilter({ radius: 16 }), source, { scale: 0.5 });
  const reduced = await render(guidedFilter({ radius: 8 }), await render(guidedFilter({ radius: 1, epsilon: 0.000001 }), source, { scale: 0.5 }));
  expect(maxDifference(half, reduced)).toBeLessThanOrEqual(1);
});

test('memory falls with the size of the cells', ({ studio }) => {
  const bytes = (params: Partial<GuidedFilterParams>): number => studio.pipeline(guidedFilter(params)).estimate(1920, 1080) / (1920 * 1080) - 4;
  expect(bytes({ quality: 'exact' })).toBeLessThan(72.1);
  expect(bytes({ radius: 4 })).toBeLessThan(18.1);
  expect(bytes({ radius: 12 })).toBeLessThan(4.6);
  expect(bytes({ radius: 64 })).toBeLessThan(1.2);
});
