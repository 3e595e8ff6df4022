import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float, int, list, seed } from '../../src/core/params.ts';
import { fbm, hash01, pcg, valueNoise } from '../reference/noise.ts';
import kernel from '../support/kernels/noise.wgsl';
import { flat, texel } from '../support/pictures.ts';
import { test, type Render } from '../support/studioTest.ts';

interface NoiseParams { which: number; origin: readonly number[]; seed: number; scale: number; octaves: number; gain: number }

const PCG = 0;
const HASH = 1;
const VALUE = 2;
const FRACTAL = 3;

const noise: Effect<NoiseParams> = defineEffect({
  name: 'noise',
  params: { which: int(0, { min: 0, max: 3 }), origin: list([0, 0], { min: -1e6, max: 1e6 }), seed: seed(7), scale: float(8, { min: 1, max: 1000 }), octaves: int(3, { min: 1, max: 8 }), gain: float(0.5, { min: 0, max: 1 }) },
  build: (graph, { source }, params) => graph.compute(kernel, { inputs: { source }, params: { ...params } }),
});

/** The noise at `origin` and to the right of it and below, in 24 bits. */
async function paint(render: Render, params: Partial<NoiseParams>, width = 1, height = 1): Promise<number[]> {
  const picture = await render(noise(params), flat(width, height, [0, 0, 0]));
  return Array.from({ length: width * height }, (_, i) => {
    const [high = 0, middle = 0, low = 0] = texel(picture, i % width, Math.floor(i / width));
    return high * 65536 + middle * 256 + low;
  });
}

const CELLS = [[0, 0, 7], [3, 5, 7], [-1, 2, 7], [-40_000, 65_537, 0xffffffff]] as const;

test('the hash is that of the recipes, bit for bit', async ({ render }) => {
  expect([0, 1, 12345].map(pcg)).toEqual([129708002, 2831084092, 4099845390]);
  for (const x of [0, 1, 12345]) expect(await paint(render, { which: PCG, origin: [x, 0] })).toEqual([pcg(x) >>> 8]);
  expect(hash01(0, 0, 0)).toBeCloseTo(0.499477, 6);
  expect(hash01(3, 5, 7)).toBeCloseTo(0.625403, 6);
  expect(hash01(-1, 2, 7)).toBeCloseTo(0.885957, 6);
  for (const [x, y, seed] of CELLS) expect(await paint(render, { which: HASH, origin: [x, y], seed })).toEqual([hash01(x, y, seed) * 2 ** 24]);
});

test('value noise and its fractal sum are those of the recipes', async ({ render }) => {
  expect(valueNoise(1.25, 2.5, 7)).toBeCloseTo(0.64512, 6);
  expect(fbm(20, 10, 8, 7)).toBeCloseTo(0.634985, 6);
  expect((await paint(render, { which: VALUE, origin: [5, 10] }))[0]! / 2 ** 24).toBeCloseTo(0.64512, 5);
  expect((await paint(render, { which: FRACTAL, origin: [20, 10] }))[0]! / 2 ** 24).toBeCloseTo(0.634985, 5);
});

test('the GPU follows the twin over a field, on both sides of zero', async ({ render }) => {
  const [width, height, left, top] = [24, 18, -9, -7];
  const value = await paint(render, { which: VALUE, origin: [left, top] }, width, height);
  const fractal = await paint(render, { which: FRACTAL, origin: [left, top], scale: 5, octaves: 5, gain: 0.7 }, width, height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [left + (i % width), top + Math.floor(i / width)];
    expect(Math.abs(value[i]! / 2 ** 24 - valueNoise(x / 4, y / 4, 7))).toBeLessThan(1e-5);
    // Positions of the fifth octave are near 500, where an f32 is a 30,000th of a cell.
    expect(Math.abs(fractal[i]! / 2 ** 24 - fbm(x, y, 5, 7, 5, 0.7))).toBeLessThan(2e-4);
  }
});
