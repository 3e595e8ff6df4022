import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float, seed } from '../../src/core/params.ts';
import { paper, type PaperOptions } from '../../src/passes/paper.ts';
import { paper as twin } from '../reference/paper.ts';
import { flat, picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const sheet: Effect<PaperOptions> = defineEffect({
  name: 'sheet',
  params: { tooth: float(1, { min: 0.5, max: 3 }), fibres: float(0.35, { min: 0, max: 1 }), seed: seed() },
  build: (graph, _, params) => paper(graph, params),
});

test('the sheet is that of its twin; its tooth grows slower than the picture', async ({ render }) => {
  for (const [width, height, tooth] of [[96, 64, 1.6], [256, 192, 1.6]] as const) {
    const s = width / 1024;
    const facts = { tooth: 2 * tooth, fibres: 0.6, flow: 130 * s, seed: 5 };
    const expected = picture(width, height, (x, y) => twin(x, y, facts).map((value) => 255 * value));
    expect(psnr(await render(sheet({ tooth: 2, fibres: 0.6, seed: 5 }), flat(width, height, [0, 0, 0])), expected)).toBeGreaterThan(50);
  }
});

test('heights are spread evenly about one half', async ({ render }) => {
  const { data } = await render(sheet(), flat(256, 256, [0, 0, 0]));
  const heights = Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]! / 255);
  const mean = heights.reduce((sum, value) => sum + value, 0) / heights.length;
  const share = (low: number, high: number): number => heights.filter((value) => value >= low && value < high).length / heights.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
  for (const quarter of [0, 0.25, 0.5, 0.75]) expect(share(quarter, quarter + 0.25)).toBeGreaterThan(0.15);
});

test('looks that ask for the same sheet share it, and tiny pictures have one', async ({ studio, render }) => {
  const one = studio.pipeline({ a: sheet() });
  const two = studio.pipeline({ a: sheet(), b: sheet() });
  const other = studio.pipeline({ a: sheet(), b: sheet({ seed: 2 }) });
  expect(two.estimate(640, 480)).toBe(one.estimate(640, 480));
  expect(other.estimate(640, 480)).toBe(2 * one.estimate(640, 480));
  for (const pipeline of [one, two, other]) pipeline.destroy();
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) expect((await render(sheet(), flat(width, height, [0, 0, 0]))).width).toBe(width);
});
