import { expect } from 'vitest';
import { detailEnhance, type DetailEnhanceParams } from '../../src/effects/detailEnhance.ts';
import { detailEnhance as reference } from '../reference/detailEnhance.ts';
import { golden } from '../support/golden.ts';
import { flat, hash, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('enhances as OpenCV does', async ({ render }) => {
  const source = await golden('scene');
  expect(maxDifference(source, scene(64, 48))).toBe(0);
  for (const [sigmaS, sigmaR] of [[10, 0.15], [60, 0.4], [20, 0.07]] as const) {
    // It reads Lab from a table and interpolates; here Lab is exact.
    expect(psnr(await render(detailEnhance({ sigmaS, sigmaR }), source), await golden(`detailEnhance_${sigmaS}_${sigmaR}`))).toBeGreaterThan(52);
  }
});

test.for<Partial<DetailEnhanceParams>>([{}, { sigmaS: 60, sigmaR: 0.4 }, { boost: 0 }, { boost: 8, sigmaS: 200, sigmaR: 1 }, { sigmaS: 0.5, sigmaR: 0.01 }])('follows the definition: %j', async (params, { render }) => {
  for (const source of [scene(90, 70), scene(70, 140)]) {
    expect(psnr(await render(detailEnhance(params), source), reference(source, detailEnhance(params).params))).toBeGreaterThan(55);
  }
});

test('at boost 1 every colour stays', async ({ render }) => {
  const colors = picture(64, 48, (x, y) => [255 * hash(x, y), 255 * hash(x + 64, y), 255 * hash(x, y + 48)]);
  for (const source of [colors, scene(33, 21)]) {
    expect(maxDifference(await render(detailEnhance({ boost: 1 }), source), source)).toBeLessThanOrEqual(1);
  }
});

test('one colour stays, at the ends of the range too', async ({ render }) => {
  for (const color of [[200, 100, 3], [0, 0, 0], [255, 255, 255], [0, 0, 255], [1, 2, 1]]) {
    for (const boost of [0, 3, 8]) expect(maxDifference(await render(detailEnhance({ boost }), flat(37, 23, color)), flat(37, 23, color))).toBeLessThanOrEqual(1);
  }
});

test('a strong step gets no halo, while the grain beside it is lifted', async ({ render }) => {
  const step = picture(80, 40, (x) => (x < 40 ? [60, 60, 60] : [200, 200, 200]));
  expect(maxDifference(await render(detailEnhance({ sigmaR: 0.05 }), step), step)).toBeLessThanOrEqual(2);
  const grain = picture(80, 40, (x, y) => (x < 40 ? [60, 60, 60] : [200, 200, 200]).map((value) => value + ((x + y) % 2 === 0 ? 4 : -4)));
  const enhanced = await render(detailEnhance(), grain);
  const contrast = (x: number): number => Math.abs((texel(enhanced, x, 20)[0] as number) - (texel(enhanced, x + 1, 20)[0] as number));
  expect(contrast(20)).toBeGreaterThan(16);
  expect(contrast(60)).toBeGreaterThan(16);
});

test('mirrors and turns with the picture', async ({ render }) => {
  const source = scene(64, 48);
  const enhanced = await render(detailEnhance(), source);
  // The filter runs forth before back and along rows before columns, so neither is exact: 41 and 47 dB, as in OpenCV.
  expect(psnr(await render(detailEnhance(), mirrored(source)), mirrored(enhanced))).toBeGreaterThan(40);
  expect(psnr(await render(detailEnhance(), transposed(source)), transposed(enhanced))).toBeGreaterThan(45);
});

test('alpha stays', async ({ render }) => {
  const source = picture(24, 16, (x, y) => [120, 80 + 3 * x, 60, 17 * y]);
  const enhanced = await render(detailEnhance(), source);
  for (let y = 0; y < 16; y++) expect(texel(enhanced, 7, y)[3]).toBe(17 * y);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [7, 1], [5, 3], [17, 33]] as const) {
    const source = scene(width, height);
    for (const params of [{}, { sigmaS: 200, sigmaR: 1, boost: 8 }]) {
      expect(maxDifference(await render(detailEnhance(params), source), reference(source, detailEnhance(params).params))).toBeLessThanOrEqual(2);
    }
  }
});
