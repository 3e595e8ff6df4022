import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { gaussianBlur, type GaussianBlurOptions } from '../../src/passes/gaussianBlur.ts';
import { gaussianBlur as reference } from '../reference/gaussianBlur.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

function blurred(options: GaussianBlurOptions): Look {
  return defineEffect<Record<string, never>>({ name: 'blurred', params: {}, build: (graph, { source }) => gaussianBlur(graph, source, options) })();
}

/** The twin on each channel, or on luma in the red one. */
function expected(source: Pixels, { sigma, scalarOf }: GaussianBlurOptions): Pixels {
  const { width, height } = source;
  const numbers = Array.from({ length: width * height }, (_, i) => {
    const [r = 0, g = 0, b = 0] = texel(source, i % width, Math.floor(i / width));
    return scalarOf === undefined ? [r, g, b] : [scalarOf === 'r' ? r : 0.299 * r + 0.587 * g + 0.114 * b, 0, 0];
  });
  const planes = [0, 1, 2].map((channel) => reference({ data: Float64Array.from(numbers, (color) => color[channel] as number), width, height }, sigma).data);
  return picture(width, height, (x, y) => planes.map((plane) => plane[y * width + x] as number));
}

// 8-bit rounding alone is 58.9 dB; half floats and the sums of a real GPU take a little more. On pictures
// this small the coarse border weighs more than on a photograph.
const EXACT_DB = 57;
const FAST_DB = 46;

test.for([0.3, 1, 2.5, 8, 64])('takes every tap at sigma %d', async (sigma, { render }) => {
  const source = scene(45, 31);
  for (const scalarOf of [undefined, 'r', 'luminance'] as const) {
    const options = { sigma, quality: 'exact', ...(scalarOf && { scalarOf }) } as const;
    expect(psnr(await render(blurred(options), source), expected(source, options))).toBeGreaterThan(EXACT_DB);
  }
});

test.for([4, 7, 8, 20, 64])('works on a reduced copy at sigma %d', async (sigma, { render }) => {
  const source = scene(150, 101);
  for (const options of [{ sigma }, { sigma, scalarOf: 'luminance' }] as const) {
    expect(psnr(await render(blurred(options), source), expected(source, options))).toBeGreaterThan(FAST_DB);
  }
});

test('sigma 0 leaves the picture, and a sigma beyond the largest kernel still blurs', async ({ render }) => {
  const source = scene(33, 17);
  expect(maxDifference(await render(blurred({ sigma: 0 }), source), source)).toBe(0);
  const halves = picture(256, 4, (x) => (x < 128 ? [0, 0, 0] : [255, 255, 255]));
  const step = await render(blurred({ sigma: 300 }), halves);
  for (const x of [0, 64, 128, 192, 255]) expect(texel(step, x, 2)[0]).toBeCloseTo(texel(expected(halves, { sigma: 300 }), x, 2)[0] as number, -1);
});

test.for([1, 3, 6, 30])('keeps a constant, mirrors and turns with the picture at sigma %d', async (sigma, { render }) => {
  expect(maxDifference(await render(blurred({ sigma }), flat(37, 23, [200, 100, 3])), flat(37, 23, [200, 100, 3]))).toBe(0);
  // A multiple of every reduction, so that the cells of the mirrored picture are the mirrored cells.
  const source = scene(64, 48);
  const result = await render(blurred({ sigma }), source);
  expect(maxDifference(await render(blurred({ sigma }), mirrored(source)), mirrored(result))).toBeLessThanOrEqual(1);
  expect(maxDifference(await render(blurred({ sigma }), transposed(source)), transposed(result))).toBeLessThanOrEqual(1);
});

test('tiny pictures stay within the range of their pixels', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) {
    const source = picture(width, height, (x, y) => [100 + ((7 * x + 13 * y) % 50), 120, 140]);
    for (const sigma of [0.5, 5, 40]) {
      const { data } = await render(blurred({ sigma }), source);
      for (let i = 0; i < data.length; i += 4) {
        expect(data[i]).toBeGreaterThanOrEqual(100);
        expect(data[i]).toBeLessThanOrEqual(150);
        expect([data[i + 1], data[i + 2]]).toEqual([120, 140]);
      }
    }
  }
});
