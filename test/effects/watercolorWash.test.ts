import { expect } from 'vitest';
import { watercolorWash } from '../../src/effects/watercolorWash.ts';
import { field } from '../reference/field.ts';
import { paper } from '../reference/paper.ts';
import { wash, watercolorWash as twin } from '../reference/watercolorWash.ts';
import { flat, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('it is its twin', async ({ render }) => {
  const [width, height] = [112, 80];
  const s = width / 1024;
  const source = scene(width, height);
  const sheet = field(width, height, (x, y) => paper(x, y, { tooth: 1.6, fibres: 0.35, flow: 130 * s, clumps: 2.2, seed: 1 }));
  const codes = field(width, height, (x, y) => texel(source, x, y).slice(0, 3).map((code) => code / 255));
  const washed = field(width, height, (x, y) => wash(x, y, codes, sheet, { washes: 5, wobble: 3 * s, light: 2 ** -0.5, color: 1.3 }));
  const expected = picture(width, height, (x, y) => twin(x, y, washed, sheet, { bleed: 2.3 * 4 * s, rim: 0.6, edge: 1, granulation: 1 }).map((value) => 255 * value));
  expect(psnr(await render(watercolorWash({ wobble: 3, bleed: 4 }), source), expected)).toBeGreaterThan(50);
});

test('white stays white, a bright yellow is painted, and black is a dark pigment', async ({ render }) => {
  const [white = 0] = texel(await render(watercolorWash(), flat(40, 30, [255, 255, 255])), 20, 15);
  expect(white).toBeGreaterThan(250);
  const [, , blue = 0] = texel(await render(watercolorWash(), flat(40, 30, [250, 235, 80])), 20, 15);
  expect(blue).toBeLessThan(170);
  const dark = texel(await render(watercolorWash({ granulation: 0 }), flat(40, 30, [0, 0, 0])), 20, 15).slice(0, 3);
  expect(Math.min(...dark)).toBeGreaterThan(3);
  expect(Math.max(...dark)).toBeLessThan(80);
});

test('each slider moves the picture its way', async ({ render }) => {
  const step = picture(96, 64, (x) => (x < 48 ? [200, 190, 180] : [90, 110, 160]));
  const luma = async (params: Parameters<typeof watercolorWash>[0], x: number): Promise<number> => {
    const painted = await render(watercolorWash({ wobble: 0, granulation: 0, ...params }), step);
    return Array.from({ length: 64 }, (_, y) => texel(painted, x, y)[1]! / 64).reduce((sum, value) => sum + value, 0);
  };
  expect(await luma({ edge: 2 }, 48)).toBeLessThan((await luma({ edge: 0 }, 48)) - 15);
  expect(Math.abs((await luma({ edge: 2 }, 40)) - (await luma({ edge: 0 }, 40)))).toBeLessThan(3);
  expect(await luma({ light: 1 }, 80)).toBeGreaterThan((await luma({ light: 0 }, 80)) + 15);
  const blue = async (color: number): Promise<number> => {
    const [r = 0, , b = 0] = texel(await render(watercolorWash({ color }), step), 80, 30);
    return b - r;
  };
  expect(await blue(2)).toBeGreaterThan((await blue(0)) + 25);
});

test('a seed is a sheet; tiny pictures are painted too', async ({ render }) => {
  const source = scene(48, 32);
  expect(maxDifference(await render(watercolorWash(), source), await render(watercolorWash(), source))).toBe(0);
  expect(psnr(await render(watercolorWash(), source), await render(watercolorWash({ seed: 9 }), source))).toBeLessThan(35);
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) {
    const [red = 0, , blue = 0] = texel(await render(watercolorWash(), flat(width, height, [200, 120, 60])), 0, 0);
    expect(red).toBeGreaterThan(blue + 30);
  }
});
