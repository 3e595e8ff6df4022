import { expect } from 'vitest';
import responseKernel from '../../shaders/looks/inkResponse.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import { ink } from '../../src/looks/ink.ts';
import { reduce } from '../../src/passes/reduce.ts';
import { thresholded } from '../../src/passes/thresholded.ts';
import { bilinear, field, fieldOf, type Triple } from '../reference/field.ts';
import { inkResponse } from '../reference/ink.ts';
import affine from '../support/kernels/affine.wgsl';
import { grey, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

interface StepParams { p: number; detail: number; fills: number }
// calm, fine and broad out of the colours of a picture.
const GAIN: Triple = [1, 6, 8];
const AMOUNT: Triple = [0, -3, -4];
const [WIDTH, HEIGHT] = [64, 48];

/** The kernels of the look alone: the picture is the tensor and the light, its half what is around; a slow threshold shows D. */
const response: Effect<StepParams> = defineEffect({
  name: 'response',
  params: { p: float(22, { min: 0, max: 60 }), detail: float(0.5, { min: 0, max: 1.5 }), fills: float(1, { min: 0, max: 1 }) },
  build(graph, { source }, params) {
    const lines = graph.compute(affine, { inputs: { source }, params: { gain: GAIN, amount: AMOUNT } });
    const half = reduce(graph, source, 2);
    const drawn = graph.compute(responseKernel, { inputs: { lines, tensor: source, near: source, far: half, around: half }, params: { ...params, tensorTexel: 1, farTexel: 2, aroundTexel: 2 } });
    return thresholded(graph, drawn, { threshold: 'even', epsilon: 50, phi: 0.01, ink: [0, 0, 0], paper: [1, 1, 1] });
  },
});

test.for<StepParams>([{ p: 22, detail: 0.5, fills: 1 }, { p: 60, detail: 1.5, fills: 0.5 }, { p: 8, detail: 0, fills: 1 }])('what is drawn is its twin: %o', async (params, { render }) => {
  // Dark enough, in blue, to be filled.
  const photo = scene(WIDTH, HEIGHT);
  const source = picture(WIDTH, HEIGHT, (x, y) => texel(photo, x, y).map((code, c) => (c === 2 ? 0.3 * code : code)));
  const full = fieldOf(source);
  const half = field(WIDTH / 2, HEIGHT / 2, (x, y) => [0, 1, 2].map((c) => [0, 1, 2, 3].reduce((sum, i) => sum + full.at(2 * x + (i & 1), 2 * y + (i >> 1))[c]! / 4, 0)));
  const d = field(WIDTH, HEIGHT, (x, y) => {
    const here = full.at(x, y);
    const around = bilinear(half, (x + 0.5) / 2, (y + 0.5) / 2);
    const value = inkResponse({ lines: here.map((code, c) => GAIN[c]! * code + AMOUNT[c]!) as unknown as Triple, tensor: here, light: here[2], lightAround: around[2], calmAround: around[0] }, params);
    return [value, value, value];
  });
  const slope = (x: number, y: number): number => Math.hypot(d.at(x + 1, y)[0] - d.at(x - 1, y)[0], d.at(x, y + 1)[0] - d.at(x, y - 1)[0]) / 2;
  const expected = picture(WIDTH, HEIGHT, (x, y) => grey(255 * (0.5 + 0.5 * Math.tanh(Math.min(0.01, 1.3 / Math.max(slope(x, y), 1e-3)) * (d.at(x, y)[0] - 50)))));
  expect(psnr(await render(response(params), source), expected)).toBeGreaterThan(45);
});

/** A dark disc before a light ground, with a hard edge. */
const disc = picture(96, 96, (x, y) => grey(Math.hypot(x - 47.3, y - 48.1) < 26 ? 12 : 220));

test('lines and fills are antialiased: no pixel beside paper is full ink', async ({ render }) => {
  for (const params of [{}, { phi: 2 }, { fills: 0, phi: 2 }]) {
    const drawn = await render(ink(params), disc);
    const code = (x: number, y: number): number => texel(drawn, x, y)[0]!;
    const steps = Array.from({ length: 95 * 95 }, (_, i) => [i % 95, Math.floor(i / 95)] as const).flatMap(([x, y]) => [Math.abs(code(x + 1, y) - code(x, y)), Math.abs(code(x, y + 1) - code(x, y))]);
    expect(Math.max(...steps)).toBeGreaterThan(60);
    expect(Math.max(...steps)).toBeLessThan(220);
  }
});

test('a dark thing is filled, and without fills it is an outline', async ({ render }) => {
  const [filled, outlined] = [await render(ink(), disc), await render(ink({ fills: 0 }), disc)];
  for (const [x, y] of [[47, 48], [40, 55], [60, 40]] as const) {
    expect(texel(filled, x, y)[0]).toBe(10);
    expect(texel(outlined, x, y)[0]).toBe(255);
  }
  expect(texel(filled, 8, 8)[0]).toBe(255);
  const across = Array.from({ length: 96 }, (_, x) => texel(outlined, x, 48)[0]!);
  expect(Math.min(...across.slice(15, 30))).toBeLessThan(40);
});

test('a dark sky stays paper', async ({ render }) => {
  const night = picture(96, 64, (_, y) => [20 + y / 4, 24 + y / 4, 40 + y / 3]);
  const drawn = await render(ink(), night);
  for (let i = 0; i < drawn.data.length; i++) expect(drawn.data[i]).toBeGreaterThan(250);
});

test('a thicker pen draws thicker lines, and a higher epsilon more ink', async ({ render }) => {
  const blackness = async (params: Parameters<typeof ink>[0]): Promise<number> => (await render(ink({ fills: 0, ...params }), disc)).data.filter((_, i) => i % 4 === 0).reduce((sum, code) => sum + 255 - code, 0);
  const plain = await blackness({});
  expect(await blackness({ sigma: 3 })).toBeGreaterThan(1.3 * plain);
  expect(await blackness({ epsilon: 90 })).toBeGreaterThan(1.1 * plain);
  expect(await blackness({ epsilon: 40 })).toBeLessThan(plain);
});
