import { expect } from 'vitest';
import { pencilSketch, type PencilSketchParams } from '../../src/effects/pencilSketch.ts';
import { pencilSketch as reference } from '../reference/pencilSketch.ts';
import { golden } from '../support/golden.ts';
import { flat, maxDifference, mirrored, psnr, scene, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

// The GPU of this project's tests gives OpenCV's pictures bit for bit; another may round a sum the other way, and a window then holds one pixel more.
const SAME_DB = 50;

test('draws as OpenCV does', async ({ render }) => {
  const source = await golden('scene');
  for (const [sigmaS, sigmaR, shadeFactor] of [[60, 0.07, 0.02], [20, 0.2, 0.03]] as const) {
    for (const color of [false, true]) {
      const expected = await golden(`pencilSketch_${color ? 'color_' : ''}${sigmaS}_${sigmaR}_${shadeFactor}`);
      expect(psnr(await render(pencilSketch({ sigmaS, sigmaR, shadeFactor, color }), source), expected)).toBeGreaterThan(SAME_DB);
    }
  }
});

test.for<Partial<PencilSketchParams>>([{}, { color: true }, { sigmaS: 5, sigmaR: 1, shadeFactor: 0.1 }, { sigmaS: 200, sigmaR: 0.3, shadeFactor: 0.01, color: true }])('follows the definition, and mirrors and turns with the picture: %j', async (params, { render }) => {
  const source = scene(90, 70);
  const painted = await render(pencilSketch(params), source);
  expect(psnr(painted, reference(source, pencilSketch(params).params))).toBeGreaterThan(SAME_DB);
  for (const turn of [mirrored, transposed]) expect(psnr(await render(pencilSketch(params), turn(source)), turn(painted))).toBeGreaterThan(45);
});

test('a sheet of one colour stays white up to its corners, and without shade all is black', async ({ render }) => {
  expect(maxDifference(await render(pencilSketch(), flat(37, 23, [20, 100, 3])), flat(37, 23, [255, 255, 255]))).toBe(0);
  expect(maxDifference(await render(pencilSketch({ shadeFactor: 0 }), scene(20, 20)), flat(20, 20, [0, 0, 0]))).toBe(0);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) {
    const source = scene(width, height);
    for (const color of [false, true]) {
      const params = { shadeFactor: 0.1, color };
      expect(psnr(await render(pencilSketch(params), source), reference(source, pencilSketch(params).params))).toBeGreaterThan(SAME_DB);
    }
  }
});
