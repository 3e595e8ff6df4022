import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { jointUpsample } from '../../src/passes/jointUpsample.ts';
import { reduce } from '../../src/passes/reduce.ts';
import { fieldOf, pictureOf, reduced } from '../reference/field.ts';
import { jointUpsample as twin } from '../reference/jointUpsample.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

/** A picture that was reduced by `factor` and is enlarged again along the edges it had. */
function reducedAndBack(factor: number, sigma: number): Look {
  return defineEffect<Record<string, never>>({
    name: 'reducedAndBack',
    params: {},
    build(graph, { source }) {
      const small = reduce(graph, source, factor);
      return jointUpsample(graph, small, small, source, { sigma });
    },
  })();
}

test.for([[2, 0.1], [2, 0.4], [3, 0.05]] as const)('it is its twin: reduced by %d, sigma %d', async ([factor, sigma], { render }) => {
  const source = scene(60, 42);
  const small = reduced(fieldOf(source), factor);
  expect(psnr(await render(reducedAndBack(factor, sigma), source), pictureOf(twin(small, small, fieldOf(source), sigma)))).toBeGreaterThan(50);
});

test('one colour stays that colour, also where sizes do not divide', async ({ render }) => {
  for (const [width, height] of [[33, 17], [1, 1], [7, 2]] as const) {
    const source = flat(width, height, [200, 100, 3]);
    expect(maxDifference(await render(reducedAndBack(2, 0.1), source), source)).toBe(0);
  }
});

test('mirrored and turned pictures are enlarged mirrored and turned, also where a pixel lies between small ones', async ({ render }) => {
  const source = scene(63, 45);
  const once = await render(reducedAndBack(3, 0.1), source);
  expect(maxDifference(mirrored(once), await render(reducedAndBack(3, 0.1), mirrored(source)))).toBeLessThanOrEqual(1);
  expect(maxDifference(transposed(once), await render(reducedAndBack(3, 0.1), transposed(source)))).toBeLessThanOrEqual(1);
});

test('an edge is where it was, however small the picture between', async ({ render }) => {
  const edge = picture(64, 32, (x) => (x < 29 ? [60, 60, 60] : [200, 120, 60]));
  const across = (result: Pixels): number => texel(result, 30, 16)[0]! - texel(result, 27, 16)[0]!;
  const sharp = await render(reducedAndBack(2, 0.1), edge);
  const smooth = await render(reducedAndBack(2, 10), edge);
  expect(across(sharp)).toBeGreaterThan(130);
  expect(psnr(sharp, edge)).toBeGreaterThan(psnr(smooth, edge) + 6);
});
