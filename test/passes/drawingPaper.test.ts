import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float, seed } from '../../src/core/params.ts';
import { drawingPaper, type DrawingPaperOptions } from '../../src/passes/drawingPaper.ts';
import { noise } from '../../src/passes/noise.ts';
import { drawingPaper as twin } from '../reference/drawingPaper.ts';
import { flat, picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const sheet: Effect<DrawingPaperOptions> = defineEffect({
  name: 'sheet',
  params: { tooth: float(1.5, { min: 0.5, max: 8 }), fibres: float(0.35, { min: 0, max: 1 }), seed: seed(3) },
  build: (graph, _, params) => noise(graph, [drawingPaper(params), drawingPaper({ ...params, seed: params.seed + 1 })]),
});

test('the sheet is that of the recipe', async ({ render }) => {
  // looks.py: paper(np.float32([[7]]), np.float32([[11]]), 1.5, 0.35, 3) and with fibres 1
  expect(twin(7, 11, 1.5, 0.35, 3)).toBeCloseTo(0.45071, 4);
  expect(twin(7, 11, 1.5, 1, 3)).toBeCloseTo(0.241102, 4);
  for (const [tooth, fibres] of [[1.5, 0.35], [4, 1]] as const) {
    const expected = picture(96, 64, (x, y) => [twin(x, y, tooth, fibres, 3), twin(x, y, tooth, fibres, 4), 0.5].map((value) => 255 * value));
    expect(psnr(await render(sheet({ tooth, fibres }), flat(96, 64, [0, 0, 0])), expected)).toBeGreaterThan(50);
  }
});

test('heights are spread evenly about one half', async ({ render }) => {
  for (const fibres of [0, 0.35, 0.6]) {
    const { data } = await render(sheet({ fibres }), flat(192, 192, [0, 0, 0]));
    const heights = Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]! / 255);
    const share = (low: number): number => heights.filter((value) => value >= low && value < low + 0.25).length / heights.length;
    expect(Math.abs(heights.reduce((sum, value) => sum + value, 0) / heights.length - 0.5)).toBeLessThan(0.02);
    for (const quarter of [0, 0.25, 0.5, 0.75]) expect(share(quarter)).toBeGreaterThan(0.18);
  }
});
