import { expect } from 'vitest';
import { adjust } from '../../src/effects/adjust.ts';
import { flat, maxDifference, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('its defaults leave the picture as it is', async ({ render }) => {
  const source = scene(61, 43);
  expect(maxDifference(await render(adjust(), source), source)).toBe(0);
});

test('each parameter does what it says', async ({ render }) => {
  const orange = flat(3, 2, [200, 120, 40]);
  expect(texel(await render(adjust({ brightness: 0.1 }), orange), 1, 1)).toEqual([226, 146, 66, 255]);
  expect(texel(await render(adjust({ contrast: 0 }), orange), 1, 1)).toEqual([128, 128, 128, 255]);
  const luma = Math.round(0.299 * 200 + 0.587 * 120 + 0.114 * 40);
  expect(texel(await render(adjust({ saturation: 0 }), orange), 1, 1)).toEqual([luma, luma, luma, 255]);
});

test('a turn of the hue keeps luma and, all the way round, the colour', async ({ render }) => {
  const color = [140, 120, 100];
  const [r = 0, g = 0, b = 0] = texel(await render(adjust({ hue: 120 }), flat(1, 1, color)), 0, 0);
  expect(0.299 * r + 0.587 * g + 0.114 * b).toBeCloseTo(0.299 * 140 + 0.587 * 120 + 0.114 * 100, 0);
  expect(r).toBeLessThan(g);
  const around = await render([adjust({ hue: 120 }), adjust({ hue: 120 }), adjust({ hue: 120 })], flat(1, 1, color));
  texel(around, 0, 0).slice(0, 3).forEach((value, i) => expect(Math.abs(value - (color[i] as number))).toBeLessThanOrEqual(2));
});
