import { describe, expect } from 'vitest';
import { palette, type PaletteParams } from '../../src/effects/palette.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { fromOklab, toOklab } from '../reference/oklab.ts';
import { paletteAt, paletteSamples, pickedPalette, squared, type Vector } from '../reference/palette.ts';
import { flat, grey, hash, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const DEFAULTS = palette().params;
const GIVEN = ['#1a1a2e', '#16213e', '#e94560', '#f5f5f5'];

const toVector = ([L = 0, a = 0, b = 0]: readonly number[]): Vector => [L, 2 * a, 2 * b];
const vectorOf = (code: readonly number[]): Vector => toVector(toOklab(code.slice(0, 3).map((value) => value / 255)));

const codeOf = ([L, a, b]: Vector): number[] => fromOklab([L, a / 2, b / 2]).map((value) => 255 * value);
const fromHex = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

/** As rgba16float keeps it: which sample a palette begins with can hang on the last bit. */
function toHalf(value: number): number {
  const step = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 1))) - 10);
  return Math.round(value / step) * step;
}

/** What the twin paints. */
function painted(source: Pixels, given: Partial<PaletteParams>): Pixels {
  const { width, height } = source;
  const params = { ...DEFAULTS, ...given };
  const vectors = Array.from({ length: width * height }, (_, i) => toVector(toOklab(texel(source, i % width, Math.floor(i / width)).map((code) => code / 255)).map(toHalf)));
  const at = (x: number, y: number): Vector => vectors[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)]!;
  const sample = (x: number, y: number): { vector: Vector; weight: number } => ({ vector: at(x, y), weight: texel(source, x, y)[3]! / 255 });
  const colors = params.palette.length > 0 ? params.palette.map((color) => vectorOf(fromHex(color))) : pickedPalette(paletteSamples(width, height, sample, params.accents), params.colors);
  return picture(width, height, (x, y) => codeOf(paletteAt(at, x, y, colors, 0.75, params)));
}

/** The different colours of a picture, those that are a code value apart taken as one. */
function colorsOf(source: Pixels): number[][] {
  const found: number[][] = [];
  for (let i = 0; i < source.data.length; i += 4) {
    const color = [...source.data.subarray(i, i + 3)];
    if (!found.some((other) => other.every((value, k) => Math.abs(value - color[k]!) <= 1))) found.push(color);
  }
  return found;
}

/** Five flat fields of the colours given, each row its own share of the width. */
function fields(colors: readonly (readonly number[])[], width = 50, height = 20): Pixels {
  return picture(width, height, (x) => colors[Math.floor((x * colors.length) / width)]!);
}

const FIVE = [[20, 30, 60], [200, 60, 40], [90, 160, 80], [240, 230, 200], [120, 110, 190]];

test.for<Partial<PaletteParams>>([{}, { colors: 3, softness: 0.7, accents: 0 }, { colors: 32, softness: 0, accents: 1 }, { palette: GIVEN, softness: 0.3 }])('%j is its twin', async (params, { render }) => {
  const source = scene(110, 70);
  expect(psnr(await render(palette(params), source), painted(source, params))).toBeGreaterThan(60);
});

test.for<Partial<PaletteParams>>([{ dither: 'bayer' }, { dither: 'noise', ditherSize: 2, ditherAmount: 1 }])('%j is its twin but for pixels at their threshold', async (dither, { render }) => {
  const source = scene(60, 40);
  const params = { ...dither, palette: GIVEN };
  const [result, expected] = [await render(palette(params), source), painted(source, params)];
  const other = Array.from({ length: 2400 }, (_, i) => i).filter((i) => [0, 1, 2].some((k) => Math.abs(result.data[4 * i + k]! - expected.data[4 * i + k]!) > 2)).length;
  expect(other).toBeLessThan(12);
  expect(colorsOf(result).length).toBe(4);
});

describe('the chosen palette', () => {
  test('has the colours of a picture that has no more than it', async ({ render }) => {
    const source = fields(FIVE);
    expect(maxDifference(await render(palette({ colors: 5, softness: 0 }), source), source)).toBeLessThanOrEqual(1);
    expect(maxDifference(await render(palette({ colors: 16, softness: 1 }), source), source)).toBeLessThanOrEqual(1);
  });

  test('is never larger than asked for, and each colour more brings the picture nearer', async ({ render }) => {
    const source = scene(64, 48);
    const errors: number[] = [];
    for (const colors of [2, 4, 8, 16, 32]) {
      const result = await render(palette({ colors, ditherAmount: 0, dither: 'bayer' }), source);
      expect(colorsOf(result).length).toBeLessThanOrEqual(colors);
      errors.push(psnr(result, source));
    }
    expect(errors).toEqual([...errors].sort((a, b) => a - b));
  });

  test('keeps a small bright thing if it has a say', async ({ render }) => {
    const source = picture(96, 64, (x, y) => (Math.hypot(x - 70, y - 20) < 2.1 ? [250, 40, 30] : grey(60 + x + 40 * hash(x, y))));
    const redness = async (accents: number): Promise<number> => {
      const [r = 0, g = 0] = texel(await render(palette({ colors: 4, accents }), source), 70, 20);
      return r - g;
    };
    expect(await redness(0.4)).toBeGreaterThan(150);
    expect(await redness(0)).toBeLessThan(100);
  });

  test('does not count what is transparent, and its alpha stays', async ({ render }) => {
    const opaque = [[200, 60, 40], [90, 160, 80]];
    const source = picture(60, 20, (x) => (x < 40 ? opaque[Math.floor(x / 20)]! : [20 + x, 20, 250, 0]));
    const result = await render(palette({ colors: 2 }), source);
    expect(texel(result, 10, 10)).toEqual([200, 60, 40, 255]);
    expect(texel(result, 30, 10)).toEqual([90, 160, 80, 255]);
    expect(texel(result, 50, 10)[3]).toBe(0);
    expect(texel(await render(palette(), flat(7, 5, [9, 9, 9, 0])), 3, 3)[3]).toBe(0);
  });
});

test('dithering keeps the mean tone between two colours, and clean colours clean', async ({ render }) => {
  const blackAndWhite = { palette: ['#000000', '#ffffff'], ditherAmount: 1 };
  for (const dither of ['bayer', 'noise'] as const) {
    for (const code of [0, 60, 128, 200, 255]) {
      const { data } = await render(palette({ ...blackAndWhite, dither }), flat(64, 64, grey(code)));
      const white = data.filter((value, i) => i % 4 === 0 && value === 255).length / 4096;
      expect(Math.abs(white - toOklab(grey(code / 255))[0]), `${dither} ${code}`).toBeLessThan(0.02);
    }
  }
});

test('a dot has the size asked for', async ({ render }) => {
  const dots = await render(palette({ palette: ['#000000', '#ffffff'], dither: 'noise', ditherSize: 4 }), flat(32, 32, grey(128)));
  for (let y = 0; y < 32; y++) for (let x = 0; x < 32; x++) expect(texel(dots, x, y)).toEqual(texel(dots, x - (x % 4), y - (y % 4)));
  expect(colorsOf(dots).length).toBe(2);
});

test('borders have no jags, and soft ones are wider', async ({ render }) => {
  const slope = picture(64, 16, (x, y) => grey(2 * x + 0.6 * y + 60));
  const between = async (softness: number): Promise<number> => (await render(palette({ palette: ['#202020', '#f0f0f0'], softness }), slope)).data.filter((value, i) => i % 4 === 0 && value > 40 && value < 232).length / 16;
  expect(await between(0)).toBeGreaterThanOrEqual(1);
  expect(await between(0)).toBeLessThan(4);
  expect(await between(0.6)).toBeGreaterThan(8);
});

test('the same picture gives the same, mirrored or not with a given palette; tiny and flat pictures are painted', async ({ render }) => {
  const source = scene(17, 33);
  expect(maxDifference(await render(palette(), source), await render(palette(), source))).toBe(0);
  expect(maxDifference(mirrored(await render(palette({ palette: GIVEN }), source)), await render(palette({ palette: GIVEN }), mirrored(source)))).toBe(0);
  for (const [width, height] of [[1, 1], [1, 7], [5, 3]] as const) {
    for (const color of [[255, 255, 255], [12, 200, 90]]) expect(maxDifference(await render(palette({ colors: 3 }), flat(width, height, color)), flat(width, height, color))).toBeLessThanOrEqual(1);
  }
});

test('bad parameters are named', () => {
  expect(() => palette({ colors: 33 })).toThrow('palette: colors is 33, must be a whole number in [2, 32]');
  expect(() => palette({ palette: ['#fff'] })).toThrow('palette: palette is ["#fff"], must be a list of up to 32 colours #rrggbb');
});

describe('in a video', () => {
  /** The scene with the noise of a camera, another one in each frame. */
  const noisy = (frame: number): Pixels => {
    const still = scene(64, 48);
    return picture(64, 48, (x, y) => texel(still, x, y).slice(0, 3).map((code, k) => code + 10 * (hash(3 * x + k, y + 1000 * frame) - 0.5)));
  };

  test('the first frame is what read gives, and so is the first after a cut', async ({ render, play }) => {
    const [first, second] = [scene(64, 48), fields(FIVE, 64, 48)];
    const [one, , three] = await play(palette(), [first, first, second]);
    expect(maxDifference(one!, await render(palette(), first))).toBe(0);
    expect(maxDifference(three!, await render(palette(), second))).toBe(0);
  });

  test('colours keep still while the camera is noisy', async ({ render, play }) => {
    const frames = Array.from({ length: 6 }, (_, i) => noisy(i));
    const params = { colors: 12, ditherAmount: 0, dither: 'bayer' } as const;
    /** How far the colours of one frame are from the nearest of the next, in the mean. */
    const unrest = (shown: readonly Pixels[]): number => {
      const palettes = shown.map((frame) => colorsOf(frame).map(vectorOf));
      const steps = palettes.slice(1).map((colors, i) => colors.reduce((sum, color) => sum + Math.sqrt(Math.min(...palettes[i]!.map((other) => squared(color, other)))), 0) / colors.length);
      return steps.reduce((sum, step) => sum + step) / steps.length;
    };
    const alone: Pixels[] = [];
    for (const frame of frames) alone.push(await render(palette(params), frame));
    const still = unrest(await play(palette(params), frames));
    expect(still).toBeLessThan(0.25 * unrest(alone));
  });

  test('it follows a scene that gets darker, and a colour that is gone gives way to a new one', async ({ play }) => {
    const scenes = (spot: readonly number[], light: number): Pixels => picture(64, 48, (x, y) => (x > 57 && y > 41 ? spot : [110 + x, 100 + x / 2, 90 + 40 * (y / 48)]).map((code) => code * light));
    // So small that it comes and goes without a cut.
    const [red, none, blue] = [[230, 40, 40], [120, 110, 100], [40, 60, 230]];
    const lights = Array.from({ length: 16 }, (_, i) => 1 - 0.02 * Math.min(i, 10));
    const frames = [scenes(red, 1), scenes(none, 1), scenes(none, 1), scenes(blue, 1), scenes(blue, 1), ...lights.map((light) => scenes(blue, light))];
    const shown = await play(palette({ colors: 4, softness: 0, accents: 0 }), frames);
    const spot = (frame: number): number[] => texel(shown[frame]!, 60, 44);
    expect(spot(0)[0]! - spot(0)[2]!).toBeGreaterThan(150);
    expect(spot(4)[2]! - spot(4)[0]!).toBeGreaterThan(150);
    // The wall has not given up one of its own for it.
    expect(psnr(shown[4]!, frames[4]!)).toBeGreaterThan(psnr(shown[1]!, frames[1]!) - 1);
    const last = shown.at(-1)!;
    const mean = ({ data }: Pixels): number => data.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0) / (0.75 * data.length);
    expect(Math.abs(mean(last) - mean(frames.at(-1)!))).toBeLessThan(5);
  });
});
