import { expect } from 'vitest';
import { cartoon, type CartoonParams } from '../../src/effects/cartoon.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { cartoon as twin, type CartoonFacts } from '../reference/cartoon.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { flat, grey, hash, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
import { test } from '../support/studioTest.ts';

const DEFAULTS: CartoonFacts = { bins: 8, softness: 0.8, rounds: 3, sigmaD: 3, sigmaR: 0.0425, saturation: 1.25, lines: 1, lineSigma: 1, along: 3, threshold: 1, phi: 1, tensorSigma: 2 };
/** What keeps the colours, but for flattening them. */
const PLAIN: Partial<CartoonParams> = { softness: 1, saturation: 1, lines: 0 };

test.for<Partial<CartoonFacts>>([
  {},
  { bins: 4, softness: 0.3, rounds: 2, sigmaD: 1.5, sigmaR: 0.1, saturation: 0.5, lines: 0 },
  { rounds: 1, lineSigma: 2, along: 6, threshold: 0.2, phi: 0.4, lines: 0.7, tensorSigma: 3 },
])('it is its twin: %o', async (params, { render }) => {
  const source = shades(48, 36);
  const facts = { ...DEFAULTS, ...params };
  expect(psnr(await render(cartoon(facts), source), pictureOf(twin(fieldOf(source), facts)))).toBeGreaterThan(55);
});

test('on grain and hard edges too, where the directions are not interpolated', async ({ render }) => {
  const source = scene(48, 36);
  for (const params of [{}, { lineSigma: 2, along: 6, threshold: 0.2, phi: 0.4, lines: 0.7 }]) {
    const facts = { ...DEFAULTS, ...params, rounds: 2, tensorSigma: 1.4 };
    expect(psnr(await render(cartoon(facts), source), pictureOf(twin(fieldOf(source), facts)))).toBeGreaterThan(45);
  }
});

test('with nothing to draw it leaves colours that are far apart, and one colour stays that colour', async ({ render }) => {
  const edge = picture(40, 24, (x) => (x < 20 ? [200, 90, 40] : [30, 60, 120]));
  expect(maxDifference(await render(cartoon(PLAIN), edge), edge)).toBeLessThanOrEqual(1);
  for (const color of [[200, 100, 3], [255, 255, 255], [0, 0, 0]]) expect(maxDifference(await render(cartoon(PLAIN), flat(33, 17, color)), flat(33, 17, color))).toBeLessThanOrEqual(1);
});

const ramp = picture(120, 16, (x) => grey((255 * x) / 119));
const levelsOf = (pixels: Pixels): number[] => Array.from({ length: pixels.width }, (_, x) => texel(pixels, x, 8)[0]!);

test('a ramp gets steps: hard ones, soft ones, or none', async ({ render }) => {
  const steepest = async (softness: number): Promise<number> => {
    const levels = levelsOf(await render(cartoon({ ...PLAIN, softness, bins: 4, sigmaD: 0.5 }), ramp));
    return Math.max(...levels.slice(4, 116).map((level, i) => level - (levels[i + 3] as number)));
  };
  expect(await steepest(1)).toBeLessThan(4);
  expect(await steepest(0.8)).toBeGreaterThan(3);
  expect(await steepest(0.8)).toBeLessThan(12);
  expect(await steepest(0)).toBeGreaterThan(14);
});

test('noise changes soft steps less than hard ones', async ({ render }) => {
  // As slow as a sky, most of it near the border of two bins.
  const sky = (frame: number): Pixels => picture(96, 64, (x, y) => grey(133 + x / 12 + 8 * (hash(x, y + 1000 * frame) - 0.5)));
  const flicker = async (softness: number): Promise<number> => {
    const [one, other] = [await render(cartoon({ ...PLAIN, softness }), sky(1)), await render(cartoon({ ...PLAIN, softness }), sky(2))];
    return one.data.reduce((sum, code, i) => sum + Math.abs(code - other.data[i]!), 0);
  };
  expect(await flicker(0.8)).toBeLessThan(0.7 * (await flicker(0)));
});

test('a dark line is inked and a light one is not, an edge is inked on its dark side, and none is without lines', async ({ render }) => {
  const striped = picture(64, 48, (x) => grey(x >= 14 && x < 17 ? 110 : x >= 30 && x < 33 ? 190 : x < 48 ? 150 : 60));
  const painted = await render(cartoon({ ...PLAIN, lines: 1, ink: '#ff0000' }), striped);
  const inked = Array.from({ length: 64 }, (_, x) => x).filter((x) => texel(painted, x, 24)[0]! - texel(painted, x, 24)[1]! > 128);
  for (const x of [15, 49]) expect(inked).toContain(x);
  for (const x of [5, 31, 40, 46, 58]) expect(inked).not.toContain(x);
  expect(maxDifference(await render(cartoon({ ...PLAIN, ink: '#ff0000' }), striped), await render(cartoon(PLAIN), striped))).toBe(0);
});

test('a higher threshold draws fewer lines', async ({ render }) => {
  const source = scene(64, 48);
  const ink = async (threshold: number): Promise<number> => (await render(cartoon({ threshold }), source)).data.filter((code, i) => i % 4 === 1 && code < 12).length;
  expect(await ink(0.5)).toBeGreaterThan(1.5 * (await ink(2)));
});

test('a mirrored picture is painted mirrored', async ({ render }) => {
  // A multiple of all reductions of the tensor.
  const source = shades(64, 48);
  expect(psnr(mirrored(await render(cartoon(), source)), await render(cartoon(), mirrored(source)))).toBeGreaterThan(45);
});

test('alpha stays, and tiny pictures are finite', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [7, 5]] as const) {
    const source = picture(width, height, (x, y) => [100 + ((7 * x + 13 * y) % 50), 120, 140, x % 2 === 0 ? 255 : 130]);
    const { data } = await render(cartoon({ ...PLAIN, rounds: 6, sigmaD: 16, tensorSigma: 10, lineSigma: 10, along: 20 }), source);
    for (let i = 0; i < data.length; i += 4) expect([data[i]! >= 98 && data[i]! <= 151, data[i + 3]]).toEqual([true, source.data[i + 3]]);
  }
});

test('bad parameters are refused', () => {
  for (const params of [{ bins: 1 }, { bins: 2.5 }, { softness: 1.1 }, { rounds: 0 }, { sigmaR: 0 }, { ink: 'black' }]) expect(() => cartoon(params)).toThrow(/cartoon: /);
});
