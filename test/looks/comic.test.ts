import { expect } from 'vitest';
import drawKernel from '../../shaders/looks/comic.wgsl';
import edgesKernel from '../../shaders/looks/comicEdges.wgsl';
import lightKernel from '../../shaders/looks/comicLight.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float, int } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { comic } from '../../src/looks/comic.ts';
import { levels, type LevelsOptions } from '../../src/passes/levels.ts';
import { oklab } from '../../src/passes/oklab.ts';
import { comic as twin, halfLight, type ComicFacts } from '../reference/comic.ts';
import { field, fieldOf } from '../reference/field.ts';
import { lineDarkness } from '../reference/lines.ts';
import { toOklab } from '../reference/oklab.ts';
import { flat, grey, hash, picture, psnr, scene, texel } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
import offset from '../support/kernels/offset.wgsl?rgba16float';
import { test } from '../support/studioTest.ts';

// Whatever the picture, these are found.
const LEVELS: LevelsOptions = { of: 'r', low: 0.1, high: 0.8, darkest: 0.1, lightest: 0.9, contrasts: [0, 0.01] };
const FOUND = [0.1, 0.9, 1] as const;

/** The page alone, not smoothed and not blurred; the red channel is the lines. */
const page: Effect<{ -readonly [K in keyof ComicFacts]: number }> = defineEffect({
  name: 'page',
  params: { bins: int(6, { min: 2, max: 16 }), saturation: float(1, { min: 0, max: 2 }), dots: float(0, { min: 0, max: 1 }), period: float(5, { min: 3, max: 20 }), unit: float(1, { min: 0.5, max: 4 }) },
  build(graph, { source }, params) {
    const colors = oklab(graph, source);
    const tones = levels(graph, colors, LEVELS);
    const half = graph.compute(lightKernel, { inputs: { colors, tones }, size: { width: 32, height: 24 } });
    return graph.compute(drawKernel, { inputs: { colors, tones, edges: source, near: half, far: half }, params: { ...params, nearTexel: 2, farTexel: 2 } });
  },
});

test('the page is its twin', async ({ render }) => {
  // With shadows and blacks.
  const bright = scene(64, 48);
  const source = picture(64, 48, (x, y) => texel(bright, x, y).map((code, c) => (c === 3 ? code : (code * (x + 1)) / 64)));
  const edges = fieldOf(source);
  const colors = field(64, 48, (x, y) => toOklab(edges.at(x, y)));
  const half = halfLight(colors, FOUND);
  for (const facts of [{ bins: 6, saturation: 1.25, dots: 0.5, period: 5, unit: 1 }, { bins: 12, saturation: 0.5, dots: 1, period: 8, unit: 2 }]) {
    const expected = picture(64, 48, (x, y) => twin(colors, FOUND, edges, half, half, x, y, facts).map((value) => 255 * value));
    expect(psnr(await render(page(facts), source), expected)).toBeGreaterThan(50);
  }
});

/** The lines alone: responses are the picture less a half, its blue is the anisotropy. */
const inked: Effect<{ lines: number; threshold: number }> = defineEffect({
  name: 'inked',
  params: { lines: float(1, { min: 0, max: 1 }), threshold: float(0.05, { min: 0, max: 1 }) },
  build: (graph, { source }, params) => graph.compute(edgesKernel, { inputs: { lines: graph.compute(offset, { inputs: { source }, params: { amount: -0.5 } }), tangents: source }, params }),
});

test('the lines are their twin', async ({ render }) => {
  const source = scene(64, 48);
  const code = fieldOf(source);
  const responses = field(64, 48, (x, y) => code.at(x, y).map((value) => value - 0.5));
  const expected = picture(64, 48, (x, y) => [255 * 0.8 * lineDarkness(responses, x, y, code.at(x, y)[2], { threshold: 0.05, softness: 1.2, weights: [1, 1] }), 0, 0]);
  expect(psnr(await render(inked({ lines: 0.8 }), source), expected)).toBeGreaterThan(55);
});

const light = ({ data }: Pixels): number => data.reduce((sum, code, i) => sum + (i % 4 === 1 ? code : 0), 0) / (data.length / 4);

test('a shadow has dots, a light has none, and none are dots of strength 0', async ({ render }) => {
  const half = picture(64, 48, (x) => grey(x < 32 ? 70 : 220));
  const spread = async (dots: number, left: number): Promise<number> => {
    const painted = await render(comic({ dots }), half);
    const codes = Array.from({ length: 256 }, (_, i) => texel(painted, left + (i % 16), 16 + (i >> 4))[1]!);
    return Math.max(...codes) - Math.min(...codes);
  };
  expect(await spread(1, 8)).toBeGreaterThan(20);
  expect(await spread(1, 44)).toBeLessThanOrEqual(2);
  expect(await spread(0, 8)).toBeLessThanOrEqual(2);
});

test('lines and blacks are inked, and a higher threshold inks less', async ({ render }) => {
  const source = scene(96, 64);
  const [bare, faint, all] = [light(await render(comic({ lines: 0 }), source)), light(await render(comic({ threshold: 3 }), source)), light(await render(comic(), source))];
  expect(bare).toBeGreaterThan(faint + 0.5);
  expect(faint).toBeGreaterThan(all + 0.5);
  expect(Math.max(...texel(await render(comic({ lines: 0 }), flat(9, 9, [0, 0, 0])), 4, 4).slice(0, 3))).toBeLessThan(24);
});

test('under the noise of a camera it changes less than its input', async ({ render }) => {
  // Two frames of a picture without grain of its own.
  const still = shades(96, 64);
  const frames = [1, 2].map((frame) => picture(96, 64, (x, y) => texel(still, x, y).map((code, c) => (c === 3 ? code : code + 7 * (hash(3 * x + c, y + 1000 * frame) - 0.5)))));
  const change = (a: Pixels, b: Pixels): number => a.data.reduce((sum, code, i) => sum + Math.abs(code - b.data[i]!), 0);
  const [first, second] = [await render(comic(), frames[0]!), await render(comic(), frames[1]!)];
  expect(change(first, second)).toBeLessThan(0.4 * change(frames[0]!, frames[1]!));
});
