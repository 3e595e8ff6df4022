import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float, seed } from '../../src/core/params.ts';
import { brushLayer, type Brush } from '../../src/passes/brushLayer.ts';
import { misfit } from '../../src/passes/misfit.ts';
import { noise } from '../../src/passes/noise.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { brushLayer as twin } from '../reference/brushLayer.ts';
import constant from '../support/kernels/constant.wgsl';
import { flat, maxDifference, picture, psnr, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const SIGMA = 2;
const BRUSH: Brush = { width: 8, length: 24, respect: 0.12, clip: 0.1, lightness: 0.05, chroma: 0.3, hue: 0.1, angle: 0.2, bristle: 0.5, spacing: 0.7, order: 18, opacity: 1, edge: 1, seed: 5 };

interface PaintedParams { width: number; length: number; order: number; opacity: number; respect: number; clip: number; lightness: number; chroma: number; hue: number; seed: number; placed: number; press: number }

/** One layer over the picture itself; with `placed`, only where the picture differs from grey by that much; with `press`, in chalk. */
const painted: Effect<PaintedParams> = defineEffect({
  name: 'painted',
  params: {
    width: float(8, { min: 1, max: 100 }), length: float(24, { min: 1, max: 400 }), order: float(18, { min: 0, max: 40 }), opacity: float(1, { min: 0, max: 1 }), respect: float(0.12, { min: 0.01, max: 10 }),
    clip: float(0.1, { min: 0, max: 1 }), lightness: float(0.05, { min: 0, max: 1 }), chroma: float(0.3, { min: 0, max: 1 }), hue: float(0.1, { min: 0, max: 1 }), seed: seed(5), placed: float(0, { min: 0, max: 1 }), press: float(0, { min: 0, max: 2 }),
  },
  build(graph, { source }, { placed, press, ...look }) {
    const flow = structureTensor(graph, source, { sigma: SIGMA });
    const grey = graph.compute(constant, { params: { color: [0.5, 0.5, 0.5, 1] }, size: graph.frame });
    const placement = placed === 0 ? {} : { placement: { misfit: misfit(graph, source, grey, 3), low: 0.4 * placed, high: 1.2 * placed } };
    const chalk = press === 0 ? {} : { chalk: { tooth: noise(graph, [{ scale: 2, seed: 3 }]), press, soft: 0.2 } };
    return brushLayer(graph, { reference: source, flow, below: source, raised: false }, { ...BRUSH, ...look, ...placement, ...chalk });
  },
});

/** Soft shapes: no stroke ends just there or a pixel later. */
const soft = (width: number, height: number) =>
  picture(width, height, (x, y) => [128 + 90 * Math.sin(x / 11 + y / 17), 128 + 80 * Math.sin(x / 23 - y / 9), 110 + 60 * Math.cos(x / 15 + y / 31)]);

test.for([
  {},
  { width: 5, length: 30, clip: 0.3 },
  { width: 14, length: 20, order: 30, respect: 0.5 },
  { width: 2, length: 4, lightness: 0.2, chroma: 0.8 },
  // Wider than long: what is cut at the borders of cells shows as squares.
  { width: 30, length: 2, lightness: 0.2, clip: 1, respect: 2 },
])('a gather paints what scattering every stroke over every pixel paints: %o', async (look, { render }) => {
  const source = soft(70, 50);
  expect(psnr(await render(painted(look), source), twin(source, { ...BRUSH, ...look }, SIGMA))).toBeGreaterThan(45);
});

test('without variation one colour stays that colour', async ({ render }) => {
  for (const color of [[255, 255, 255], [0, 0, 0], [90, 140, 60]]) {
    const source = flat(31, 23, color);
    expect(maxDifference(await render(painted({ lightness: 0, chroma: 0, hue: 0 }), source), source)).toBeLessThanOrEqual(1);
  }
});

test('a lone stroke of low priority is not black: white walls have no flies', async ({ render }) => {
  const { data } = await render(painted({ order: 40, width: 20, length: 20, lightness: 0, opacity: 0.9 }), flat(120, 90, [250, 250, 250]));
  expect(Math.min(...data)).toBeGreaterThan(245);
});

test('no opacity, no paint', async ({ render }) => {
  const source = soft(40, 30);
  expect(maxDifference(await render(painted({ opacity: 0 }), source), source)).toBeLessThanOrEqual(1);
});

test('strokes vary in lightness and stay in shapes', async ({ render }) => {
  const source = picture(80, 40, (x) => (x < 40 ? [200, 60, 40] : [30, 60, 160]));
  const result = await render(painted({ width: 12, length: 60 }), source);
  // Two px from the contour each side has its own hue still.
  for (let y = 4; y < 36; y++) {
    expect(texel(result, 36, y)[0]).toBeGreaterThan(140);
    expect(texel(result, 43, y)[0]).toBeLessThan(90);
  }
  expect(psnr(result, source)).toBeLessThan(40);
});

test('strokes are placed where the canvas is wrong, and only there', async ({ render }) => {
  // The left half is grey already.
  const source = picture(80, 40, (x) => (x < 40 ? [128, 128, 128] : [220, 40, 40]));
  const result = await render(painted({ placed: 0.9, lightness: 0.4, chroma: 0 }), source);
  const spread = (from: number): number => {
    const row = Array.from({ length: 24 }, (_, i) => texel(result, from + i, 20)[1] as number);
    return Math.max(...row) - Math.min(...row);
  };
  expect(spread(4)).toBeLessThan(3);
  expect(spread(52)).toBeGreaterThan(10);
});

test('chalk breaks on the paper', async ({ render }) => {
  const source = soft(60, 40);
  const whole = psnr(await render(painted({ press: 2, lightness: 0.3 }), source), source);
  const light = psnr(await render(painted({ press: 0.2, lightness: 0.3 }), source), source);
  expect(light).toBeGreaterThan(whole + 3);
});

test('strokes too long for their grid are cut, and pictures of any size are painted', async ({ render }) => {
  for (const [width, height] of [[1, 1], [7, 5], [3, 50]] as const) expect((await render(painted({ width: 3, length: 60 }), soft(width, height))).data).toHaveLength(4 * width * height);
});
