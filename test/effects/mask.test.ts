import { expect } from 'vitest';
import { mask } from '../../src/effects/mask.ts';
import { gaussianBlur } from '../reference/gaussianBlur.ts';
import { shift } from '../support/effects.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const LIGHTER = shift({ amount: 0.4 });
const SOURCE = scene(60, 40);
/** Light on the left half; green and blue do not count. */
const LEFT = picture(60, 40, (x) => [x < 30 ? 255 : 0, 255, 9]);
const RAMP = picture(60, 40, (x) => [4 * x, 0, 0]);

test('the look is where the mask is light, the source where it is dark, in between by its red', async ({ render }) => {
  const painted = await render(LIGHTER, SOURCE);
  const expected = picture(60, 40, (x, y) => texel(SOURCE, x, y).map((code, i) => code + ((texel(painted, x, y)[i] as number) - code) * ((4 * x) / 255)));
  expect(maxDifference(await render(mask(LIGHTER), SOURCE, { inputs: { mask: RAMP } }), expected)).toBeLessThanOrEqual(1);
  const halves = await render(mask(LIGHTER), SOURCE, { inputs: { mask: LEFT } });
  for (const [x, whole] of [[29, painted], [30, SOURCE]] as const) expect(texel(halves, x, 20)).toEqual(texel(whole, x, 20));
});

test('inverted it is the other way round, and without a mask the look is everywhere', async ({ render }) => {
  const painted = await render(LIGHTER, SOURCE);
  const halves = await render(mask(LIGHTER, 'mask', { invert: true }), SOURCE, { inputs: { mask: LEFT } });
  for (const [x, whole] of [[29, SOURCE], [30, painted]] as const) expect(texel(halves, x, 20)).toEqual(texel(whole, x, 20));
  for (const invert of [false, true]) expect(maxDifference(await render(mask(LIGHTER, 'mask', { invert }), SOURCE), painted)).toBe(0);
});

test('the picture can mask itself, and then nothing is bound', async ({ render, studio }) => {
  expect(maxDifference(await render(mask(LIGHTER, 'source'), RAMP), await render(mask(LIGHTER), RAMP, { inputs: { mask: RAMP } }))).toBe(0);
  const look = studio.pipeline(mask(LIGHTER, 'source'));
  await expect(look.read(RAMP, { inputs: { source: LEFT } })).rejects.toThrow('there is no input "source"; the effects of this pipeline have none');
  look.destroy();
});

test('feather softens the border as a Gaussian does, in px that follow the scale', async ({ render }) => {
  const soft = (mask: number) => Float64Array.from({ length: 60 * 40 }, (_, i) => (i % 60 < mask ? 1 : 0));
  const cover = gaussianBlur({ data: soft(30), width: 60, height: 40 }, 3);
  const painted = await render(LIGHTER, SOURCE);
  const expected = picture(60, 40, (x, y) => texel(SOURCE, x, y).map((code, i) => code + ((texel(painted, x, y)[i] as number) - code) * (cover.data[60 * y + x] as number)));
  expect(psnr(await render(mask(LIGHTER, 'mask', { feather: 3 }), SOURCE, { inputs: { mask: LEFT } }), expected)).toBeGreaterThan(50);

  const border = (picture: { width: number; data: Uint8ClampedArray }): number => Array.from({ length: picture.width }, (_, x) => picture.data[4 * x] as number).filter((red) => red > 2 && red < 100).length;
  const black = flat(60, 40, [0, 0, 0]);
  const feathered = mask(LIGHTER, 'mask', { feather: 6 });
  const [whole, half] = [await render(feathered, black, { inputs: { mask: LEFT } }), await render(feathered, black, { inputs: { mask: LEFT }, scale: 0.5 })];
  expect(border(half) / border(whole)).toBeCloseTo(0.5, 1);
});

test('does not know left from right, leaves alpha, and takes the smallest pictures', async ({ render }) => {
  const look = mask(LIGHTER, 'mask', { feather: 2 });
  const once = mirrored(await render(look, SOURCE, { inputs: { mask: RAMP } }));
  expect(maxDifference(once, await render(look, mirrored(SOURCE), { inputs: { mask: mirrored(RAMP) } }))).toBeLessThanOrEqual(1);
  expect(texel(await render(look, flat(1, 1, [10, 200, 90, 77]), { inputs: { mask: LEFT } }), 0, 0)[3]).toBe(77);
});
