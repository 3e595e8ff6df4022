import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { FrameGraph, type TextureHandle } from '../../src/core/frameGraph.ts';
import { makePlan } from '../../src/core/plan.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { drawingTones, drawingUnit, lineField, type LineFieldOptions } from '../../src/passes/lineField.ts';
import { fieldOf, field, pictureOf } from '../reference/field.ts';
import { drawingTones as tonesTwin, lineField as twin } from '../reference/lineField.ts';
import { shownTangents } from '../reference/tangentFlow.ts';
import add from '../support/kernels/add.wgsl';
import offset from '../support/kernels/offset.wgsl';
import showTangents from '../support/kernels/tangents.wgsl';
import { flat, grey, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
import { test } from '../support/studioTest.ts';

/** Shows the directions; all else is inspected. */
function drawn(options: LineFieldOptions = {}): Look {
  return defineEffect<Record<string, never>>({
    name: 'drawn',
    params: {},
    build: (graph, { source }) => graph.compute(showTangents, { inputs: { tangents: lineField(graph, source, options).tangents } }),
  })();
}

const VIEWS = ['plate', 'tones', 'calm', 'lines', 'broad lines'] as const;
type View = (typeof VIEWS)[number];

/** What `read` shows of each intermediate: responses from -10 to 10. */
function expected(source: Pixels, options: LineFieldOptions = {}): Record<View | 'tangents', Pixels> {
  const { lines, tones, tangents } = twin(fieldOf(source), options);
  const shown = (valueAt: (x: number, y: number) => number): Pixels => pictureOf(field(source.width, source.height, (x, y) => grey(valueAt(x, y))));
  return {
    plate: shown((x, y) => tones.at(x, y)[0]),
    tones: shown((x, y) => tones.at(x, y)[1]),
    calm: shown((x, y) => lines.at(x, y)[0]),
    lines: shown((x, y) => 0.5 + lines.at(x, y)[1] / 20),
    'broad lines': shown((x, y) => 0.5 + lines.at(x, y)[2] / 20),
    tangents: pictureOf(shownTangents(tangents)),
  };
}

/** Stripes of 13 px; of a picture this long levels count only every third pixel, and these are as bright as all. */
const waves = (width: number, height: number): Pixels => picture(width, height, (x, y) => [120 + 80 * Math.sin((x + y) / 2), 130 + 70 * Math.sin((x + 4 * Math.sin(y / 3)) / 2), 140]);

// Below 1.5 px the tensor has full size, as that of the twin.
const FULL: LineFieldOptions = { tensorSigma: 1.9 };

test.for<[string, Pixels, LineFieldOptions]>([
  ['shades', shades(48, 36), FULL],
  ['grain', scene(48, 36), FULL],
  ['a thick pen', shades(48, 36), { ...FULL, sigma: 2.4, along: 6, low: 0.1, high: 0.8 }],
  ['a pen too fine for its pixels', scene(48, 36), { ...FULL, sigma: 0.5, along: 2 }],
  ['more than a pixel in a unit', waves(1152, 9), { tensorSigma: 0.9 }],
])('tones, lines and directions are those of float64: %s', async ([, source, options], { render }) => {
  const wanted = expected(source, options);
  for (const view of VIEWS) expect.soft(psnr(await render(drawn(options), source, { inspect: view }), wanted[view]), view).toBeGreaterThan(45);
  expect.soft(psnr(await render(drawn(options), source), wanted.tangents), 'tangents').toBeGreaterThan(45);
});

test('so they are with a tensor of half the size, as drawings have it', async ({ render }) => {
  const source = shades(64, 48);
  const wanted = expected(source);
  for (const view of VIEWS) expect.soft(psnr(await render(drawn(), source, { inspect: view }), wanted[view]), view).toBeGreaterThan(45);
});

test('one colour has no lines, and the same tone calm as before', async ({ render }) => {
  for (const code of [grey(0), grey(255), [200, 40, 90]] as const) {
    const source = flat(24, 18, code);
    for (const view of ['lines', 'broad lines'] as const) expect(Math.abs(texel(await render(drawn(), source, { inspect: view }), 12, 9)[0]! - 127.5)).toBeLessThan(1);
    expect(maxDifference(await render(drawn(), source, { inspect: 'calm' }), await render(drawn(), source, { inspect: 'tones' }))).toBeLessThanOrEqual(1);
  }
});

test('lines are found between colours of one lightness, which nobody sees in the tones', async ({ render }) => {
  // L* of both is 53.
  const flower = picture(48, 36, (x, y) => (Math.hypot(x - 24, y - 18) < 10 ? [214, 82, 82] : [48, 142, 48]));
  const tones = await render(drawn(), flower, { inspect: 'tones' });
  expect(Math.abs(texel(tones, 24, 18)[0]! - texel(tones, 2, 2)[0]!)).toBeLessThan(4);
  // A response of -1 and below: more than a pencil needs.
  const { data } = await render(drawn(), flower, { inspect: 'lines' });
  const outline = data.filter((value, i) => i % 4 === 0 && value < 127 - 255 / 20).length;
  expect(outline).toBeGreaterThan(40);
  expect(outline).toBeLessThan(150);
});

test('a mirrored picture has mirrored lines', async ({ render }) => {
  const source = shades(64, 48);
  for (const view of ['calm', 'lines', 'broad lines'] as const) {
    expect(psnr(mirrored(await render(drawn(), source, { inspect: view })), await render(drawn(), mirrored(source), { inspect: view }))).toBeGreaterThan(50);
  }
});

test('a unit is a pixel of a picture of 768, and three quarters of one in all that are small', () => {
  const unitOf = (width: number, height: number): number => drawingUnit(new FrameGraph({ width, height, origin: [0, 0], scale: 1 }));
  expect([unitOf(768, 9), unitOf(100, 1536), unitOf(576, 400), unitOf(64, 48)]).toEqual([1, 2, 0.75, 0.75]);
});

test('the tones of one picture may be leveled as those of another', async ({ render }) => {
  const source = scene(48, 36);
  const lighter = (code: number): number => Math.min(1, code + 0.2);
  const tones = defineEffect<Record<string, never>>({
    name: 'tones',
    params: {},
    build: (graph, { source }) => drawingTones(graph, graph.compute(offset, { inputs: { source }, params: { amount: 0.2 } }), { low: 0.05, high: 0.9 }, source),
  })();
  const light = field(48, 36, (x, y) => fieldOf(source).at(x, y).map(lighter));
  expect(psnr(await render(tones, source), pictureOf(tonesTwin(light, { low: 0.05, high: 0.9 }, fieldOf(source))))).toBeGreaterThan(45);
});

test('pictures of a few pixels have finite lines', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) {
    const { data } = await render(drawn(), scene(width, height), { inspect: 'lines' });
    // What is not finite is shown black.
    expect(data.every((value) => value > 0)).toBe(true);
  }
});

test('drawings of one graph that ask for the same share it', () => {
  const FRAME = { width: 64, height: 48, origin: [0, 0], scale: 1 } as const;
  const passesOf = (...asked: readonly LineFieldOptions[]): number => {
    const graph = new FrameGraph(FRAME);
    const source = graph.external('source', FRAME);
    const fields = asked.map((options) => lineField(graph, source, options).lines);
    graph.present('result', fields.reduce<TextureHandle>((a, b) => graph.compute(add, { inputs: { a, b } }), source), source);
    return makePlan(graph.recording, 64).steps.filter(({ kind }) => kind === 'compute').length;
  };
  const alone = passesOf({});
  expect(passesOf({}, { sigma: 1 })).toBe(alone + 1);
  // Another pen shares the directions and the tones.
  expect(passesOf({}, { sigma: 1.5 })).toBe(alone + 1 + 2);
});
