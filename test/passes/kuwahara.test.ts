import { expect } from 'vitest';
import { sectorWeights } from '../../build/generated/discSamples.ts';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { choice, float, int } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { kuwahara } from '../../src/passes/kuwahara.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import show from '../support/kernels/sectorWeights.wgsl';
import shownTensorKernel from '../support/kernels/tensor.wgsl';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { softScene } from '../support/softScene.ts';
import { test } from '../support/studioTest.ts';

const SUM = 8;
const shownWeights: Effect<{ sector: number }> = defineEffect({
  name: 'shownWeights',
  params: { sector: int(0, { min: 0, max: SUM }) },
  build: (graph, _inputs, { sector }) => graph.compute(show, { params: { sector }, size: graph.frame }),
});

/** The radii of looks, which are larger than those of the effect. */
const broad: Effect<{ radius: number; quality: 'fast' | 'preview' }> = defineEffect({
  name: 'broad',
  params: { radius: float(48, { min: 1, max: 120, rebuilds: true }), quality: choice('fast', ['fast', 'preview'], { rebuilds: true }) },
  build: (graph, { source }, { radius, quality }) => kuwahara(graph, source, structureTensor(graph, source, { sigma: 2, resolution: 'half' }), { radius, quality, floor: 0.0626, samples: 'even' }),
});

const shownTensor: Effect<{ resolution: 'full' | 'half' }> = defineEffect({
  name: 'shownTensor',
  params: { resolution: choice('full', ['full', 'half'], { rebuilds: true }) },
  build(graph, { source }, { resolution }) {
    const { tensor, texel: side } = structureTensor(graph, source, { sigma: 2, resolution });
    return graph.compute(shownTensorKernel, { inputs: { tensor }, params: { texel: side }, size: graph.sizeOf(source) });
  },
});

/** A quarter turn clockwise. */
const turned = (source: Pixels): Pixels => mirrored(transposed(source));

test('the sector weights of the kernel are those of float64 all over the disc, and sum to a Gaussian', async ({ render }) => {
  const GRID = 33;
  const weightAt = (painted: Pixels, x: number, y: number): number => {
    const [high = 0, middle = 0, low = 0] = texel(painted, x, y);
    return (65536 * high + 256 * middle + low) / 16777215;
  };
  for (let sector = 0; sector <= SUM; sector++) {
    const painted = await render(shownWeights({ sector }), flat(GRID, GRID, [0, 0, 0]));
    for (let j = 0; j < GRID; j++) {
      for (let i = 0; i < GRID; i++) {
        const [x, y] = [(2 * i) / (GRID - 1) - 1, (2 * j) / (GRID - 1) - 1];
        if (Math.hypot(x, y) > 1) continue;
        const expected = sector === SUM ? Math.exp(-(x * x + y * y) / (2 * 0.4 ** 2)) : sectorWeights(x, y)[sector]!;
        expect(Math.abs(weightAt(painted, i, j) - expected)).toBeLessThan(1e-5);
      }
    }
  }
});

test.for(['full', 'half'] as const)('the tensor of a mirrored or turned picture is the mirrored or turned tensor: %s', async (resolution, { render }) => {
  const source = scene(62, 44);
  const painted = await render(shownTensor({ resolution }), source);
  // E - G changes its sign by a turn, F by either.
  const changed = (tensor: Pixels, signs: readonly [number, number]): Pixels => picture(tensor.width, tensor.height, (x, y) => texel(tensor, x, y).map((code, i) => (i < 2 && signs[i] === -1 ? 255 - code : code)));
  expect(maxDifference(await render(shownTensor({ resolution }), mirrored(source)), changed(mirrored(painted), [1, -1]))).toBeLessThanOrEqual(1);
  expect(maxDifference(await render(shownTensor({ resolution }), turned(source)), changed(turned(painted), [-1, -1]))).toBeLessThanOrEqual(1);
});

test.for(['fast', 'preview'] as const)('brushes of looks, far larger than those of the effect: %s', async (quality, { render }) => {
  for (const radius of [40, 90, 120]) {
    const look = broad({ quality, radius });
    for (const color of [[255, 255, 255], [200, 120, 40]]) expect(maxDifference(await render(look, flat(45, 31, color)), flat(45, 31, color))).toBeLessThanOrEqual(1);
    // As a multiple of the largest texel, because texels pair their pixels from the left.
    const source = softScene(64, 48);
    const painted = await render(look, source);
    expect(maxDifference(await render(look, mirrored(source)), mirrored(painted))).toBeLessThanOrEqual(2);
    expect(psnr(await render(look, turned(source)), turned(painted))).toBeGreaterThan(50);
    for (const [width, height] of [[1, 1], [7, 5]] as const) expect((await render(look, scene(width, height))).data).toHaveLength(4 * width * height);
  }
});

test('an edge stays sharp under a brush of any size', async ({ render }) => {
  const halves = picture(120, 80, (x) => (x < 60 ? [220, 200, 160] : [40, 60, 90]));
  for (const radius of [6, 20, 80]) expect(psnr(await render(broad({ radius }), halves), halves)).toBeGreaterThan(25);
});
