import { expect } from 'vitest';
import paintKernel from '../../shaders/looks/watercolor.wgsl';
import washesKernel from '../../shaders/looks/watercolorWashes.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { FrameGraph } from '../../src/core/frameGraph.ts';
import { applyLook } from '../../src/core/look.ts';
import { float } from '../../src/core/params.ts';
import { watercolor, type WatercolorParams } from '../../src/looks/watercolor.ts';
import { gaussianBlur } from '../../src/passes/gaussianBlur.ts';
import { noise } from '../../src/passes/noise.ts';
import { levels, type LevelsOptions } from '../../src/passes/levels.ts';
import { gaussianBlur as blurTwin } from '../reference/gaussianBlur.ts';
import { fbm } from '../reference/noise.ts';
import { toOklab } from '../reference/oklab.ts';
import { levels as levelsTwin } from '../reference/levels.ts';
import { sheet, wash, watercolor as twin } from '../reference/watercolor.ts';
import { flat, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';
import type { Triple } from '../reference/field.ts';

const STRETCH: LevelsOptions = { of: 'oklab', low: 0.02, high: 0.98, gain: 0.7, darkest: 0.35, lightest: 0.65, contrasts: [-1, 0] };
const WANDER = { scale: 20, seed: 5, octaves: 4 };
const WETNESS = { scale: 30, seed: 6 };
const [WIDTH, HEIGHT] = [60, 40];

const codesOf = (source: ReturnType<typeof scene>, x: number, y: number): number[] => texel(source, x, y).slice(0, 3).map((code) => code / 255);
const meanGreen = ({ data }: { data: Uint8ClampedArray }): number => data.reduce((sum, code, i) => (i % 4 === 1 ? sum + code : sum), 0) / (data.length / 4);

const washed: Effect<Record<string, never>> = defineEffect({
  name: 'washed',
  params: {},
  build: (graph, { source }) => graph.compute(washesKernel, { inputs: { source, tones: levels(graph, source, STRETCH), water: noise(graph, [WANDER, WETNESS]) }, params: { washes: 5, waterTexel: 1 } }),
});

test('tones and washes are those of their twin', async ({ render }) => {
  const source = scene(WIDTH, HEIGHT);
  const tones = levelsTwin(Array.from({ length: WIDTH * HEIGHT }, (_, i) => toOklab(codesOf(source, i % WIDTH, Math.floor(i / WIDTH)))[0]), STRETCH);
  const expected = picture(WIDTH, HEIGHT, (x, y) => {
    const [L, a, b] = wash(codesOf(source, x, y), tones, fbm(x, y, 20, 5, 4), fbm(x, y, 30, 6), 5);
    return [(L + 0.2) / 1.4, a / 0.8 + 0.5, b / 0.8 + 0.5].map((value) => 255 * value);
  });
  expect(psnr(await render(washed(), source), expected)).toBeGreaterThan(45);
});

const LOOK = { unit: 0.9, margin: 3, edge: 1.2, granulation: 0.8, color: 1.3, pencil: 0.4 };
const [TOOTH, CLUMPS, SEED] = [3, 4.5, 21];

/** The last pass alone: the source is taken for the packed wash, its alpha for a pencil line everywhere. */
const painted: Effect<{ margin: number }> = defineEffect({
  name: 'painted',
  params: { margin: float(3, { min: 0, max: 9 }) },
  build(graph, { source }, { margin }) {
    const paper = noise(graph, [
      { scale: 9, seed: 1 },
      { scale: 9, seed: 2 },
      { scale: CLUMPS, seed: SEED + 11, octaves: 4, gain: 0.7 },
      [{ scale: TOOTH, seed: SEED + 12, octaves: 4, gain: 0.7, weight: 0.6 }, { scale: 3 * TOOTH, seed: SEED + 13, weight: 0.4 }],
    ]);
    const four = (first: number): ReturnType<typeof noise> => noise(graph, [0, 1, 2, 3].map((k) => ({ scale: 15, seed: first + k })));
    const [bled, rim] = [gaussianBlur(graph, source, { sigma: 2 }), gaussianBlur(graph, source, { sigma: 0.8, scalarOf: 'r' })];
    return graph.compute(paintKernel, { inputs: { wash: source, bled, rim, paper, drift: four(30), border: four(40) }, params: { ...LOOK, margin, relief: 0.9 * LOOK.unit, bledTexel: 1, noiseTexel: 1 } });
  },
});

test('pigment and paper are those of their twin, with a margin and without', async ({ render }) => {
  const source = scene(WIDTH, HEIGHT);
  const unpacked = [0, 1, 2].map((channel) => {
    const data = Float64Array.from({ length: WIDTH * HEIGHT }, (_, i) => codesOf(source, i % WIDTH, Math.floor(i / WIDTH))[channel]!);
    return { width: WIDTH, height: HEIGHT, data: data.map((value) => (channel === 0 ? 1.4 * value - 0.2 : 0.8 * (value - 0.5))) };
  });
  const [blurred, narrow] = [unpacked.map((plane) => blurTwin(plane, 2)), blurTwin(unpacked[0]!, 0.8)];
  const heights = blurTwin({ width: WIDTH, height: HEIGHT, data: Float64Array.from({ length: WIDTH * HEIGHT }, (_, i) => sheet(i % WIDTH, Math.floor(i / WIDTH), TOOTH, CLUMPS, SEED)[0]) }, 0.5);
  const heightAt = (x: number, y: number): number => heights.data[Math.min(Math.max(y, 0), HEIGHT - 1) * WIDTH + Math.min(Math.max(x, 0), WIDTH - 1)]!;
  for (const margin of [3, 0]) {
    const expected = picture(WIDTH, HEIGHT, (x, y) => {
      const at = y * WIDTH + x;
      const noises = (first: number): [number, number, number, number] => [0, 1, 2, 3].map((k) => fbm(x, y, 15, first + k)) as [number, number, number, number];
      const [height, clumps] = sheet(x, y, TOOTH, CLUMPS, SEED);
      const slope = [(heightAt(x + 1, y) - heightAt(x - 1, y)) / 2, (heightAt(x, y + 1) - heightAt(x, y - 1)) / 2] as const;
      const own = unpacked.map(({ data }) => data[at]!) as unknown as Triple;
      const bled = blurred.map(({ data }) => data[at]!) as unknown as Triple;
      const near = Math.min(x, y, WIDTH - 1 - x, HEIGHT - 1 - y);
      return twin(own, { ...LOOK, margin, bled, narrow: narrow.data[at]!, line: 1, height, clumps, slope, drift: noises(30), border: noises(40), near }).map((value) => 255 * value);
    });
    expect(psnr(await render(painted({ margin }), source), expected)).toBeGreaterThan(45);
  }
});

test('the sheet is white at the border and where the picture is; margin 0 paints to the edge', async ({ render }) => {
  const gray = flat(80, 60, [120, 120, 120]);
  expect(Math.min(...texel(await render(watercolor({ margin: 0.12 }), gray), 0, 0))).toBeGreaterThan(225);
  expect(Math.min(...texel(await render(watercolor(), flat(40, 30, [255, 255, 255])), 20, 15))).toBeGreaterThan(225);
  for (const [x, y] of [[0, 0], [79, 0], [40, 59], [0, 30]] as const) expect(Math.max(...texel(await render(watercolor({ margin: 0 }), gray), x, y).slice(0, 3))).toBeLessThan(225);
});

test('without a pencil there is less on the sheet and less to do; how hard it presses changes no pass', async ({ render }) => {
  const source = scene(96, 64);
  const [drawn, faint, none] = [await render(watercolor({ pencil: 1 }), source), await render(watercolor({ pencil: 0.001 }), source), await render(watercolor({ pencil: 0 }), source)];
  expect(meanGreen(drawn)).toBeLessThan(meanGreen(none) - 0.5);
  expect(maxDifference(faint, none)).toBeLessThanOrEqual(1);
  const kernels = (pencil: number): string[] => {
    const graph = new FrameGraph({ width: 640, height: 480, origin: [0, 0], scale: 1 });
    applyLook(graph, watercolor({ pencil }), { source: graph.imported('source') });
    return graph.recording.passes.map((pass) => (pass.kind === 'compute' ? pass.shader.label : pass.kind));
  };
  expect(kernels(0.3)).toEqual(kernels(0.9));
  expect(kernels(0)).toHaveLength(kernels(0.3).length - 4);
});

test('a night becomes a light wash', async ({ render }) => {
  const night = picture(90, 60, (x, y) => [12 + x / 6, 20 + y / 4, 60 + x / 3]);
  expect(meanGreen(await render(watercolor(), night))).toBeGreaterThan(meanGreen(night) + 50);
});

test('each slider moves the picture its way', async ({ render }) => {
  const step = picture(96, 64, (x) => (x < 48 ? [200, 190, 180] : [90, 110, 160]));
  const PLAIN: Partial<WatercolorParams> = { wobble: 0, granulation: 0, pencil: 0, margin: 0 };
  const column = async (params: Partial<WatercolorParams>, x: number): Promise<number[]> => {
    const result = await render(watercolor({ ...PLAIN, ...params }), step);
    return [0, 1, 2].map((channel) => Array.from({ length: 64 }, (_, y) => texel(result, x, y)[channel]! / 64).reduce((sum, value) => sum + value, 0));
  };
  const [, dark = 0] = await column({ size: 2.5, edge: 2 }, 48);
  const [, plain = 0] = await column({ size: 2.5, edge: 0 }, 48);
  expect(dark).toBeLessThan(plain - 10);
  const blueness = async (color: number): Promise<number> => {
    const [r = 0, , b = 0] = await column({ color }, 80);
    return b - r;
  };
  expect(await blueness(1.8)).toBeGreaterThan((await blueness(0.6)) + 20);
  const source = scene(96, 64);
  const usual = await render(watercolor({ size: 2.5 }), source);
  for (const params of [{ wobble: 3 }, { bleed: 4 }, { granulation: 2 }, { washes: 9 }, { detail: 1 }]) expect(psnr(await render(watercolor({ size: 2.5, ...params }), source), usual)).toBeLessThan(50);
});

test('the widest bleeding on a large picture takes no colour away', async ({ render }) => {
  const { data } = await render(watercolor({ size: 2.5, bleed: 4, margin: 0 }), flat(4096, 4, [150, 150, 150]));
  const mean = (channel: number): number => data.reduce((sum, value, i) => sum + (i % 4 === channel ? value : 0), 0) / (data.length / 4);
  expect(mean(0)).toBeGreaterThan(mean(2));
});
