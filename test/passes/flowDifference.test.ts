import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { flowDifference } from '../../src/passes/flowDifference.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { tangentFlow } from '../../src/passes/tangentFlow.ts';
import { picture, psnr, scene, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

/** Lines of the red channel, packed as the pass packs them; with `halved` along directions at half the size. */
function lines(halved: boolean): Look {
  return defineEffect<Record<string, never>>({
    name: 'lines',
    params: {},
    build(graph, { source }) {
      const flow = structureTensor(graph, source, { sigma: 2, resolution: 'half' });
      return flowDifference(graph, source, halved ? tangentFlow(graph, flow, graph.sizeOf(flow.tensor)) : tangentFlow(graph, flow), { narrow: 0.8, wide: 1.4, along: 3 });
    },
  })();
}

const profile = (x: number): number => 160 - 90 * Math.exp(-(((x - 30) / 1.5) ** 2)) + (x > 55 ? 60 : 0);

/** Across the columns of a picture that is `profile` in every row. */
function expected(x: number): number {
  const gaussian = (sigma: number): number[] => {
    const weights = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((i) => Math.exp(-0.5 * (i / sigma) ** 2));
    return weights.map((weight) => weight / weights.reduce((sum, value) => sum + value, 0));
  };
  const [narrow, wide] = [gaussian(0.8), gaussian(1.4)];
  return narrow.reduce((sum, weight, i) => sum + (weight - wide[i]!) * profile(Math.min(Math.max(x + i - 4, 0), 79)), 0);
}

test('across straight lines it is the difference of two Gaussians, whichever way they run', async ({ render }) => {
  const upright = picture(80, 40, (x) => [profile(x), 0, 0]);
  const wanted = picture(80, 40, (x) => [128 + 4 * expected(x), 0, 0]);
  expect(psnr(await render(lines(false), upright), wanted)).toBeGreaterThan(50);
  expect(psnr(await render(lines(false), transposed(upright)), transposed(wanted))).toBeGreaterThan(50);
});

test('directions at half the size lead the same way', async ({ render }) => {
  const source = scene(64, 48);
  expect(psnr(await render(lines(true), source), await render(lines(false), source))).toBeGreaterThan(35);
});
