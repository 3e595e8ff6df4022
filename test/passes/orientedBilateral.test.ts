import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { orientedBilateral, type OrientedBilateralOptions } from '../../src/passes/orientedBilateral.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { tangentFlow } from '../../src/passes/tangentFlow.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { orientedBilateral as twin, type OrientedBilateralFacts } from '../reference/orientedBilateral.ts';
import { tensorOf } from '../reference/structureTensor.ts';
import { tangentFlow as tangentTwin } from '../reference/tangentFlow.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const TENSOR_SIGMA = 2;

/** The code values of a picture along its own flow; `halfTangents` reads that from a texture of half the size. */
function filtered(options: OrientedBilateralOptions, halfTangents = false): Look {
  return defineEffect<Record<string, never>>({
    name: 'filtered',
    params: {},
    build(graph, { source }) {
      const { width, height } = graph.frame;
      const flow = structureTensor(graph, source, { sigma: TENSOR_SIGMA });
      return orientedBilateral(graph, source, halfTangents ? tangentFlow(graph, flow, { width: Math.ceil(width / 2), height: Math.ceil(height / 2) }) : tangentFlow(graph, flow), options);
    },
  })();
}

function expected(source: Pixels, facts: OrientedBilateralFacts): Pixels {
  return pictureOf(twin(fieldOf(source), tangentTwin(tensorOf(fieldOf(source), TENSOR_SIGMA)), facts));
}

const MILD = { sigmaD: 3, sigmaR: 0.1, rounds: 1 };

test.for<OrientedBilateralOptions>([
  MILD,
  { sigmaD: 2.3, sigmaR: 0.0425, rounds: 2 },
  { sigmaD: 7.5, sigmaR: 0.3, rounds: 1 },
  { sigmaD: 1, sigmaR: 0.15, rounds: 2, channelScale: [1, 0.5, 2] },
])('it is its twin: %o', async (options, { render }) => {
  const source = scene(61, 43);
  expect(psnr(await render(filtered(options), source), expected(source, options))).toBeGreaterThan(50);
});

test('without rounds it is the picture, and one colour stays that colour', async ({ render }) => {
  const source = scene(33, 17);
  expect(maxDifference(await render(filtered({ ...MILD, rounds: 0 }), source), source)).toBe(0);
  expect(maxDifference(await render(filtered({ ...MILD, rounds: 3 }), flat(33, 17, [200, 100, 3])), flat(33, 17, [200, 100, 3]))).toBe(0);
});

test('grain goes and a strong edge stays as sharp as it was', async ({ render }) => {
  const edge = picture(64, 64, (x, y) => (x + 0.5 * y < 48 ? [70, 70, 70] : [190, 190, 190]));
  const noisy = picture(64, 64, (x, y) => texel(edge, x, y).map((code, c) => (c === 3 ? 255 : code + (((x * 7 + y * 13) % 5) - 2) * 5)));
  expect(psnr(await render(filtered({ ...MILD, rounds: 2 }), noisy), edge)).toBeGreaterThan(psnr(noisy, edge) + 12);
});

test('what differs by less than sigmaR merges, and a channel counts by its scale', async ({ render }) => {
  const stripes = picture(48, 32, (x) => [100, 100, x % 6 < 3 ? 100 : 140]);
  const contrast = async (options: Partial<OrientedBilateralOptions>): Promise<number> => {
    const result = await render(filtered({ ...MILD, ...options }), stripes);
    return texel(result, 22, 16)[2]! - texel(result, 19, 16)[2]!;
  };
  expect(await contrast({ sigmaR: 0.03 })).toBeGreaterThan(36);
  expect(await contrast({ sigmaR: 0.3 })).toBeLessThan(20);
  expect(await contrast({ sigmaR: 0.03, channelScale: [1, 1, 0.1] })).toBeLessThan(20);
});

test('wider apart taps do what taps at every pixel do', async ({ render }) => {
  // As smooth as a photograph is at a size for which sigmaD is large.
  const source = picture(90, 60, (x, y) => texel(scene(30, 20), Math.floor(x / 3), Math.floor(y / 3)));
  const soft = await render(filtered({ sigmaD: 2, sigmaR: 10, rounds: 1 }), source);
  const options = { sigmaD: 7.5, sigmaR: 0.0425, rounds: 2 };
  expect(psnr(await render(filtered(options), soft), expected(soft, { ...options, stride: 1 }))).toBeGreaterThan(40);
});

test('a mirrored picture is filtered mirrored', async ({ render }) => {
  const source = scene(61, 43);
  expect(maxDifference(mirrored(await render(filtered(MILD), source)), await render(filtered(MILD), mirrored(source)))).toBeLessThanOrEqual(1);
});

test('tangents of half the size do nearly as well, and tiny pictures keep to their range', async ({ render }) => {
  const source = scene(61, 43);
  expect(psnr(await render(filtered(MILD, true), source), expected(source, MILD))).toBeGreaterThan(30);
  for (const [width, height] of [[1, 1], [1, 7], [7, 5]] as const) {
    const { data } = await render(filtered({ sigmaD: 20, sigmaR: 0.1, rounds: 3 }, true), picture(width, height, (x, y) => [100 + ((7 * x + 13 * y) % 50), 120, 140]));
    for (let i = 0; i < data.length; i += 4) expect([data[i]! >= 100 && data[i]! < 150, data[i + 1], data[i + 2]]).toEqual([true, 120, 140]);
  }
});
