import { expect } from 'vitest';
import { oilPainting, type OilPaintingParams } from '../../src/effects/oilPainting.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { oilPainting as reference } from '../reference/oilPainting.ts';
import { golden } from '../support/golden.ts';
import { flat, hash, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('paints exactly what OpenCV paints', async ({ render }) => {
  const source = await golden('scene');
  expect(maxDifference(source, scene(64, 48))).toBe(0);
  for (const [size, dynRatio] of [[7, 1], [3, 8], [8, 14], [20, 98]] as const) {
    expect(maxDifference(await render(oilPainting({ size, dynRatio }), source), await golden(`oilPainting_${size}_${dynRatio}`)), `${size}, ${dynRatio}`).toBe(0);
  }
});

/** Holes and half-transparent pixels among few colours, so that equal counts and ties of the rounding are common. */
const patchy = picture(41, 37, (x, y) => [60 + 5 * Math.floor(4 * hash(x, y)), 90 + Math.floor(3 * hash(y, x)), 80, Math.min(255, 128 * Math.floor(3 * hash(x + 99, y)))]);

test.for<Partial<OilPaintingParams>>([{ size: 1 }, { size: 7, dynRatio: 3 }, { size: 9, dynRatio: 127 }, { size: 31 }])('counts what the definition counts: %j', async (params, { render }) => {
  for (const source of [scene(30, 70), patchy]) {
    const painted = await render(oilPainting(params), source);
    // The colour under full transparency is not shown, and what the import puts there is its own affair.
    expect(maxDifference(shown(painted), shown(reference(source, oilPainting(params).params)))).toBe(0);
  }
});

test.for<Partial<OilPaintingParams>>([{ size: 7 }, { size: 4, bins: 20, exponent: 3 }, { size: 12, bins: 256, exponent: 32 }, { size: 5, exponent: 0 }])('soft: weighs the bins of a disc: %j', async (given, { render }) => {
  const params = { mode: 'soft', ...given } as const;
  for (const source of [scene(30, 70), patchy]) {
    expect(psnr(shown(await render(oilPainting(params), source)), shown(reference(source, oilPainting(params).params)))).toBeGreaterThan(58);
  }
});

function shown(source: Pixels): Pixels {
  return picture(source.width, source.height, (x, y) => (texel(source, x, y)[3] === 0 ? [0, 0, 0, 0] : texel(source, x, y)));
}

test.for<Partial<OilPaintingParams>>([{}, { size: 10, dynRatio: 9 }, { mode: 'soft' }])('keeps a constant, mirrors and turns with the picture: %j', async (params, { render }) => {
  expect(maxDifference(await render(oilPainting(params), flat(37, 23, [200, 100, 3])), flat(37, 23, [200, 100, 3]))).toBe(0);
  const source = scene(64, 48);
  const painted = await render(oilPainting(params), source);
  expect(maxDifference(await render(oilPainting(params), mirrored(source)), mirrored(painted))).toBe(0);
  expect(maxDifference(await render(oilPainting(params), transposed(source)), transposed(painted))).toBe(0);
});

test('transparent pixels do not vote', async ({ render }) => {
  // One opaque pixel to four transparent ones: where it is seen at all, it wins.
  const dots = picture(20, 20, (x, y) => ((x + 2 * y) % 5 === 0 ? [40, 160, 90, 255] : [250, 0, 250, 0]));
  for (const mode of ['exact', 'soft'] as const) {
    const painted = await render(oilPainting({ mode, size: 3 }), dots);
    for (let y = 0; y < 20; y++) for (let x = 0; x < 20; x++) if (texel(dots, x, y)[3] === 255) expect(texel(painted, x, y)).toEqual([40, 160, 90, 255]);
  }
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) {
    const source = scene(width, height);
    for (const size of [1, 7, 31]) {
      expect(maxDifference(await render(oilPainting({ size }), source), reference(source, oilPainting({ size }).params))).toBe(0);
    }
  }
});
