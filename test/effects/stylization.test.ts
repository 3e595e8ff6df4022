import { expect } from 'vitest';
import { stylization, type StylizationParams } from '../../src/effects/stylization.ts';
import { stylization as reference } from '../reference/stylization.ts';
import { golden } from '../support/golden.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('stylizes as OpenCV does', async ({ render }) => {
  const source = await golden('scene');
  for (const [sigmaS, sigmaR] of [[60, 0.45], [20, 0.07]] as const) {
    expect(psnr(await render(stylization({ sigmaS, sigmaR }), source), await golden(`stylization_${sigmaS}_${sigmaR}`))).toBeGreaterThan(52);
  }
});

test.for<Partial<StylizationParams>>([{}, { sigmaS: 8, sigmaR: 1 }, { sigmaS: 200, sigmaR: 0.1 }])('follows the definition and mirrors with the picture: %j', async (params, { render }) => {
  const source = scene(90, 70);
  const painted = await render(stylization(params), source);
  expect(psnr(painted, reference(source, stylization(params).params))).toBeGreaterThan(52);
  expect(psnr(await render(stylization(params), mirrored(source)), mirrored(painted))).toBeGreaterThan(45);
});

test('a flat sheet has no edges, and an edge is dark on both sides', async ({ render }) => {
  expect(maxDifference(await render(stylization(), flat(37, 23, [200, 100, 3])), flat(37, 23, [200, 100, 3]))).toBe(0);
  const painted = await render(stylization({ sigmaR: 0.1 }), picture(40, 30, (x) => (x < 20 ? [90, 90, 90] : [110, 110, 110])));
  // Sobel gives 4 times the step in each of three channels.
  const kept = 1 - (3 * 4 * 20) / 255;
  for (const [x, value] of [[18, 90], [19, 90 * kept], [20, 110 * kept], [21, 110]] as const) expect(Math.abs((texel(painted, x, 15)[0] as number) - value)).toBeLessThanOrEqual(1);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) {
    const source = scene(width, height);
    expect(maxDifference(await render(stylization(), source), reference(source, stylization().params))).toBeLessThanOrEqual(2);
  }
});
