import { expect } from 'vitest';
import { looks } from '../../src/all.ts';
import { defineEffect, type AnyEffect } from '../../src/core/effect.ts';
import { anisotropicKuwahara } from '../../src/effects/anisotropicKuwahara.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { comic } from '../../src/looks/comic.ts';
import { ink } from '../../src/looks/ink.ts';
import { oil } from '../../src/looks/oil.ts';
import { golden } from '../support/golden.ts';
import { likenessOf } from '../support/likeness.ts';
import { flat, grey, hash, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test, type Render } from '../support/studioTest.ts';

const named = looks.map((look) => [look.name, look] as const);
const mean = (data: Uint8ClampedArray): number => data.reduce((sum, value) => sum + value, 0) / data.length;

test.for(named)('%s paints what its reference program paints, as nearly as it means to', async ([name, look], { render }) => {
  const painted = await render(look.step({}), await golden('look_source'));
  const wanted = await golden(`look_${name}`);
  expect(psnr(painted, wanted)).toBeGreaterThan(likenessOf(name));
  expect(Math.abs(mean(painted.data) - mean(wanted.data))).toBeLessThan(2);
});

/** Looks on dark paper, as chalk on slate would be: a white sheet is dark there and a black one light. */
const INVERTED: ReadonlySet<string> = new Set();

const [PAPER, SOLID] = [255, 0];

/** Mean code value of a painted sheet, lit as the look's paper is or the other way round. */
async function sheet(render: Render, look: AnyEffect, width: number, height: number, level: number): Promise<number> {
  const { data } = await render(look.step({}), flat(width, height, grey(INVERTED.has(look.name) ? 255 - level : level)));
  return mean(data.filter((_, i) => i % 4 !== 3));
}

test.for(named)('%s keeps a white sheet light and a black one dark', async ([, look], { render }) => {
  const light = await sheet(render, look, 33, 22, PAPER);
  expect(light).toBeGreaterThan(165);
  // Graphite is no black.
  expect(await sheet(render, look, 33, 22, SOLID)).toBeLessThan(light - 90);
});

// A single pixel may lie in a margin or between strokes, but what is not finite is black.
test.for(named)('%s paints pictures of any size, and a white sheet is light on each', async ([, look], { render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33], [1, 40]] as const) expect(await sheet(render, look, width, height, PAPER), `${width}x${height}`).toBeGreaterThan(150);
});

test.for(named.filter(([, look]) => 'seed' in look.params))('%s: the same seed is the same picture, another seed another', async ([, look], { render }) => {
  const source = scene(48, 36);
  const painted = await render(look.step({}), source);
  expect(maxDifference(await render(look.step({}), source), painted)).toBe(0);
  expect(psnr(await render(look.step({ params: { seed: 1234 } }), source), painted)).toBeLessThan(45);
});

/** The alpha that the effect before it wrote. */
const alphaOf = defineEffect<Record<string, never>>({
  name: 'alphaOf',
  params: {},
  build(graph, { source }) {
    graph.inspect('alpha', source, { channel: 'a' });
    return source;
  },
});

test.for(named)('%s gives alpha 1, so that the next effect counts all pixels alike', async ([, look], { render }) => {
  const { data } = await render([look.step({}), alphaOf()], scene(24, 18), { inspect: 'alpha' });
  expect(Math.min(...data)).toBe(255);
});

test.for(named)('%s leaves alpha alone', async ([, look], { render }) => {
  const source = picture(24, 18, (x, y) => [200, 10 * x, 10 * y, x < 8 ? 0 : x < 16 ? 100 : 255]);
  const painted = await render(look.step({}), source);
  for (const x of [3, 12, 20]) expect(texel(painted, x, 9)[3]).toBe(texel(source, x, 9)[3]);
});

/** Mean absolute difference of the colours. */
function change(a: Pixels, b: Pixels): number {
  return mean(a.data.map((value, i) => Math.abs(value - (b.data[i] as number))).filter((_, i) => i % 4 !== 3));
}

// Strokes may turn at a threshold, but a camera's noise must not make a painting boil, and a comic stands still.
test.for([['oil', oil, 1.2], ['anisotropicKuwahara', anisotropicKuwahara, 0.4], ['comic', comic, 0.55], ['ink', ink, 0.6]] as const)('under the noise of a camera %s changes at most %f times as much as its input', async ([, effect, most], { render }) => {
  const still = await golden('look_source');
  const frames = [1, 2].map((frame) => picture(still.width, still.height, (x, y) => texel(still, x, y).map((value, c) => value + CAMERA_NOISE * gaussian(3 * x + c, y, frame))));
  const [first, second] = [await render(effect(), frames[0]!), await render(effect(), frames[1]!)];
  expect(change(first, second)).toBeLessThan(most * change(frames[0]!, frames[1]!));
});

// Standard deviation, in code values.
const CAMERA_NOISE = 2;

function gaussian(x: number, y: number, frame: number): number {
  return Math.sqrt(-2 * Math.log(1 - hash(x, y + 1000 * frame))) * Math.cos(2 * Math.PI * hash(x + 5000, y + 1000 * frame));
}
