import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { flowDifferenceOfGaussians, type FlowResponse } from '../../src/passes/flowDifferenceOfGaussians.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { tangentFlow } from '../../src/passes/tangentFlow.ts';
import { grey, picture, psnr, scene, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const difference = (of: 'r' | 'g', gain: number): FlowResponse => ({ of, gaussians: [{ sigma: 0.8, weight: gain }, { sigma: 1.4, weight: -gain }] });

/** Differences of the red channel, and of green and blue where it is asked for more, about mid-grey; with `halved` along directions at half the size. */
function lines(responses: readonly FlowResponse[], halved = false): Look {
  return defineEffect<Record<string, never>>({
    name: 'lines',
    params: {},
    build(graph, { source }) {
      const flow = structureTensor(graph, source, { sigma: 2, resolution: 'half' });
      const found = flowDifferenceOfGaussians(graph, source, halved ? tangentFlow(graph, flow, graph.sizeOf(flow.tensor)) : tangentFlow(graph, flow), responses, { along: 3 });
      graph.inspect('found', found, { scale: 4, offset: 0.5 });
      return source;
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
  const wanted = picture(80, 40, (x) => grey(127.5 + 4 * expected(x)));
  const show = { inspect: 'found' };
  expect(psnr(await render(lines([difference('r', 1)]), upright, show), wanted)).toBeGreaterThan(50);
  expect(psnr(await render(lines([difference('r', 1)]), transposed(upright), show), transposed(wanted))).toBeGreaterThan(50);
});

test('several responses in one loop are each as if it were alone', async ({ render }) => {
  const source = picture(80, 40, (x) => [40, profile(x), 200]);
  const blurred: FlowResponse = { of: 'g', gaussians: [{ sigma: 0, weight: -0.25 }] };
  const found = await render(lines([difference('g', -1), difference('r', 1), blurred]), source, { inspect: 'found' });
  const wanted = picture(80, 40, (x) => [127.5 - 4 * expected(x), 127.5, 127.5 - profile(x)]);
  expect(psnr(found, wanted)).toBeGreaterThan(50);
});

test('directions at half the size lead the same way', async ({ render }) => {
  const source = scene(64, 48);
  const show = { inspect: 'found' };
  expect(psnr(await render(lines([difference('r', 1)], true), source, show), await render(lines([difference('r', 1)]), source, show))).toBeGreaterThan(35);
});
