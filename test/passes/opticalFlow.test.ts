import { expect } from 'vitest';
import { defineEffect, optional, type Effect } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { opticalFlow } from '../../src/passes/opticalFlow.ts';
import { fieldOf } from '../reference/field.ts';
import { opticalFlow as twin } from '../reference/opticalFlow.ts';
import affine from '../support/kernels/affine.wgsl';
import { flat, mirrored, picture, psnr, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const LONGEST = 8;
const NOISE = 2 / 255;
const show = (flow: readonly number[]): number[] => [...flow.slice(0, 2).map((value) => 127.5 + (127.5 * value) / LONGEST), 0];

/** The flow from `before` to the picture: x as red, y as green, -8 to 8 px. */
const flowShown: Effect<Record<string, never>> = defineEffect({
  name: 'flowShown',
  params: {},
  inputs: { before: optional('rgb') },
  build: (graph, { source, before }) => graph.compute(affine, { inputs: { source: opticalFlow(graph, source, before ?? source, NOISE) }, params: { gain: [0.5 / LONGEST, 0.5 / LONGEST, 0], amount: [0.5, 0.5, 0] } }),
});

/** Waves of many directions, seen from (x0, y0) on. */
const waves = (x0: number, y0: number): Pixels =>
  picture(96, 64, (column, row) => {
    const [x, y] = [column + x0, row + y0];
    return [120 + 50 * Math.sin(x / 6 + y / 15) + 40 * Math.sin(y / 5 - x / 21), 120 + 60 * Math.sin((x + y) / 9), 110 + 50 * Math.cos(x / 8)];
  });

const [NOW, BEFORE] = [waves(0, 0), waves(1.6, -1.1)];

test('it is that of float64', async ({ render }) => {
  const { at } = twin(fieldOf(NOW), fieldOf(BEFORE), NOISE);
  expect(psnr(await render(flowShown(), NOW, { inputs: { before: BEFORE } }), picture(96, 64, (x, y) => show(at(x, y))))).toBeGreaterThan(45);
});

test.for([[2, 0], [-3.5, 1], [6, -2], [0.3, 0.2]] as const)('a scene that goes by (%f, %f) px is followed', async ([dx, dy], { render }) => {
  const shown = await render(flowShown(), NOW, { inputs: { before: waves(dx, dy) } });
  let error = 0;
  for (let y = 12; y < 52; y++) for (let x = 12; x < 84; x++) error += Math.hypot(...[dx, dy].map((value, c) => ((texel(shown, x, y)[c]! - 127.5) / 127.5) * LONGEST - value)) / (40 * 72);
  expect(error).toBeLessThan(0.12);
});

test('mirrored pictures have the mirrored flow', async ({ render }) => {
  const plain = await render(flowShown(), NOW, { inputs: { before: BEFORE } });
  const other = mirrored(await render(flowShown(), mirrored(NOW), { inputs: { before: mirrored(BEFORE) } }));
  expect(psnr(other, { ...plain, data: plain.data.map((value, i) => (i % 4 === 0 ? 255 - value : value)) })).toBeGreaterThan(50);
});

test('what has no structure, and what stands still, does not move; a single pixel does no harm', async ({ render }) => {
  const rest = new Set([127, 128]);
  for (const [now, before] of [[flat(20, 60, [90, 90, 90]), flat(20, 60, [60, 60, 60])], [NOW, NOW], [flat(1, 1, [9, 9, 9]), flat(1, 1, [200, 0, 0])]] as const) {
    const { data } = await render(flowShown(), now, { inputs: { before } });
    expect(data.every((value, i) => i % 4 > 1 || rest.has(value))).toBe(true);
  }
});
