import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { bool, choice, float } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { fieldOf, type Field } from '../reference/field.ts';
import { filled, relaxed, tensorOf } from '../reference/structureTensor.ts';
import show from '../support/kernels/tensor.wgsl';
import { flat, grey, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

interface ShownTensorParams {
  sigma: number;
  resolution: 'full' | 'half';
  gradient: 'sobel' | 'rotational';
  relaxation: boolean;
  /** Stands for `relaxation` where it is above 0. */
  gain: number;
  scale: number;
  weight: number;
  cut: number;
}

const shownTensor: Effect<ShownTensorParams> = defineEffect({
  name: 'shownTensor',
  params: {
    sigma: float(2, { min: 0, max: 15 }),
    resolution: choice('full', ['full', 'half']),
    gradient: choice('sobel', ['sobel', 'rotational']),
    relaxation: bool(false),
    gain: float(0, { min: 0, max: 1 }),
    scale: float(3, { min: 1, max: 8 }),
    weight: float(0, { min: 0, max: 1 }),
    cut: float(2, { min: 1, max: 4 }),
  },
  build(graph, { source }, { relaxation, gain, scale, weight, ...options }) {
    const rest = { angle: RESTING, weight };
    const { tensor, texel: side } = structureTensor(graph, source, { ...options, relaxation: gain > 0 ? { scale, gain, rest } : relaxation });
    return graph.compute(show, { inputs: { tensor }, params: { texel: side }, size: graph.sizeOf(source) });
  },
});

const RESTING = Math.PI / 8;

/** A tensor, shown as the kernel shows it. */
function shown({ width, height, at }: Field): Pixels {
  return picture(width, height, (x, y) => {
    const [e, f, g] = at(x, y);
    const trace = Math.max(e + g, 1e-9);
    return [127.5 + (127.5 * (e - g)) / trace, 127.5 + (127.5 * 2 * f) / trace, 255 * Math.sqrt(trace)];
  });
}

const shownTwin = (source: Pixels, sigma: number, gradient: 'sobel' | 'rotational' = 'sobel'): Pixels => shown(tensorOf(fieldOf(source), sigma, gradient));

test.for([0, 0.7, 2, 5, 10])('the full tensor is that of float64 at sigma %f', async (sigma, { render }) => {
  const source = scene(61, 43);
  expect(psnr(await render(shownTensor({ sigma }), source), shownTwin(source, sigma))).toBeGreaterThan(45);
});

test.for([1.5, 2, 5])('the half tensor, interpolated, is close to it at sigma %f, closer than one of a quarter more', async (sigma, { render }) => {
  const source = scene(61, 43);
  const half = await render(shownTensor({ sigma, resolution: 'half' }), source);
  expect(psnr(half, shownTwin(source, sigma))).toBeGreaterThan(29);
  expect(psnr(half, shownTwin(source, sigma))).toBeGreaterThan(psnr(half, shownTwin(source, 1.25 * sigma)));
  expect(psnr(half, shownTwin(source, sigma))).toBeGreaterThan(psnr(half, shownTwin(source, 0.8 * sigma)));
});

test('so is that of the rotational gradient', async ({ render }) => {
  const source = scene(61, 43);
  for (const sigma of [0, 2]) expect(psnr(await render(shownTensor({ sigma, gradient: 'rotational' }), source), shownTwin(source, sigma, 'rotational'))).toBeGreaterThan(45);
  expect(psnr(shownTwin(source, 0), shownTwin(source, 0, 'rotational'))).toBeLessThan(40);
});

test('the rotational gradient is as long in every direction, that of Sobel is not', async ({ render }) => {
  const spread = async (gradient: 'sobel' | 'rotational'): Promise<number> => {
    const lengths = [];
    for (const degrees of [0, 15, 30, 45]) {
      const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      // A wave of 6 px, bright enough that the shown length is near the end of its scale.
      const wave = picture(64, 64, (x, y) => grey(127.5 + 85 * Math.sin((2 * Math.PI * (cosine * x + sine * y)) / 6)));
      lengths.push(texel(await render(shownTensor({ sigma: 6, gradient }), wave), 32, 32)[2]!);
    }
    return (Math.max(...lengths) - Math.min(...lengths)) / Math.max(...lengths);
  };
  expect(await spread('rotational')).toBeLessThan(0.02);
  expect(await spread('sobel')).toBeGreaterThan(0.04);
});

test.for([1, 2, 4])('relaxation is that of float64 at sigma %f', async (sigma, { render }) => {
  const source = scene(61, 43);
  const expected = shown(relaxed(tensorOf(fieldOf(source), sigma), sigma));
  expect(psnr(await render(shownTensor({ sigma, relaxation: true }), source), expected)).toBeGreaterThan(45);
  expect(psnr(await render(shownTensor({ sigma, relaxation: true, resolution: 'half' }), source), expected)).toBeGreaterThan(30);
});

/** Slanted stripes on the left, nothing on the right. */
const half = (contrast: number): Pixels => picture(96, 64, (x, y) => grey(128 + (x < 48 ? contrast * Math.sin((x + y) / 2) : 0)));

test('with relaxation flat places inherit the direction beside them, and edges do not notice', async ({ render }) => {
  const stripes = half(100);
  const [plain, filled] = [await render(shownTensor({ sigma: 2 }), stripes), await render(shownTensor({ sigma: 2, relaxation: true }), stripes)];
  // Of x + y the direction is 2F / (E + G) = 1.
  expect(texel(plain, 72, 32)[1]).toBe(128);
  expect(texel(filled, 72, 32)[1]).toBeGreaterThan(240);
  for (let c = 0; c < 2; c++) expect(Math.abs(texel(plain, 24, 32)[c]! - texel(filled, 24, 32)[c]!)).toBeLessThanOrEqual(2);
});

test('relaxation is linear: faint stripes fill as strong ones do', async ({ render }) => {
  const [strong, faint] = [await render(shownTensor({ sigma: 2, relaxation: true }), half(100)), await render(shownTensor({ sigma: 2, relaxation: true }), half(20))];
  for (const x of [24, 48, 60, 72]) {
    for (let c = 0; c < 2; c++) expect(Math.abs(texel(strong, x, 32)[c]! - texel(faint, x, 32)[c]!)).toBeLessThanOrEqual(6);
    expect(Math.abs(texel(strong, x, 32)[2]! - 5 * texel(faint, x, 32)[2]!)).toBeLessThanOrEqual(5);
  }
});

test.for([[1, 3], [2, 3.5], [4, 4]] as const)('so is that with one coarser tensor, at sigma %f and %f of it', async ([sigma, scale], { render }) => {
  const source = scene(61, 43);
  const given = { sigma, scale, gain: 0.3, weight: 2e-3, cut: 3 };
  const expected = shown(filled(fieldOf(source), sigma, { scale, gain: 0.3, rest: { angle: RESTING, weight: 2e-3 } }));
  expect(psnr(await render(shownTensor(given), source), expected)).toBeGreaterThan(45);
  expect(psnr(await render(shownTensor({ ...given, resolution: 'half' }), source), expected)).toBeGreaterThan(30);
});

test('where there is nothing at all the direction at rest remains', async ({ render }) => {
  const [e, f, trace] = texel(await render(shownTensor({ gain: 0.1, weight: 1e-4 }), flat(9, 7, [90, 40, 10])), 4, 3);
  // n = (-sin, cos): (E - G) / (E + G) = -cos 2a and 2F / (E + G) = -sin 2a.
  expect([e, f]).toEqual([37, 37]);
  expect(trace).toBe(Math.round(255 * 1e-2));
});

test('weak texture is not lost in half floats', async ({ render }) => {
  // One code value of difference: E is about 1e-5.
  const source = picture(24, 24, (x) => (x < 12 ? [100, 100, 100] : [101, 101, 101]));
  const [e = 0, f = 0] = texel(await render(shownTensor(), source), 12, 12);
  expect(e).toBeGreaterThan(250);
  expect(Math.abs(f - 127.5)).toBeLessThanOrEqual(1);
});

test('a flat picture has no tensor', async ({ render }) => {
  expect(texel(await render(shownTensor(), flat(9, 7, [90, 40, 10])), 4, 3)[2]).toBeLessThanOrEqual(1);
});

test('sigma 0 and tiny pictures are fine', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) {
    const source = scene(width, height);
    for (const resolution of ['full', 'half'] as const) {
      for (const relaxation of [false, true]) expect((await render(shownTensor({ sigma: 3, resolution, relaxation }), source)).data).toHaveLength(4 * width * height);
    }
  }
});
