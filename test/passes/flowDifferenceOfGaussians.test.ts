import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { flowDifferenceOfGaussians, type FlowDifferenceOptions, type FlowResponse } from '../../src/passes/flowDifferenceOfGaussians.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { tangentFlow } from '../../src/passes/tangentFlow.ts';
import { field, fieldOf, pictureOf } from '../reference/field.ts';
import { flowDifferenceOfGaussians as twin } from '../reference/flowDifferenceOfGaussians.ts';
import { tensorOf } from '../reference/structureTensor.ts';
import { tangentFlow as tangentTwin } from '../reference/tangentFlow.ts';
import { flat, grey, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
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

const TENSOR_SIGMA = 1.5;
const GAIN = 4;

/** Along the picture's own flow; a fourth response is shown apart. */
function responded(responses: readonly FlowResponse[], options: FlowDifferenceOptions): Look {
  return defineEffect<Record<string, never>>({
    name: 'responded',
    params: {},
    build(graph, { source }) {
      const found = flowDifferenceOfGaussians(graph, source, tangentFlow(graph, structureTensor(graph, source, { sigma: TENSOR_SIGMA })), responses, options);
      graph.inspect('first', found, { channel: responses.length === 1 ? 'r' : 'rgb', scale: GAIN, offset: 0.5 });
      graph.inspect('fourth', found, { channel: 'a', scale: GAIN, offset: 0.5 });
      return source;
    },
  })();
}

/** What the first three, or a single one in grey, are shown as. */
function shownTwin(source: Pixels, responses: readonly FlowResponse[], options: FlowDifferenceOptions): Pixels {
  const { width, height, at } = twin(fieldOf(source), tangentTwin(tensorOf(fieldOf(source), TENSOR_SIGMA)), responses, options);
  return pictureOf(field(width, height, (x, y) => (responses.length === 1 ? grey(at(x, y)[0]) : at(x, y)).map((value) => 0.5 + GAIN * value)));
}

const WIDE: FlowResponse = { of: 'g', gaussians: [{ sigma: 2, weight: 1 }, { sigma: 3.2, weight: -1 }] };
const MEXICAN: FlowResponse = { of: 'r', gaussians: [{ sigma: 0.7, weight: 0.5 }, { sigma: 1.4, weight: -1 }, { sigma: 2.8, weight: 0.5 }] };
const FOUR = [difference('r', 1), WIDE, difference('g', -0.5), MEXICAN];

test.for<[string, readonly FlowResponse[], FlowDifferenceOptions]>([
  ['one', [difference('r', 1)], { along: 3 }],
  ['one along a long line', [WIDE], { along: 9 }],
  ['two', [MEXICAN, difference('g', 1)], { along: 2 }],
  ['four, of steps of one and a half pixels', FOUR, { along: 4.5, stride: 1.5 }],
  ['four, of steps that are not shorter than the narrowest Gaussian', FOUR, { along: 6, stride: 2.2 }],
])('of any picture they are their twin: %s', async ([, responses, options], { render }) => {
  for (const source of [scene(48, 36), shades(48, 36)]) {
    expect(psnr(await render(responded(responses, options), source, { inspect: 'first' }), shownTwin(source, responses, options))).toBeGreaterThan(50);
    const fourth = responses.slice(3);
    if (fourth.length === 1) expect(psnr(await render(responded(responses, options), source, { inspect: 'fourth' }), shownTwin(source, fourth, options))).toBeGreaterThan(50);
  }
});

test('a flat picture has no differences, however small it is', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [33, 17]] as const) {
    const found = await render(responded(FOUR, { along: 4, stride: 1.5 }), flat(width, height, [250, 120, 3]), { inspect: 'first' });
    for (const code of texel(found, 0, height - 1).slice(0, 3)) expect(Math.abs(code - 127.5)).toBeLessThan(1);
  }
});
