import { expect } from 'vitest';
import { posterize, type PosterizeParams } from '../../src/effects/posterize.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { toOklab } from '../reference/oklab.ts';
import { posterize as twin } from '../reference/posterize.ts';
import { flat, grey, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const DEFAULTS = posterize().params;

/** OKLab of a pixel. */
function labOf(source: Pixels, x: number, y: number): [number, number, number] {
  return toOklab(texel(source, x, y).slice(0, 3).map((code) => code / 255));
}

/** Light and dark halves of two hues, each with a slow gradient. */
function hues(width: number, height: number): Pixels {
  return picture(width, height, (x, y) => (y < height / 2 ? [60 + (150 * x) / width, 40, 30] : [30, 60 + (90 * x) / width, 90 + (150 * x) / width]));
}

test.for<Partial<PosterizeParams>>([{}, { levels: 2, softness: 0 }, { levels: 16, softness: 0.6 }, { levels: 3, softness: 0.6 }, { levels: 4, chromaLevels: 5 }, { chromaLevels: 2, strength: 0.4 }])('%j is its twin', async (params, { render }) => {
  const [width, height] = [60, 40];
  const source = scene(width, height);
  const clamp = (value: number, length: number): number => Math.min(Math.max(value, 0), length - 1);
  const colors = Array.from({ length: width * height }, (_, i) => labOf(source, i % width, Math.floor(i / width)));
  const all = { ...DEFAULTS, ...params };
  const at = (x: number, y: number): [number, number, number] => colors[clamp(y, height) * width + clamp(x, width)]!;
  const expected = picture(width, height, (x, y) => twin(at, x, y, 0.75, all).map((value, i) => 255 * value * all.strength + texel(source, x, y)[i]! * (1 - all.strength)));
  expect(psnr(await render(posterize(params), source), expected)).toBeGreaterThan(55);
});

test('without strength it leaves the picture, and nearly so with steps that are all riser', async ({ render }) => {
  const source = scene(61, 43);
  expect(maxDifference(await render(posterize({ strength: 0 }), source), source)).toBe(0);
  expect(maxDifference(await render(posterize({ softness: 1, chromaLevels: 3 }), source), source)).toBeLessThanOrEqual(2);
});

test('white stays white, black black, greys grey, with as many of them as there are levels', async ({ render }) => {
  const ramp = picture(256, 1, (x) => grey(x));
  for (const levels of [2, 5, 16]) {
    const stepped = await render(posterize({ levels, softness: 0, chromaLevels: 4 }), ramp);
    const codes = Array.from({ length: 256 }, (_, x) => texel(stepped, x, 0));
    for (const [r = 0, g = 0, b = 0] of codes) expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThanOrEqual(1);
    const runs = codes.filter(([r = 0], x) => x > 0 && Math.abs(r - codes[x - 1]![0]!) <= 1).length;
    expect(runs).toBeGreaterThan(256 - 4 * levels);
    expect([codes[0]![0], codes[255]![0]]).toEqual([0, 255]);
    const treads = codes.map(([r = 0]) => toOklab(grey(r / 255))[0] * (levels - 1));
    for (let level = 0; level < levels; level++) expect(Math.min(...treads.map((tread) => Math.abs(tread - level)))).toBeLessThan(0.05);
  }
});

test('hues stay, also of colours that must give up chroma', async ({ render }) => {
  const source = hues(64, 16);
  const stepped = await render(posterize({ levels: 4, chromaLevels: 4 }), source);
  for (const [x, y] of [[5, 2], [30, 3], [60, 4], [8, 12], [33, 13], [62, 14]] as const) {
    const [[, a, b], [, c, d]] = [labOf(source, x, y), labOf(stepped, x, y)];
    if (Math.hypot(c, d) < 0.02) continue;
    const turn = Math.atan2(a * d - b * c, a * c + b * d);
    expect(Math.abs(turn) * (180 / Math.PI), `${x}, ${y}`).toBeLessThan(3);
  }
});

test('an edge between two steps has no jags: it passes through tones between them', async ({ render }) => {
  // A ramp so steep that a hard threshold leaves black beside white, slanted so that its border would be a staircase.
  const slanted = picture(48, 48, (x, y) => grey(128 + 40 * (x - 24 + 0.3 * (y - 24))));
  const stepped = await render(posterize({ levels: 2, softness: 0 }), slanted);
  for (let y = 4; y < 44; y++) {
    const between = Array.from({ length: 48 }, (_, x) => texel(stepped, x, y)[0]!).filter((code) => code > 8 && code < 247).length;
    expect(between).toBeGreaterThanOrEqual(1);
    expect(between).toBeLessThanOrEqual(4);
  }
});

test('noise of a camera changes a soft poster less than a hard one', async ({ render }) => {
  const sky = (seed: number): Pixels => picture(96, 32, (x, y) => grey(90 + x / 2 + 3 * Math.sin(12.9898 * x + 78.233 * y + seed)));
  const change = async (softness: number): Promise<number> => psnr(await render(posterize({ softness }), sky(0)), await render(posterize({ softness }), sky(2)));
  expect(await change(0.3)).toBeGreaterThan((await change(0)) + 3);
});

test('it knows neither left from right nor rows from columns, and takes tiny pictures and transparent ones', async ({ render }) => {
  const source = scene(17, 33);
  expect(maxDifference(mirrored(await render(posterize(), source)), await render(posterize(), mirrored(source)))).toBe(0);
  expect(maxDifference(transposed(await render(posterize(), source)), await render(posterize(), transposed(source)))).toBe(0);
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) {
    const [r = 0, g = 0, b = 0, alpha] = texel(await render(posterize({ levels: 3 }), flat(width, height, [0, 128, 255, 77])), width - 1, height - 1);
    expect(b).toBeGreaterThan(g);
    expect(g).toBeGreaterThanOrEqual(r);
    expect(alpha).toBe(77);
  }
});

test('bad parameters are named', () => {
  expect(() => posterize({ levels: 1 })).toThrow('posterize: levels is 1, must be a whole number in [2, 16]');
  expect(() => posterize({ softness: 2 })).toThrow('posterize: softness is 2, must be in [0, 1]');
});
