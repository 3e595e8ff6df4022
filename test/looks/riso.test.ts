import { expect } from 'vitest';
import inksKernel from '../../shaders/looks/risoInks.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { colorToRgb, float } from '../../src/core/params.ts';
import { riso, type RisoParams } from '../../src/looks/riso.ts';
import { hash01 } from '../../src/passes/hash.ts';
import { levels } from '../../src/passes/levels.ts';
import { evened, fractal, valueNoise } from '../reference/noise.ts';
import { risoAmounts, risoCoverage } from '../reference/riso.ts';
import { decodeSrgb, encodeSrgb } from '../reference/srgb.ts';
import { flat, grey, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const linear = (color: string): number[] => colorToRgb(color).map(decodeSrgb);
const [NAVY, PINK, YELLOW, WHITE] = ['#224888', '#ff48b0', '#ffe800', '#ffffff'].map(linear) as [number[], number[], number[], number[]];
const PAPER = linear('#f6f4ec');

/** The amounts of ink alone, of tones as they are. */
const separation: Effect<{ saturation: number; third: number }> = defineEffect({
  name: 'separation',
  params: { saturation: float(1, { min: 0, max: 3 }), third: float(1, { min: 0, max: 1 }) },
  build(graph, { source }, { saturation, third }) {
    const densities = [NAVY, PINK, third === 1 ? YELLOW : WHITE].flatMap((ink) => [...ink.map((light) => -Math.log(Math.max(light, 0.02))), 0]);
    return graph.compute(inksKernel, { inputs: { source, tones: levels(graph, source, { of: 'oklab', low: 0, high: 0.9, gain: 0 }) }, params: { saturation, densities } });
  },
});

test('the inks of a pixel are those of their twin, three or two of them', async ({ render }) => {
  const source = scene(60, 44);
  for (const [third, saturation] of [[1, 1.5], [0, 1], [1, 2.5]] as const) {
    const inks = [NAVY, PINK, third === 1 ? YELLOW : WHITE];
    const expected = picture(60, 44, (x, y) => risoAmounts(texel(source, x, y).slice(0, 3).map((code) => code / 255), inks, saturation).map((amount) => 255 * amount));
    expect(psnr(await render(separation({ third, saturation }), source), expected)).toBeGreaterThan(45);
  }
});

// A flat picture has the same amounts everywhere, so drums out of register move only their screens; at the ends of a long one a turn is a pixel.
test('the print is its twin, shifted and turned', async ({ render }) => {
  const params = { grain: 0.4, uneven: 0.5, shift: 3, period: 8, saturation: 1, seed: 21 };
  const [width, height] = [768, 8];
  const source = flat(width, height, grey(200));
  const amounts = risoAmounts(grey(200 / 255), [NAVY, PINK, YELLOW], 1);
  const expected = picture(width, height, (x, y) => {
    const covers = [NAVY, PINK, YELLOW].map((ink, i) => {
      const [speck, drum] = [evened(valueNoise(x, y, params.seed + 31 * i), 0.2), fractal(x / 140, y / 50, params.seed + 50 + i)];
      const [way, turn] = [2 * Math.PI * hash01(i, 0, params.seed), 0.006 * (hash01(i, 1, params.seed) - 0.5)];
      const far = i === 0 ? 0 : params.shift;
      const at = [x + far * Math.cos(way) - turn * (y - height / 2), y + far * Math.sin(way) + turn * (x - width / 2)] as const;
      return risoCoverage(amounts[i]!, ...at, { ...params, ink, angle: [45, 75, 15][i]!, speck, drum });
    });
    return PAPER.map((light, c) => 255 * encodeSrgb([NAVY, PINK, YELLOW].reduce((rest, ink, i) => rest * (1 + covers[i]! * (ink[c]! - 1)), light)));
  });
  expect(psnr(await render(riso(params), source), expected)).toBeGreaterThan(40);
});

test('white is paper; a colour of the inks is that ink', async ({ render }) => {
  expect(maxDifference(await render(riso(), flat(16, 12, grey(255))), flat(16, 12, [0xf6, 0xf4, 0xec]))).toBeLessThanOrEqual(1);
  const two: Partial<RisoParams> = { ink1: 'teal', ink2: 'red', ink3: 'none', grain: 0, uneven: 0, saturation: 1 };
  const red = await render(riso(two), flat(64, 64, [255, 102, 94]));
  const reds = Array.from({ length: 64 }, (_, i) => texel(red, i, 20)).filter(([r = 0, g = 0]) => r - g > 80);
  expect(reds.length).toBeGreaterThan(48);
});

test('without a third ink nothing is yellow, and inks that do not exist are refused by name', async ({ render }) => {
  const yellowest = async (params: Partial<RisoParams>): Promise<number> => {
    const printed = await render(riso(params), scene(40, 30));
    return Math.max(...Array.from({ length: 1200 }, (_, i) => texel(printed, i % 40, Math.floor(i / 40))).map(([, g = 0, b = 0]) => g - b));
  };
  expect(await yellowest({ ink3: 'none' })).toBeLessThan(12);
  expect(await yellowest({})).toBeGreaterThan(80);
  expect(() => riso({ ink2: 'purple' as 'pink' })).toThrow(/ink2 is "purple", must be one of blue, pink/);
});

test('out of register, the other inks look out from under something dark', async ({ render }) => {
  const inside = (x: number, y: number): boolean => Math.max(Math.abs(x - 24), Math.abs(y - 24)) < 12;
  const square = picture(48, 48, (x, y) => grey(inside(x, y) ? 40 : 255));
  const outside = Array.from({ length: 48 * 48 }, (_, i) => [i % 48, Math.floor(i / 48)] as const).filter(([x, y]) => Math.max(Math.abs(x - 24), Math.abs(y - 24)) > 12.5);
  const most = async (shift: number): Promise<number> => {
    const printed = await render(riso({ shift, grain: 0, uneven: 0 }), square);
    return Math.max(...outside.map(([x, y]) => texel(printed, x, y)).map(([r = 0, g = 0, b = 0]) => Math.max(r, g, b) - Math.min(r, g, b)));
  };
  expect(await most(0)).toBeLessThan(40);
  expect(await most(6)).toBeGreaterThan(100);
});
