import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { choice, float } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { structureTensor as twin } from '../reference/structureTensor.ts';
import show from '../support/kernels/tensor.wgsl';
import { flat, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

interface ShownTensorParams {
  sigma: number;
  resolution: 'full' | 'half';
}

const shownTensor: Effect<ShownTensorParams> = defineEffect({
  name: 'shownTensor',
  params: { sigma: float(2, { min: 0, max: 15 }), resolution: choice('full', ['full', 'half']) },
  build(graph, { source }, options) {
    const { tensor, texel: side } = structureTensor(graph, source, options);
    return graph.compute(show, { inputs: { tensor }, params: { texel: side }, size: graph.sizeOf(source) });
  },
});

/** The twin, shown as the kernel shows it. */
function shownTwin(source: Pixels, sigma: number): Pixels {
  const tensor = twin(source, sigma);
  return picture(source.width, source.height, (x, y) => {
    const [e = 0, f = 0, g = 0] = tensor.subarray(3 * (y * source.width + x));
    const trace = Math.max(e + g, 1e-9);
    return [127.5 + (127.5 * (e - g)) / trace, 127.5 + (127.5 * 2 * f) / trace, 255 * Math.sqrt(trace)];
  });
}

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
    for (const resolution of ['full', 'half'] as const) expect((await render(shownTensor({ sigma: 3, resolution }), source)).data).toHaveLength(4 * width * height);
  }
});
