import { expect } from 'vitest';
import { paperTexture } from '../../src/effects/paperTexture.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { paper } from '../reference/paper.ts';
import { paperTexture as twin } from '../reference/paperTexture.ts';
import { flat, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const SHEET = { tooth: 1.6, fibres: 0.35, seed: 1 };
const COLOR = [0xf6, 0xf1, 0xe7].map((code) => code / 255);

test('at strength 0 the picture stays as it is', async ({ render }) => {
  const source = scene(61, 43);
  expect(maxDifference(await render(paperTexture({ strength: 0 }), source), source)).toBe(0);
});

test('it is its twin', async ({ render }) => {
  const [width, height, strength] = [120, 80, 0.7];
  const source = scene(width, height);
  const clamp = (value: number, last: number): number => Math.min(Math.max(value, 0), last);
  const at = (x: number, y: number): [number, number, number] => paper(clamp(x, width - 1), clamp(y, height - 1), { ...SHEET, flow: (130 * width) / 1024 });
  const expected = picture(width, height, (x, y) => {
    const [height, flow] = at(x, y);
    const facts = { height, flow, dx: at(x + 1, y)[0] - at(x - 1, y)[0], dy: at(x, y + 1)[0] - at(x, y - 1)[0] };
    return texel(source, x, y).slice(0, 3).map((code, i) => 255 * twin(code / 255, facts, strength, COLOR[i]!));
  });
  expect(psnr(await render(paperTexture({ strength }), source), expected)).toBeGreaterThan(52);
});

/** Mean and standard deviation of the green channel. */
function spread({ data }: Pixels): { mean: number; deviation: number } {
  const greens = Array.from({ length: data.length / 4 }, (_, i) => data[4 * i + 1]!);
  const mean = greens.reduce((sum, value) => sum + value, 0) / greens.length;
  return { mean, deviation: Math.sqrt(greens.reduce((sum, value) => sum + (value - mean) ** 2, 0) / greens.length) };
}

test('white is the colour of the sheet, black stays, and mid-tones show the tooth most', async ({ render }) => {
  const on = async (code: number): Promise<{ mean: number; deviation: number }> => spread(await render(paperTexture({ strength: 0.5 }), flat(96, 96, [code, code, code])));
  const [black, dark, middle, white] = [await on(0), await on(40), await on(128), await on(255)];
  expect(black).toEqual({ mean: 0, deviation: 0 });
  // The tint at half strength is 15/16 of the way from white to the sheet's green of 0xf1.
  expect(Math.abs(white.mean - (255 - (255 - 0xf1) * (15 / 16)))).toBeLessThan(2);
  expect(Math.abs(middle.mean - 128 * COLOR[1]!)).toBeLessThan(4);
  expect(middle.deviation).toBeGreaterThan(1.5 * dark.deviation);
  expect(middle.deviation).toBeGreaterThan(1.2 * white.deviation);
  expect(white.deviation).toBeGreaterThan(1);
});

test('another seed is another sheet, the same seed the same one', async ({ render }) => {
  const source = flat(33, 17, [140, 120, 100]);
  expect(maxDifference(await render(paperTexture(), source), await render(paperTexture(), source))).toBe(0);
  expect(maxDifference(await render(paperTexture(), source), await render(paperTexture({ seed: 2 }), source))).toBeGreaterThan(3);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) {
    const [red = 0, , blue = 0] = texel(await render(paperTexture({ strength: 1 }), flat(width, height, [200, 200, 200])), 0, 0);
    expect(red).toBeGreaterThan(blue);
    expect(blue).toBeGreaterThan(120);
  }
});
