import { expect } from 'vitest';
import { generalizedKuwahara } from '../../src/effects/generalizedKuwahara.ts';
import { generalizedKuwahara as twin } from '../reference/generalizedKuwahara.ts';
import { flat, maxDifference, mirrored, psnr, scene, transposed } from '../support/pictures.ts';
import { softScene } from '../support/softScene.ts';
import { test } from '../support/studioTest.ts';

const QUALITIES = ['exact', 'fast', 'preview'] as const;

test.for([{}, { radius: 3.5, sharpness: 12 }, { radius: 7, floor: 0.02 }])('exact is the float64 filter: %o', async (params: { radius?: number; sharpness?: number; floor?: number }, { render }) => {
  const source = scene(40, 31);
  const { sharpness: q = 8, ...rest } = params;
  expect(psnr(await render(generalizedKuwahara({ ...params, quality: 'exact' }), source), twin(source, { ...rest, q }))).toBeGreaterThan(50);
});

test.for([6, 20])('fast keeps 36 dB at radius %i', async (radius, { render }) => {
  const source = softScene(64, 48);
  expect(psnr(await render(generalizedKuwahara({ radius }), source), await render(generalizedKuwahara({ radius, quality: 'exact' }), source))).toBeGreaterThan(36);
});

test.for(QUALITIES)('one colour stays, tiny pictures are fine: %s', async (quality, { render }) => {
  for (const radius of [1, 6, 32]) {
    for (const source of [flat(23, 17, [200, 120, 40]), flat(7, 5, [255, 255, 255]), flat(1, 1, [3, 2, 1])]) {
      expect(maxDifference(await render(generalizedKuwahara({ quality, radius, floor: 0.005, sharpness: 16 }), source), source)).toBeLessThanOrEqual(1);
    }
  }
});

test.for(QUALITIES)('it knows no direction: a mirrored or turned picture is painted mirrored or turned: %s', async (quality, { render }) => {
  const source = softScene(64, 48);
  for (const radius of quality === 'exact' ? [6] : [4, 6, 20]) {
    const look = generalizedKuwahara({ quality, radius });
    const painted = await render(look, source);
    expect(maxDifference(await render(look, mirrored(source)), mirrored(painted))).toBeLessThanOrEqual(2);
    expect(maxDifference(await render(look, mirrored(transposed(source))), mirrored(transposed(painted)))).toBeLessThanOrEqual(2);
  }
});
