import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { tangentFlow } from '../../src/passes/tangentFlow.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { tensorOf } from '../reference/structureTensor.ts';
import { shownTangents, tangentFlow as twin } from '../reference/tangentFlow.ts';
import show from '../support/kernels/tangents.wgsl';
import { flat, grey, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

function tangents(sigma: number, resolution: 'full' | 'half' = 'full'): Look {
  return defineEffect<Record<string, never>>({
    name: 'tangents',
    params: {},
    build: (graph, { source }) => graph.compute(show, { inputs: { tangents: tangentFlow(graph, structureTensor(graph, source, { sigma, resolution })) } }),
  })();
}

const STRAIGHT = 1;

test('it is its twin', async ({ render }) => {
  const source = scene(61, 43);
  const expected = pictureOf(shownTangents(twin(tensorOf(fieldOf(source), 2))));
  expect(psnr(await render(tangents(2), source), expected)).toBeGreaterThan(50);
});

test.for([
  ['level', 0, 1, [255, 127.5]],
  ['upright', 1, 0, [0, 127.5]],
  ['falling', 1, -1, [127.5, 255]],
  ['rising', 1, 1, [127.5, 0]],
] as const)('it lies along %s stripes', async ([, a, b, doubled], { render }) => {
  const stripes = picture(32, 32, (x, y) => grey(128 + 100 * Math.sin((a * x + b * y) / 2)));
  for (const resolution of ['full', 'half'] as const) {
    const [x = 0, y = 0, anisotropy] = texel(await render(tangents(1.5, resolution), stripes), 16, 16);
    expect(Math.abs(x - doubled[0])).toBeLessThanOrEqual(STRAIGHT);
    expect(Math.abs(y - doubled[1])).toBeLessThanOrEqual(STRAIGHT);
    expect(anisotropy).toBeGreaterThanOrEqual(254);
  }
});

test('a gradient that is all but exactly along an axis has a tangent too', async ({ render }) => {
  // Where F is next to nothing, l1 - E is 0 but for rounding: the eigenvector (l1 - E, -F) would be noise.
  const almost = picture(32, 32, (x, y) => [8 * x + (y === 3 ? 1 : 0), 8 * x, 8 * x]);
  for (const y of [2, 3, 4, 9]) {
    const [x = 0, , anisotropy] = texel(await render(tangents(0), almost), 16, y);
    expect(x).toBeLessThanOrEqual(2);
    expect(anisotropy).toBeGreaterThanOrEqual(250);
  }
});

test('where nothing has a direction there is a unit vector without anisotropy', async ({ render }) => {
  expect(texel(await render(tangents(2), flat(9, 7, [90, 40, 10])), 4, 3)).toEqual([0, 128, 0, 255]);
  expect((await render(tangents(2), flat(1, 1, [3, 4, 5]))).width).toBe(1);
});
