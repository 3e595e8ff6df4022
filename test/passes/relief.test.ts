import { expect } from 'vitest';
import enlarge from '../../shaders/passes/enlarge.wgsl';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { lineField } from '../../src/passes/lineField.ts';
import { relief } from '../../src/passes/relief.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { field, fieldOf, pictureOf } from '../reference/field.ts';
import { drawingTones, drawingUnit } from '../reference/lineField.ts';
import { relief as twin } from '../reference/relief.ts';
import { flat, grey, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

/** The push, from -12 to 12 units. */
const pushed: Look = defineEffect<Record<string, never>>({
  name: 'pushed',
  params: {},
  build(graph, { source }) {
    const lines = lineField(graph, source);
    const { coarse, factor } = relief(graph, lines);
    graph.inspect('push', graph.compute(enlarge, { inputs: { coarse }, params: { factor }, size: graph.frame }), { channel: 'r', scale: 1 / (RANGE * lines.unit), offset: 0.5 });
    return source;
  },
})();
const RANGE = 24;
const SHOWN = { inspect: 'push' };

function expected(source: Pixels): Pixels {
  const unit = drawingUnit(source);
  const push = twin(drawingTones(fieldOf(source)), unit);
  return pictureOf(field(source.width, source.height, (x, y) => grey(0.5 + push.at(x, y)[0] / (RANGE * unit))));
}

test('the push is that of two whole Gaussians', async ({ render }) => {
  for (const source of [scene(96, 64), scene(72, 40), picture(96, 64, (x, y) => grey(Math.hypot(x - 40, y - 30) < 20 ? 240 : 60))]) {
    expect(psnr(await render(pushed, source, SHOWN), expected(source))).toBeGreaterThan(45);
  }
});

test('strokes never fold over: even across the hardest edge the slope of the push is below 1', async ({ render }) => {
  const push = await render(pushed, picture(96, 24, (x) => grey(x < 48 ? 0 : 255)), SHOWN);
  const unit = drawingUnit(push);
  const slopes = Array.from({ length: 95 }, (_, x) => ((texel(push, x + 1, 12)[0]! - texel(push, x, 12)[0]!) / 255) * RANGE * unit);
  expect(Math.max(...slopes)).toBeLessThan(0.85);
  expect(Math.max(...slopes)).toBeGreaterThan(0.6);
});

test('one tone is pushed alike everywhere, the middle one not at all; a mirrored picture is pushed mirrored', async ({ render }) => {
  // L* of the grey 119 is 50.
  const middle = await render(pushed, flat(24, 18, grey(119)), SHOWN);
  for (const [x, y] of [[0, 0], [12, 9], [23, 17]] as const) expect(Math.abs(texel(middle, x, y)[0]! - 127.5)).toBeLessThan(1);
  const light = await render(pushed, flat(24, 18, grey(255)), SHOWN);
  expect(new Set(light.data.filter((_, i) => i % 4 === 0)).size).toBe(1);
  const source = scene(64, 48);
  expect(psnr(mirrored(await render(pushed, source, SHOWN)), await render(pushed, mirrored(source), SHOWN))).toBeGreaterThan(50);
});

test('pictures of a few pixels are pushed too', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) expect((await render(pushed, scene(width, height), SHOWN)).data.every((value) => value > 0)).toBe(true);
});
