import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float, int, list, seed } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { noise, type NoiseChannel } from '../../src/passes/noise.ts';
import { fbm, fractal, hash01, noiseChannel, pcg, valueNoise } from '../reference/noise.ts';
import kernel from '../support/kernels/noise.wgsl';
import { flat, picture, psnr, texel } from '../support/pictures.ts';
import { test, type Render } from '../support/studioTest.ts';

interface NoiseParams { which: number; origin: readonly number[]; seed: number; scale: number; octaves: number; gain: number }

const PCG = 0;
const HASH = 1;
const VALUE = 2;
const FRACTAL = 3;

const numbers: Effect<NoiseParams> = defineEffect({
  name: 'numbers',
  params: { which: int(0, { min: 0, max: 3 }), origin: list([0, 0], { min: -1e6, max: 1e6 }), seed: seed(7), scale: float(8, { min: 1, max: 1000 }), octaves: int(3, { min: 1, max: 8 }), gain: float(0.5, { min: 0, max: 1 }) },
  build: (graph, { source }, params) => graph.compute(kernel, { inputs: { source }, params: { ...params } }),
});

/** The noise at `origin` and to the right of it and below, in 24 bits. */
async function paint(render: Render, params: Partial<NoiseParams>, width = 1, height = 1): Promise<number[]> {
  const picture = await render(numbers(params), flat(width, height, [0, 0, 0]));
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
  expect(fractal(20 / 8, 10 / 3, 7, 2)).toBeCloseTo(0.527189, 6);
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

const FOUR: readonly NoiseChannel[] = [
  { scale: 5, seed: 1, octaves: 4, gain: 0.7 },
  { sum: { scale: 2.5, seed: 2, octaves: 1, corner: true }, evened: 0.2 },
  [{ scale: [14, 1.6], seed: 3, skew: 0.4, weight: 0.5 }, { scale: [1.6, 14], seed: 4, octaves: 1, corner: true, skew: -0.3, weight: 0.5 }],
  [{ scale: 9, seed: 5, weight: 0.5 }, { scale: 3, seed: 6, weight: 0.3 }, { scale: [30, 2], seed: 7, octaves: 2, corner: true, weight: 0.2 }],
];

interface FieldsParams { texel: number }

const fields: Effect<FieldsParams> = defineEffect({
  name: 'fields',
  params: { texel: int(1, { min: 1, max: 4 }) },
  build(graph, _, { texel }) {
    const four = noise(graph, FOUR, { texel });
    graph.inspect('last', four, { channel: 'a' });
    return four;
  },
});

test('the pass sums, stretches, slants and evens as its twin', async ({ render }) => {
  const [width, height] = [90, 60];
  const expected = (channels: readonly NoiseChannel[]): Pixels => picture(width, height, (x, y) => channels.map((channel) => 255 * noiseChannel(x, y, channel)));
  const [r, g, b, a] = FOUR as [NoiseChannel, NoiseChannel, NoiseChannel, NoiseChannel];
  expect(psnr(await render(fields(), flat(width, height, [0, 0, 0])), expected([r, g, b]))).toBeGreaterThan(50);
  expect(psnr(await render(fields(), flat(width, height, [0, 0, 0]), { inspect: 'last' }), expected([a, a, a]))).toBeGreaterThan(50);
});

test('a coarse field has the values of the fine one in the middle of its texels', async ({ render }) => {
  const coarse = await render(fields({ texel: 2 }), flat(60, 40, [0, 0, 0]));
  const expected = picture(30, 20, (x, y) => FOUR.slice(0, 3).map((channel) => 255 * noiseChannel(2 * x + 0.5, 2 * y + 0.5, channel)));
  expect(psnr(picture(30, 20, (x, y) => texel(coarse, x, y)), expected)).toBeGreaterThan(50);
});
