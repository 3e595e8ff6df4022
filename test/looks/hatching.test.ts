import { expect } from 'vitest';
import inkKernel from '../../shaders/looks/hatching.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { hatching } from '../../src/looks/hatching.ts';
import { penStrokes } from '../../src/passes/penStrokes.ts';
import { fieldOf } from '../reference/field.ts';
import { hatching as twin, type HatchingLayer } from '../reference/hatching.ts';
import { flat, grey, picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const UNIT = 1.1;
const PEN = { spacing: 4.6, length: 37, width: 1.6, jitter: 0.32, tilt: 0.015, overlap: 0.22 };
const LAYERS: readonly HatchingLayer[] = [
  { ...PEN, angle: -45, seed: 6, low: 0.16, high: 0.55 },
  { ...PEN, angle: 18, seed: 26, low: 0.46, high: 0.76 },
  { ...PEN, angle: -78, seed: 46, low: 0.66, high: 0.9 },
  { ...PEN, angle: -14, seed: 66, low: 0.8, high: 0.96 },
];

/** The ink alone: r of the picture is how dark it is and how far the grid is pushed, g the outlines. */
const inkAlone: Effect<object> = defineEffect({
  name: 'inkAlone',
  params: {},
  build: (graph, { source }) =>
    graph.compute(inkKernel, {
      inputs: { tones: source, push: source },
      params: { layers: 3, follow: 5, pushTexel: 1, lines: 0.9, ranges: LAYERS.flatMap(({ low, high }) => [low, high, 0, 0]), ...penStrokes(UNIT, LAYERS) },
    }),
});

test('the ink is its twin', async ({ render }) => {
  const source = picture(96, 64, (x, y) => [(255 * x) / 95, y > 20 && y < 24 ? 200 : 20, 0]);
  const tones = fieldOf(source);
  const expected = picture(96, 64, (x, y) => twin(tones, x, y, UNIT, LAYERS.slice(0, 3), 5 * tones.at(x, y)[0], 0.9).map((value) => 255 * value));
  expect(psnr(await render(inkAlone(), source), expected)).toBeGreaterThan(45);
});

test('darker greys take more ink, more so with more layers; white is paper', async ({ render }) => {
  const light = async (code: number, layers: number): Promise<number> => {
    const { data } = await render(hatching({ layers }), flat(48, 36, grey(code)));
    return data.reduce((sum, value) => sum + value, 0) / data.length;
  };
  const [pale, dark, darker] = [await light(150, 4), await light(60, 1), await light(60, 4)];
  expect(dark).toBeLessThan(pale - 10);
  expect(darker).toBeLessThan(dark - 10);
  expect(new Set((await render(hatching(), flat(48, 36, grey(255)))).data)).toEqual(new Set([250, 247, 240, 255]));
});
