import { expect } from 'vitest';
import { classicKuwahara } from '../../src/effects/classicKuwahara.ts';
import { classicKuwahara as twin } from '../reference/classicKuwahara.ts';
import { flat, hash, maxDifference, mirrored, picture, psnr, scene, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test.for([1, 4, 9])('it is the float64 filter at radius %i', async (radius, { render }) => {
  for (const source of [scene(71, 37), scene(33, 80)]) expect(psnr(await render(classicKuwahara({ radius }), source), twin(source, radius))).toBeGreaterThan(50);
});

test('squares wider than the picture are cut at its borders, and strips of lines meet', async ({ render }) => {
  for (const source of [scene(40, 21), scene(150, 12)]) expect(psnr(await render(classicKuwahara({ radius: 32 }), source), twin(source, 32))).toBeGreaterThan(50);
});

test('variances survive near white and near black, where sums of squares are large', async ({ render }) => {
  for (const level of [2, 252]) {
    // Left of each pixel the picture varies by one code value, right of it by three.
    const source = picture(48, 40, (x, y) => [level + (hash(x, y) < 0.5 ? 0 : x < 24 ? 1 : 3), level, level]);
    expect(psnr(await render(classicKuwahara({ radius: 12 }), source), twin(source, 12))).toBeGreaterThan(50);
  }
});

test('one colour stays, and an edge between two', async ({ render }) => {
  const halves = picture(40, 32, (x) => (x < 17 ? [240, 10, 30] : [20, 200, 90]));
  for (const source of [flat(23, 17, [200, 120, 40]), flat(40, 40, [255, 255, 255]), halves]) {
    for (const radius of [1, 5, 32]) expect(maxDifference(await render(classicKuwahara({ radius }), source), source)).toBe(0);
  }
});

test('a mirrored or turned picture is painted mirrored or turned', async ({ render }) => {
  const source = scene(64, 47);
  const painted = await render(classicKuwahara({ radius: 5 }), source);
  // Two quadrants that vary alike may change places.
  expect(psnr(await render(classicKuwahara({ radius: 5 }), mirrored(source)), mirrored(painted))).toBeGreaterThan(50);
  const turned = mirrored(transposed(source));
  expect(psnr(await render(classicKuwahara({ radius: 5 }), turned), mirrored(transposed(painted)))).toBeGreaterThan(50);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [7, 5]] as const) {
    const source = scene(width, height);
    for (const radius of [1, 32]) expect(psnr(await render(classicKuwahara({ radius }), source), twin(source, radius))).toBeGreaterThan(45);
  }
});
