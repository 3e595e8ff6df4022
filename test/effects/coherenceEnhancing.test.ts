import { expect } from 'vitest';
import { coherenceEnhancing, type CoherenceEnhancingParams } from '../../src/effects/coherenceEnhancing.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { coherenceEnhancing as twin } from '../reference/coherenceEnhancing.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { flat, grey, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
import { test } from '../support/studioTest.ts';

const DEFAULTS: CoherenceEnhancingParams = { iterations: 3, sigma: 6, stopAngle: 22.5, tensorSigma: 1, shockSigma: 1.5, shockRadius: 2, threshold: 0.005, antialiasSigma: 1.5 };

test.for<Partial<CoherenceEnhancingParams>>([
  { iterations: 1 },
  { iterations: 1, stopAngle: 90, shockRadius: 0, antialiasSigma: 0 },
  { iterations: 1, sigma: 0, shockSigma: 1, shockRadius: 3, threshold: 0.01, antialiasSigma: 0, tensorSigma: 1.4 },
  { iterations: 3 },
])('it is its twin: %o', async (params, { render }) => {
  const source = shades(40, 30);
  const all = { ...DEFAULTS, ...params };
  expect(psnr(await render(coherenceEnhancing(all), source), pictureOf(twin(fieldOf(source), all)))).toBeGreaterThan(48);
});

test('on grain and hard edges, where a last bit may decide, it is still close to its twin', async ({ render }) => {
  const source = scene(48, 36);
  expect(psnr(await render(coherenceEnhancing({ iterations: 1 }), source), pictureOf(twin(fieldOf(source), { ...DEFAULTS, iterations: 1 })))).toBeGreaterThan(45);
});

test('with nothing to smooth or sharpen it leaves the picture, and one colour stays that colour', async ({ render }) => {
  const source = scene(33, 17);
  expect(maxDifference(await render(coherenceEnhancing({ sigma: 0, shockRadius: 0, antialiasSigma: 0 }), source), source)).toBeLessThanOrEqual(1);
  for (const color of [[200, 100, 3], [255, 255, 255], [0, 0, 0]]) expect(maxDifference(await render(coherenceEnhancing(), flat(33, 17, color)), flat(33, 17, color))).toBeLessThanOrEqual(1);
});

test('a blurred edge becomes a sharp one in the same place, with the same colours', async ({ render }) => {
  const ramp = picture(48, 32, (x) => grey(60 + 140 / (1 + Math.exp(-(x - 23.5) / 2))));
  const steepest = (pixels: Pixels): number => Math.max(...Array.from({ length: 30 }, (_, x) => texel(pixels, x + 9, 16)[0]! - texel(pixels, x + 8, 16)[0]!));
  const result = await render(coherenceEnhancing(), ramp);
  expect(steepest(result)).toBeGreaterThan(3 * steepest(ramp));
  expect(texel(result, 22, 16)[0]).toBeLessThan(110);
  expect(texel(result, 25, 16)[0]).toBeGreaterThan(150);
  for (const value of result.data.filter((_, i) => i % 4 === 0)) expect(value >= 59 && value <= 201).toBe(true);
});

test('a higher threshold leaves soft shades soft', async ({ render }) => {
  const shade = picture(64, 32, (x) => grey(128 + 20 * Math.sin(x / 3)));
  const change = async (threshold: number): Promise<number> => maxDifference(await render(coherenceEnhancing({ sigma: 0, antialiasSigma: 0, threshold }), shade), shade);
  expect(await change(0)).toBeGreaterThan(8);
  expect(await change(0.05)).toBeLessThanOrEqual(1);
});

test('a ragged contour becomes a smooth one', async ({ render }) => {
  const edge = picture(64, 64, (_, y) => (y < 32 ? [60, 60, 60] : [190, 190, 190]));
  const ragged = picture(64, 64, (x, y) => texel(edge, x, y + ((7 * x) % 5) - 2));
  const height = (pixels: Pixels, x: number): number => Array.from({ length: 63 }, (_, y) => y).filter((y) => texel(pixels, x, y)[0]! < 125).length;
  const unrest = (pixels: Pixels): number => Array.from({ length: 40 }, (_, i) => Math.abs(height(pixels, i + 12) - height(pixels, i + 13))).reduce((sum, jump) => sum + jump, 0);
  expect(unrest(await render(coherenceEnhancing(), ragged))).toBeLessThan(unrest(ragged) / 2);
});

test('a mirrored picture is painted mirrored', async ({ render }) => {
  // A multiple of all reductions of the tensor.
  const source = shades(64, 48);
  expect(psnr(mirrored(await render(coherenceEnhancing(), source)), await render(coherenceEnhancing(), mirrored(source)))).toBeGreaterThan(45);
});

test('alpha stays, and tiny pictures keep to their range', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [7, 5]] as const) {
    const source = picture(width, height, (x, y) => [100 + ((7 * x + 13 * y) % 50), 120, 140, x % 2 === 0 ? 255 : 130]);
    const { data } = await render(coherenceEnhancing({ iterations: 5, shockRadius: 6, tensorSigma: 3 }), source);
    for (let i = 0; i < data.length; i += 4) expect([data[i]! >= 98 && data[i]! <= 151, data[i + 3]]).toEqual([true, source.data[i + 3]]);
  }
});

test('memory does not grow with the iterations', ({ studio }) => {
  const megabytes = (iterations: number): number => {
    const pipeline = studio.pipeline(coherenceEnhancing({ iterations }));
    const estimate = pipeline.estimate(1920, 1080) / 1e6;
    pipeline.destroy();
    return estimate;
  };
  expect(megabytes(5)).toBe(megabytes(2));
});
