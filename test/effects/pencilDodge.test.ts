import { expect } from 'vitest';
import { pencilDodge, type PencilDodgeParams } from '../../src/effects/pencilDodge.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { pencilDodge as reference } from '../reference/pencilDodge.ts';
import { golden } from '../support/golden.ts';
import { flat, hash, maxDifference, mirrored, picture, psnr, scene, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

function complete(params: Partial<PencilDodgeParams>): PencilDodgeParams {
  return pencilDodge(params).params;
}

test('a white sheet stays white at any stroke width, and so does a gray one', async ({ render }) => {
  for (const sigma of [0.5, 8, 64]) {
    for (const gray of [255, 128, 2]) {
      for (const smoothing of ['gaussian', 'edgePreserving'] as const) {
        expect(maxDifference(await render(pencilDodge({ sigma, smoothing }), flat(37, 23, [gray, gray, gray])), flat(37, 23, [255, 255, 255]))).toBeLessThanOrEqual(1);
      }
    }
  }
});

test.for<Partial<PencilDodgeParams>>([
  { sigma: 2 },
  { sigma: 3, gamma: 2.5 },
  { sigma: 1, strength: 0.4, gamma: 0.5 },
  { sigma: 2, color: true },
  { sigma: 2, color: true, shade: 0, saturation: 3, strength: 0.8 },
  { sigma: 8, smoothing: 'edgePreserving' },
  { sigma: 3, smoothing: 'edgePreserving', sigmaR: 1, gamma: 2 },
  { sigma: 0.5, smoothing: 'edgePreserving', sigmaR: 0.01 },
  { sigma: 5, smoothing: 'edgePreserving', color: true },
])('draws what the formula says: %j', async (params, { render }) => {
  const source = scene(61, 43);
  expect(psnr(await render(pencilDodge(params), source), reference(source, complete(params)))).toBeGreaterThan(55);
});

test.for([4, 8, 16, 64])('differs little from an exact blur at sigma %d', async (sigma, { render }) => {
  const source = scene(160, 120);
  expect(psnr(await render(pencilDodge({ sigma }), source), reference(source, complete({ sigma })))).toBeGreaterThan(45);
});

test.for([16, 64])('differs little from an exact blur at sigma %d within edges', async (sigma, { render }) => {
  const source = scene(160, 120);
  const params = { sigma, smoothing: 'edgePreserving' } as const;
  expect(psnr(await render(pencilDodge(params), source), reference(source, complete(params)))).toBeGreaterThan(45);
});

test('within edges a strong step gets a thin line and no broad band, and texture is drawn as dark', async ({ render }) => {
  const textured = picture(120, 60, (x, y) => (x < 60 ? [70, 70, 70] : [200, 200, 200]).map((value) => value + (y >= 30 ? 24 * hash(x, y) : 0)));
  const gaussian = await render(pencilDodge(), textured);
  const within = await render(pencilDodge({ smoothing: 'edgePreserving' }), textured);
  const meanOf = ({ data }: Pixels, [left, right]: readonly [number, number], [top, bottom]: readonly [number, number]): number => {
    let sum = 0;
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += data[4 * (y * 120 + x)] as number;
    return sum / ((right - left) * (bottom - top));
  };
  const [flatRows, texturedRows] = [[0, 10], [40, 60]] as const;
  expect(meanOf(gaussian, [48, 54], flatRows)).toBeLessThan(215);
  expect(meanOf(within, [48, 54], flatRows)).toBeGreaterThan(250);
  expect(meanOf(within, [59, 60], flatRows)).toBeLessThan(170);
  const darkness = (drawing: Pixels): number => 255 - meanOf(drawing, [4, 34], texturedRows);
  expect(darkness(within)).toBeGreaterThan(0.75 * darkness(gaussian));
});

test('draws as the recipe for OpenCV does', async ({ render }) => {
  const source = await golden('scene');
  expect(maxDifference(source, scene(64, 48))).toBe(0);
  // It rounds twice to 8 bits, divides 256 where we multiply 255, and mirrors the border where we repeat it.
  expect(psnr(await render(pencilDodge({ sigma: 3.5 }), source), await golden('pencilDodge'))).toBeGreaterThan(40);
});

test('at strength 0 the picture stays: its colours, or its gray', async ({ render }) => {
  const source = scene(33, 21);
  expect(maxDifference(await render(pencilDodge({ strength: 0, color: true }), source), source)).toBe(0);
  const gray = await render(pencilDodge({ strength: 0 }), source);
  expect(psnr(gray, reference(source, complete({ strength: 0 })))).toBeGreaterThan(58);
});

test('coloured pencils keep the hue of a flat colour and make it lighter', async ({ render }) => {
  const { data } = await render(pencilDodge({ color: true }), flat(9, 9, [160, 60, 40]));
  const [r = 0, g = 0, b = 0] = data;
  expect((g - b) / (r - b)).toBeCloseTo(20 / 120, 1);
  expect(0.299 * r + 0.587 * g + 0.114 * b).toBeGreaterThan(0.299 * 160 + 0.587 * 60 + 0.114 * 40 + 50);
});

test('mirrors and turns with the picture', async ({ render }) => {
  const source = scene(64, 48);
  for (const params of [{ sigma: 3 }, { sigma: 10, color: true }]) {
    const drawn = await render(pencilDodge(params), source);
    expect(psnr(await render(pencilDodge(params), mirrored(source)), mirrored(drawn))).toBeGreaterThan(60);
    expect(psnr(await render(pencilDodge(params), transposed(source)), transposed(drawn))).toBeGreaterThan(60);
  }
  // Within edges rows are smoothed before columns, so turning is not exact.
  const within = pencilDodge({ smoothing: 'edgePreserving' });
  const drawn = await render(within, source);
  expect(psnr(await render(within, mirrored(source)), mirrored(drawn))).toBeGreaterThan(45);
  expect(psnr(await render(within, transposed(source)), transposed(drawn))).toBeGreaterThan(30);
});

test('tiny, black and transparent pictures give a drawing', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) {
    for (const params of [{ sigma: 0.5 }, { sigma: 4 }, { sigma: 64 }, { smoothing: 'edgePreserving' }, { smoothing: 'edgePreserving', sigma: 64 }] as const) {
      expect(maxDifference(await render(pencilDodge(params), flat(width, height, [90, 90, 90])), flat(width, height, [255, 255, 255]))).toBeLessThanOrEqual(1);
      expect(maxDifference(await render(pencilDodge(params), flat(width, height, [0, 0, 0])), flat(width, height, [0, 0, 0]))).toBe(0);
    }
  }
  const cutOut = picture(24, 24, (x) => (x < 12 ? [90, 90, 90, 255] : [0, 0, 0, 0]));
  const drawn = await render(pencilDodge(), cutOut);
  expect(drawn.data[4 * 11]).toBeGreaterThan(250);
  expect(drawn.data[4 * 12 + 3]).toBe(0);
});
