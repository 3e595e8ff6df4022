import { describe, expect } from 'vitest';
import { adjust } from '../../src/effects/adjust.ts';
import { blend, type BlendMode } from '../../src/effects/blend.ts';
import { blend as twin } from '../reference/blend.ts';
import { equalized, shift } from '../support/effects.ts';
import { flat, hash, maxDifference, mirrored, picture, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const MODES = blend.params.mode.choices as readonly BlendMode[];
const BELOW = adjust({ contrast: 1.3 });
const ABOVE = adjust({ hue: 140, brightness: 0.1 });
// Every mode has its own rule for black, white and grey.
const CORNERS = picture(48, 40, (x, y) => [0, 1, 2].map((channel) => [0, 255, 128, 255 * hash(x + 48 * channel, y)][Math.floor(4 * hash(x, y + 40 * channel))] as number));

describe.each(MODES)('%s', (mode) => {
  test('is what the specification says', async ({ render }) => {
    const [below, above, blended] = [await render(BELOW, CORNERS), await render(ABOVE, CORNERS), await render(blend(BELOW, ABOVE, { mode }), CORNERS)];
    const rgb = (at: readonly number[]): [number, number, number] => [(at[0] as number) / 255, (at[1] as number) / 255, (at[2] as number) / 255];
    const expected = picture(48, 40, (x, y) => twin(rgb(texel(below, x, y)), rgb(texel(above, x, y)), mode).map((value) => 255 * value));
    expect(maxDifference(blended, expected)).toBeLessThanOrEqual(1);
  });
});

test('opacity goes from what is below to the whole mix', async ({ render }) => {
  const source = scene(31, 22);
  expect(maxDifference(await render(blend(BELOW, ABOVE, { mode: 'multiply', opacity: 0 }), source), await render(BELOW, source))).toBe(0);
  expect(maxDifference(await render(blend(BELOW, ABOVE), source), await render(ABOVE, source))).toBe(0);
  expect(texel(await render(blend(shift(), shift({ amount: 0.4 }), { opacity: 0.5 }), flat(3, 3, [50, 60, 70])), 1, 1)).toEqual([101, 111, 121, 255]);
});

test('paints what both looks share once, and both on the same source', async ({ studio, render }) => {
  const source = scene(40, 30);
  const look = studio.pipeline(blend([equalized(), BELOW], [equalized(), ABOVE], { mode: 'screen' }));
  const alone = studio.pipeline([equalized(), BELOW]);
  // One pass more for what is above, and the mix.
  expect(look.estimate(40, 30)).toBeLessThanOrEqual(alone.estimate(40, 30) + 2 * 40 * 30 * 4);
  expect(maxDifference(await look.read(source), await render([equalized(), blend(BELOW, ABOVE, { mode: 'screen' })], source))).toBe(0);
  look.destroy();
  alone.destroy();
});

test('does not know left from right, leaves alpha, and takes the smallest pictures', async ({ render }) => {
  const look = blend(BELOW, ABOVE, { mode: 'luminosity', opacity: 0.7 });
  const source = scene(17, 33);
  expect(maxDifference(mirrored(await render(look, source)), await render(look, mirrored(source)))).toBe(0);
  expect(texel(await render(look, flat(1, 1, [10, 200, 90, 77])), 0, 0)[3]).toBe(77);
  expect((await render(look, scene(7, 5))).width).toBe(7);
});
