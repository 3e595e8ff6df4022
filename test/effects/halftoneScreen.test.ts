import { expect } from 'vitest';
import { colorToRgb } from '../../src/core/params.ts';
import { halftoneScreen, type HalftoneScreenParams } from '../../src/effects/halftoneScreen.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { decodeSrgb, encodeSrgb } from '../reference/srgb.ts';
import { flat, grey, maxDifference, picture, psnr, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

// Of sharp: nothing of the blur is left.
const UNBLURRED = 2 / 3;
const linear = (color: string): number[] => colorToRgb(color).map(decodeSrgb);
const INKS = ['#009ee0', '#e2007a', '#ffed00', '#1d1d1b'].map(linear);
const SHAPES = ['round', 'diamond', 'line'] as const;

/** Mean linear light of green over all pixels. */
function meanLight({ data }: Pixels): number {
  const greens = Array.from({ length: data.length / 4 }, (_, i) => decodeSrgb(data[4 * i + 1]! / 255));
  return greens.reduce((sum, light) => sum + light, 0) / greens.length;
}

test('one ink covers exactly as much of the paper as the picture is dark', async ({ render }) => {
  const [paper, ink] = [linear('#f1ece0')[1]!, linear('#203060')[1]!];
  for (const shape of SHAPES) {
    // At 0° periods of whole pixels meet the same pixels in every cell: the worst that can happen to an area.
    for (const [code, period, angle] of [[20, 5, 33], [75, 4, 0], [180, 5, 0], [240, 5, 33]] as const) {
      const printed = await render(halftoneScreen({ mode: 'black', shape, period, angles: [0, 0, 0, angle], ink: '#203060', paper: '#f1ece0' }), flat(96, 96, grey(code)));
      expect(Math.abs((paper - meanLight(printed)) / (paper - ink) - (1 - code / 255)), `${shape} ${code}`).toBeLessThan(0.01);
    }
  }
});

test('white is bare paper and black is solid, whatever the screen', async ({ render }) => {
  for (const shape of SHAPES) {
    for (const mode of ['cmyk', 'black'] as const) {
      expect(texel(await render(halftoneScreen({ shape, mode, paper: '#f1ece0' }), flat(9, 9, grey(255))), 4, 4)).toEqual([0xf1, 0xec, 0xe0, 255]);
      const solid = await render(halftoneScreen({ shape, mode, ink: '#1d1d1b' }), flat(9, 9, grey(0)));
      expect(Math.max(...texel(solid, 4, 4).slice(0, 3))).toBeLessThanOrEqual(0x1d);
      expect(maxDifference(solid, flat(9, 9, texel(solid, 0, 0)))).toBe(0);
    }
  }
});

test('colours are mixed by overprints: red is magenta and yellow, and no cyan', async ({ render }) => {
  const red = await render(halftoneScreen(), flat(40, 40, [255, 0, 0]));
  const [magenta, yellow] = [INKS[1]!, INKS[2]!];
  const overprint = magenta.map((light, c) => 255 * encodeSrgb(light * yellow[c]!));
  expect(maxDifference(red, flat(40, 40, overprint))).toBeLessThanOrEqual(1);
});

test('grey component replacement prints greys in black ink', async ({ render }) => {
  const colorfulness = async (gcr: number): Promise<number> => {
    const printed = await render(halftoneScreen({ gcr }), flat(60, 60, grey(90)));
    const spreads = Array.from({ length: 3600 }, (_, i) => texel(printed, i % 60, Math.floor(i / 60)).slice(0, 3)).map((rgb) => Math.max(...rgb) - Math.min(...rgb));
    return spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length;
  };
  expect(await colorfulness(1)).toBeLessThan(0.8 * (await colorfulness(0)));
});

test('without sharpness dots are whole: the grain of the picture does not reach them', async ({ render }) => {
  const grainy = picture(64, 64, (x, y) => grey(128 + ((x + y) % 2 === 0 ? 40 : -40)));
  const params: Partial<HalftoneScreenParams> = { mode: 'black', period: 12 };
  const smooth = await render(halftoneScreen({ ...params, sharp: 0 }), flat(64, 64, grey(128)));
  expect(psnr(await render(halftoneScreen({ ...params, sharp: 0 }), grainy), smooth)).toBeGreaterThan(40);
  expect(psnr(await render(halftoneScreen({ ...params, sharp: UNBLURRED }), grainy), smooth)).toBeLessThan(30);
});

test('alpha stays, tiny pictures are painted, and what does not fit is refused', async ({ render }) => {
  const source = picture(24, 8, (x) => [200, 90, 40, x < 8 ? 0 : x < 16 ? 100 : 255]);
  const painted = await render(halftoneScreen(), source);
  for (const x of [3, 12, 20]) expect(texel(painted, x, 4)[3]).toBe(texel(source, x, 4)[3]);
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) expect(maxDifference(await render(halftoneScreen({ period: 60 }), flat(width, height, grey(255))), flat(width, height, grey(255)))).toBe(0);
  expect(() => halftoneScreen({ period: 1 })).toThrow(/period is 1, must be in \[3, 60\] px/);
  expect(() => halftoneScreen({ angles: [0, 0, 0] })).toThrow(/4 numbers/);
});
