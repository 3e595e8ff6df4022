import { expect } from 'vitest';
import { grade } from '../../src/effects/grade.ts';
import { grade as twin } from '../reference/grade.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const NONE = { contrast: 0, color: 1 };

test('without contrast and with the colours as they are it leaves the picture', async ({ render }) => {
  const source = scene(61, 43);
  expect(maxDifference(await render(grade(NONE), source), source)).toBeLessThanOrEqual(1);
});

test('it is its twin', async ({ render }) => {
  const source = scene(90, 60);
  for (const params of [{ contrast: 0.14, color: 1.2 }, { contrast: 0.5, color: 2 }, { contrast: -0.25, color: 0 }]) {
    const expected = picture(90, 60, (x, y) => twin(texel(source, x, y).slice(0, 3).map((code) => code / 255), params.contrast, params.color).map((value) => 255 * value));
    expect(psnr(await render(grade(params), source), expected)).toBeGreaterThan(52);
  }
});

test('black and white stay, greys stay grey, and it does not know left from right', async ({ render }) => {
  for (const code of [0, 255]) expect(texel(await render(grade({ contrast: 0.5, color: 2 }), flat(1, 1, [code, code, code])), 0, 0)).toEqual([code, code, code, 255]);
  const [r = 0, g = 0, b = 0] = texel(await render(grade({ contrast: 0.5, color: 2 }), flat(1, 1, [90, 90, 90])), 0, 0);
  expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThanOrEqual(1);
  const source = scene(17, 33);
  expect(maxDifference(mirrored(await render(grade(), source)), await render(grade(), mirrored(source)))).toBe(0);
});

test('a dull colour gains more than a vivid one', async ({ render }) => {
  const spread = async (color: readonly number[]): Promise<number> => {
    const [before, after] = [color, texel(await render(grade({ contrast: 0, color: 2 }), flat(1, 1, color)), 0, 0).slice(0, 3)];
    return (Math.max(...after) - Math.min(...after)) / (Math.max(...before) - Math.min(...before));
  };
  expect(await spread([150, 130, 110])).toBeGreaterThan(1.7);
  expect(await spread([230, 60, 30])).toBeLessThan(1.3);
});
