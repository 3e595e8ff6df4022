import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { flowGaussian, type FlowGaussianOptions } from '../../src/passes/flowGaussian.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { tangentFlow } from '../../src/passes/tangentFlow.ts';
import { field, fieldOf, pictureOf } from '../reference/field.ts';
import { flowGaussian as twin } from '../reference/flowGaussian.ts';
import { tensorOf } from '../reference/structureTensor.ts';
import { tangentFlow as tangentTwin } from '../reference/tangentFlow.ts';
import { flat, grey, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const TENSOR_SIGMA = 2;

type Leading = 'tangents' | 'halfTangents' | 'tensor';

/** Along the picture's own flow: tangents, those read from a texture of half the size, or the tensor, interpolated. */
function integrated(options: FlowGaussianOptions, leading: Leading = 'tangents'): Look {
  return defineEffect<Record<string, never>>({
    name: 'integrated',
    params: {},
    build(graph, { source }) {
      const { width, height } = graph.frame;
      const flow = structureTensor(graph, source, { sigma: TENSOR_SIGMA });
      if (leading === 'tensor') return flowGaussian(graph, source, flow, options);
      return flowGaussian(graph, source, leading === 'tangents' ? tangentFlow(graph, flow) : tangentFlow(graph, flow, { width: Math.ceil(width / 2), height: Math.ceil(height / 2) }), options);
    },
  })();
}

function expected(source: Pixels, options: FlowGaussianOptions, interpolated = false): Pixels {
  const tensor = tensorOf(fieldOf(source), TENSOR_SIGMA);
  const result = twin(fieldOf(source), interpolated ? tensor : tangentTwin(tensor), { ...options, interpolated });
  if (options.scalarOf === undefined) return pictureOf(result);
  const weights = options.scalarOf === 'r' ? [1, 0, 0] : [0.299, 0.587, 0.114];
  return pictureOf(field(source.width, source.height, (x, y) => [result.at(x, y).reduce((sum, value, c) => sum + weights[c]! * value, 0), 0, 0]));
}

test.for<FlowGaussianOptions>([
  { sigma: 1.5 },
  { sigma: 6 },
  { sigma: 20 },
  { sigma: 6, stopAngle: 22.5 },
  { sigma: 6, adaptive: true },
  { sigma: 12, stride: 2.5 },
  { sigma: 4, scalarOf: 'r' },
  { sigma: 4, scalarOf: 'luminance' },
])('it is its twin: %o', async (options, { render }) => {
  const source = scene(61, 43);
  expect(psnr(await render(integrated(options), source), expected(source, options))).toBeGreaterThan(50);
});

test.for<FlowGaussianOptions>([{ sigma: 6 }, { sigma: 6, stopAngle: 22.5, adaptive: true }, { sigma: 4, stride: 1.5, scalarOf: 'r' }])('along an interpolated tensor it is its twin: %o', async (options, { render }) => {
  const source = scene(61, 43);
  expect(psnr(await render(integrated(options, 'tensor'), source), expected(source, options, true))).toBeGreaterThan(50);
});

test('sigma 0 leaves the picture, and one colour stays that colour', async ({ render }) => {
  const source = scene(33, 17);
  expect(maxDifference(await render(integrated({ sigma: 0 }), source), source)).toBe(0);
  expect(maxDifference(await render(integrated({ sigma: 10 }), flat(33, 17, [200, 100, 3])), flat(33, 17, [200, 100, 3]))).toBe(0);
});

test('straight stripes stay as they are, whichever way they run', async ({ render }) => {
  const level = picture(48, 48, (_, y) => (y % 12 < 6 ? [220, 200, 160] : [40, 60, 90]));
  const upright = picture(48, 48, (x) => (x % 12 < 6 ? [220, 200, 160] : [40, 60, 90]));
  const slanted = picture(48, 48, (x, y) => grey(127 + 90 * Math.sin((x + y) / 3)));
  for (const stripes of [level, upright]) expect(maxDifference(await render(integrated({ sigma: 10 }), stripes), stripes)).toBeLessThanOrEqual(1);
  // In the middle, where no line leaves the picture; interpolation costs a little.
  const result = await render(integrated({ sigma: 10 }), slanted);
  for (let x = 20; x < 28; x++) expect(Math.abs(texel(result, x, 24)[0]! - texel(slanted, x, 24)[0]!)).toBeLessThanOrEqual(6);
});

test('grain is averaged along an edge, and the edge stays', async ({ render }) => {
  const edge = picture(64, 64, (x, y) => (x + 0.5 * y < 48 ? [70, 70, 70] : [190, 190, 190]));
  const noisy = picture(64, 64, (x, y) => texel(edge, x, y).map((code, c) => (c === 3 ? 255 : code + (((x * 7 + y * 13) % 5) - 2) * 8)));
  const result = await render(integrated({ sigma: 6 }), noisy);
  expect(psnr(result, edge)).toBeGreaterThan(psnr(noisy, edge) + 4);
  // Two pixels inside of either side, half-way down.
  expect(texel(result, 29, 32)[0]).toBeLessThan(90);
  expect(texel(result, 35, 32)[0]).toBeGreaterThan(170);
});

test('a stop angle keeps corners', async ({ render }) => {
  // A square: a long line without one runs around its corners, or past them.
  const square = picture(48, 48, (x, y) => (x >= 16 && x < 32 && y >= 16 && y < 32 ? [230, 230, 230] : [30, 30, 30]));
  const cornerOf = async (stopAngle: number): Promise<number> => psnr(await render(integrated({ sigma: 8, stopAngle }), square), square);
  expect(await cornerOf(10)).toBeGreaterThan((await cornerOf(90)) + 1);
});

test('mirrored pictures have mirrored lines', async ({ render }) => {
  // On the lattice midpoints lie exactly between two texels.
  const lattice = picture(48, 48, (x, y) => (x % 8 < 4 !== y % 8 < 4 ? [220, 200, 160] : [40, 60, 90]));
  for (const source of [scene(61, 43), lattice]) {
    for (const options of [{ sigma: 6 }, { sigma: 6, stopAngle: 22.5, adaptive: true }]) {
      expect(maxDifference(mirrored(await render(integrated(options), source)), await render(integrated(options), mirrored(source)))).toBeLessThanOrEqual(1);
    }
  }
});

test('tangents of half the size do nearly as well, and tiny pictures are fine', async ({ render }) => {
  const source = scene(61, 43);
  expect(psnr(await render(integrated({ sigma: 4 }, 'halfTangents'), source), expected(source, { sigma: 4 }))).toBeGreaterThan(30);
  for (const [width, height] of [[1, 1], [1, 7], [7, 5]] as const) {
    for (const leading of ['tangents', 'halfTangents', 'tensor'] as const) {
      const { data } = await render(integrated({ sigma: 20 }, leading), picture(width, height, (x, y) => [100 + ((7 * x + 13 * y) % 50), 120, 140]));
      for (let i = 0; i < data.length; i += 4) expect([data[i]! >= 100 && data[i]! < 150, data[i + 1], data[i + 2]]).toEqual([true, 120, 140]);
    }
  }
});
