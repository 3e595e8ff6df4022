import { expect } from 'vitest';
import { brushRelief } from '../../src/effects/brushRelief.ts';
import { bristles, brushRelief as twin } from '../reference/brushRelief.ts';
import { field } from '../reference/field.ts';
import { toOklab } from '../reference/oklab.ts';
import { paper } from '../reference/paper.ts';
import { structureTensor } from '../reference/structureTensor.ts';
import { flat, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const NONE = { relief: 0, streaks: 0, shine: 0 };

test('without relief, streaks and shine the picture stays', async ({ render }) => {
  const source = scene(61, 43);
  expect(maxDifference(await render(brushRelief(NONE), source), source)).toBeLessThanOrEqual(1);
});

test('it is its twin', async ({ render }) => {
  const [width, height] = [112, 80];
  const source = scene(width, height);
  const sheet = field(width, height, (x, y) => paper(x, y, { tooth: 1.6, fibres: 0.35, flow: (130 * width) / 1024, seed: 1 }));
  const efg = structureTensor(source, 4);
  const tensor = field(width, height, (x, y) => [...efg.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)]);
  const codeAt = (x: number, y: number): number[] => texel(source, x, y).slice(0, 3).map((code) => code / 255);
  const heights = field(width, height, (x, y) => {
    const [r = 0, g = 0, b = 0] = codeAt(x, y);
    return [bristles(x, y, 0.299 * r + 0.587 * g + 0.114 * b, tensor, sheet, 5), 0, 0];
  });
  const at = (x: number, y: number): number => heights.at(x, y)[0];
  const radians = (130 * Math.PI) / 180;
  const length = Math.hypot(1, 0.7);
  const facts = { gain: 2 * 0.8 * 0.6, shine: 0.14, streaks: 0.5, light: [Math.cos(radians) / length, -Math.sin(radians) / length, 0.7 / length] as const };
  const expected = picture(width, height, (x, y) => twin(codeAt(x, y), at(x, y), (at(x + 1, y) - at(x - 1, y)) / 2, (at(x, y + 1) - at(x, y - 1)) / 2, facts).map((value) => 255 * value));
  const painted = await render(brushRelief({ relief: 0.8, streaks: 0.5, shine: 1 }), source);
  // The directions come from a tensor of half the size here, of the full size there.
  expect(psnr(painted, expected)).toBeGreaterThan(34);
  expect(psnr(painted, source)).toBeLessThan(32);
});

test('streaks follow the bands of the picture', async ({ render }) => {
  const bands = picture(96, 96, (_, y) => {
    const code = 140 + 12 * Math.sin(y / 5);
    return [code, code, code];
  });
  const painted = await render(brushRelief({ ...NONE, streaks: 1 }), bands);
  const change = (x: number, y: number): number => texel(painted, x, y)[0]! - texel(bands, x, y)[0]!;
  let [along, across] = [0, 0];
  for (let y = 20; y < 76; y++) for (let x = 20; x < 76; x++) {
    along += Math.abs(change(x + 2, y) - change(x, y));
    across += Math.abs(change(x, y + 2) - change(x, y));
  }
  expect(across).toBeGreaterThan(1.5 * along);
});

test('relief is fat in lights and lean in darks', async ({ render }) => {
  const depth = async (code: number): Promise<number> => {
    const { data } = await render(brushRelief({ ...NONE, relief: 0.3 }), flat(80, 80, [code, code, code]));
    const lightness = (value: number): number => toOklab([value / 255, value / 255, value / 255])[0];
    return lightness(Math.max(...data.filter((_, i) => i % 4 === 0))) / lightness(code) - 1;
  };
  expect(await depth(200)).toBeGreaterThan(1.5 * (await depth(50)));
  expect(await depth(50)).toBeGreaterThan(0.01);
});

test('tiny pictures', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) {
    const [red = 0, , blue = 0] = texel(await render(brushRelief(), flat(width, height, [200, 120, 60])), 0, 0);
    expect(red).toBeGreaterThan(blue + 80);
  }
});
