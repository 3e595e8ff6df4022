import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { field, fieldOf, pictureOf } from '../reference/field.ts';
import { aaStep, dodged, lineDarkness, slopeAt, type Pen } from '../reference/lines.ts';
import kernel from '../support/kernels/lines.wgsl';
import scaled from '../support/kernels/scaled.wgsl';
import { flat, grey, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
import { test } from '../support/studioTest.ts';

interface Facts extends Pen { readonly anisotropy: number; readonly step: readonly [number, number]; readonly around: number; readonly lift: number }
const PENCIL: Facts = { step: [0.45, 0.55], anisotropy: 1, threshold: 0.8, softness: 2, weights: [0.85, 0.9], around: 0.6, lift: 0.04 };

/** Responses of a picture: its green and blue, from -15 to 15. */
const SPREAD = 30;

const shown = (facts: Facts): Look =>
  defineEffect<Record<string, never>>({
    name: 'shown',
    params: {},
    build(graph, { source }) {
      const responses = graph.compute(scaled, { inputs: { source }, params: { scale: [1, SPREAD, SPREAD, 1], offset: [0, -SPREAD / 2, -SPREAD / 2, 0] } });
      return graph.compute(kernel, { inputs: { field: responses }, params: { ...facts } });
    },
  })();

test.for<[string, Facts]>([
  ['a pencil', PENCIL],
  ['where there is hardly a direction', { ...PENCIL, anisotropy: 0.3, threshold: 2 }],
  ['where there is none', { ...PENCIL, anisotropy: 0, step: [0.2, 0.7], around: 0.1 }],
  ['a ramp that pixels cannot show', { ...PENCIL, step: [0.5, 0.5], softness: 0.05, threshold: 0, around: 0, lift: 0 }],
  ['fine lines alone', { ...PENCIL, weights: [1, 0], softness: 6, lift: 0.5 }],
])('steps, lines and the dodge are their twins: %s', async ([, facts], { render }) => {
  for (const source of [scene(48, 36), shades(48, 36)]) {
    const { at } = fieldOf(source);
    const responses = field(48, 36, (x, y) => [at(x, y)[0], SPREAD * (at(x, y)[1] - 0.5), SPREAD * (at(x, y)[2] - 0.5)]);
    const expected = pictureOf(field(48, 36, (x, y) => [
      aaStep(...facts.step, responses.at(x, y)[0], slopeAt(responses, x, y, 0)),
      lineDarkness(responses, x, y, facts.anisotropy, facts),
      dodged(responses.at(x, y)[0], facts.around, facts.lift),
    ]));
    expect(psnr(await render(shown(facts), source), expected)).toBeGreaterThan(55);
  }
});

test('a step has a ramp of more than a pixel, however short it was asked for', async ({ render }) => {
  for (const gradient of [2, 20, 100]) {
    const ramp = picture(48, 5, (x) => grey(127.5 + gradient * (x - 24)));
    const stepped = await render(shown({ ...PENCIL, step: [0.5, 0.5] }), ramp);
    const between = Array.from({ length: 48 }, (_, x) => texel(stepped, x, 2)[0]!).filter((value) => value > 8 && value < 247);
    expect(between.length).toBeGreaterThanOrEqual(1);
    expect(between.length).toBeLessThanOrEqual(2);
  }
});

test('where there is no direction a line must be three times as strong', async ({ render }) => {
  const response = (value: number) => flat(9, 7, grey(127.5 + (255 * value) / SPREAD));
  const lineOf = async (value: number, anisotropy: number): Promise<number> => texel(await render(shown({ ...PENCIL, anisotropy, threshold: 2, weights: [1, 0] }), response(value)), 4, 3)[1]!;
  expect(await lineOf(-1.8, 1)).toBe(0);
  expect(await lineOf(-3, 1)).toBeGreaterThan(60);
  expect(await lineOf(-5.8, 0)).toBe(0);
  expect(await lineOf(-7, 0)).toBeGreaterThan(60);
  // Light ones are none.
  expect(await lineOf(9, 1)).toBe(0);
});

test('dodged by itself any tone is white, and what is lighter stays white', async ({ render }) => {
  for (const code of [0, 40, 153, 255]) {
    const white = await render(shown({ ...PENCIL, around: code / 255 }), flat(5, 4, grey(code)));
    expect(texel(white, 2, 2)[2]).toBe(255);
  }
  // Black by black is black, and anything lighter white.
  expect(texel(await render(shown({ ...PENCIL, around: 0, lift: 0 }), flat(5, 4, grey(0))), 2, 2)[2]).toBe(0);
  expect(texel(await render(shown({ ...PENCIL, around: 0, lift: 0 }), flat(5, 4, grey(1))), 2, 2)[2]).toBe(255);
  const [dark, light] = [await render(shown(PENCIL), flat(5, 4, grey(60))), await render(shown(PENCIL), flat(5, 4, grey(100)))];
  expect(maxDifference(dark, light)).toBeGreaterThan(20);
});
