import { expect } from 'vitest';
import { edgePreserving, type EdgePreservingParams } from '../../src/effects/edgePreserving.ts';
import { edgePreserving as reference } from '../reference/edgePreserving.ts';
import { golden } from '../support/golden.ts';
import { flat, hash, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('smooths as OpenCV does', async ({ render }) => {
  const source = await golden('scene');
  expect(maxDifference(source, scene(64, 48))).toBe(0);
  for (const [sigmaS, sigmaR] of [[60, 0.4], [20, 0.2]] as const) {
    expect(psnr(await render(edgePreserving({ sigmaS, sigmaR }), source), await golden(`edgePreserving_${sigmaS}_${sigmaR}`))).toBeGreaterThan(56);
  }
});

test.for<Partial<EdgePreservingParams>>([{}, { iterations: 1 }, { sigmaS: 8, sigmaR: 1, iterations: 2 }, { sigmaS: 200, sigmaR: 0.8, iterations: 5 }])('follows the definition: %j', async (params, { render }) => {
  for (const source of [scene(90, 70), scene(70, 140)]) {
    expect(psnr(await render(edgePreserving(params), source), reference(source, edgePreserving(params).params))).toBeGreaterThan(56);
  }
});

test.for<Partial<EdgePreservingParams>>([{}, { sigmaS: 20, sigmaR: 0.2, iterations: 2 }])('keeps a constant and mirrors with the picture: %j', async (params, { render }) => {
  // Much smaller than the window, where OpenCV 4.6 paints black.
  expect(maxDifference(await render(edgePreserving(params), flat(37, 23, [200, 100, 3])), flat(37, 23, [200, 100, 3]))).toBe(0);
  const source = scene(150, 90);
  const painted = await render(edgePreserving(params), source);
  expect(psnr(await render(edgePreserving(params), mirrored(source)), mirrored(painted))).toBeGreaterThan(50);
});

test('a step between two colours stays a step', async ({ render }) => {
  const halves = picture(80, 60, (x, y) => (x < 40 ? [40 + 20 * hash(x, y), 60, 60] : [200 + 20 * hash(x, y), 190, 180]));
  const painted = await render(edgePreserving({ sigmaR: 0.2 }), halves);
  for (let y = 0; y < 60; y++) {
    expect(texel(painted, 39, y)[0]).toBeLessThan(60);
    expect(texel(painted, 40, y)[0]).toBeGreaterThan(200);
    expect(Math.abs((texel(painted, 20, y)[0] as number) - 50)).toBeLessThan(4);
  }
});

test('transparent pixels do not bleed in', async ({ render }) => {
  // One opaque pixel in four. The import changes the colour of pixels of no alpha at all, so these have a little.
  const dots = picture(30, 20, (x, y) => ((x % 2) + (y % 2) === 0 ? [40, 160, 90, 255] : [50, 160, 110, 2]));
  const painted = await render(edgePreserving({ sigmaS: 30 }), dots);
  for (let y = 0; y < 20; y += 2) for (let x = 0; x < 30; x += 2) expect(maxDifference(flat(1, 1, texel(painted, x, y)), flat(1, 1, [40, 160, 90]))).toBeLessThanOrEqual(1);
});

test('gives alpha 1, so that the next effect counts all pixels alike', async ({ render }) => {
  const source = picture(41, 37, (x, y) => [100 + 60 * hash(x, y), 90 + 40 * hash(y, x), 80, 85 * (1 + Math.floor(3 * hash(x + 99, y)))]);
  const opaque = picture(41, 37, (x, y) => texel(source, x, y).slice(0, 3));
  const unchanged = edgePreserving({ sigmaS: 0.5, sigmaR: 0.01, iterations: 1 });
  expect(psnr(await render([unchanged, edgePreserving()], source), await render(edgePreserving(), opaque))).toBeGreaterThan(56);
});

test('half-transparent pixels count half', async ({ render }) => {
  const source = picture(41, 37, (x, y) => [100 + 60 * hash(x, y), 90 + 40 * hash(y, x), 80, 85 * (1 + Math.floor(3 * hash(x + 99, y)))]);
  expect(psnr(await render(edgePreserving(), source), reference(source, edgePreserving().params))).toBeGreaterThan(56);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33], [65, 1]] as const) {
    const source = scene(width, height);
    for (const params of [{}, { sigmaS: 0.5, sigmaR: 0.01 }, { sigmaS: 200, sigmaR: 1, iterations: 5 }]) {
      expect(maxDifference(await render(edgePreserving(params), source), reference(source, edgePreserving(params).params))).toBeLessThanOrEqual(1);
    }
  }
});

test('scale keeps the composition', async ({ render }) => {
  const source = scene(96, 64);
  const half = await render(edgePreserving({ sigmaS: 40 }), source, { scale: 0.5 });
  const reduced = await render(edgePreserving({ sigmaS: 20 }), await render(edgePreserving({ sigmaS: 0.5, sigmaR: 0.01 }), source, { scale: 0.5 }));
  expect(maxDifference(half, reduced)).toBeLessThanOrEqual(1);
});
