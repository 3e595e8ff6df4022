import { expect } from 'vitest';
import tonesKernel from '../../shaders/looks/halftoneTones.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import { halftone } from '../../src/looks/halftone.ts';
import { levels, type LevelsOptions } from '../../src/passes/levels.ts';
import { levels as foundLevels, leveled } from '../reference/levels.ts';
import { fromOklab, toOklab } from '../reference/oklab.ts';
import { flat, grey, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const LEVELS: LevelsOptions = { of: 'oklab', low: 0.1, high: 0.8, gain: 0.8 };

/** The original before it is screened. */
const original: Effect<{ saturation: number }> = defineEffect({
  name: 'original',
  params: { saturation: float(1, { min: 0, max: 3 }) },
  build: (graph, { source }, params) => graph.compute(tonesKernel, { inputs: { source, tones: levels(graph, source, LEVELS) }, params }),
});

test('the original is its twin', async ({ render }) => {
  const source = scene(64, 48);
  const code = (x: number, y: number): number[] => texel(source, x, y).slice(0, 3).map((value) => value / 255);
  const [low, high, gain] = foundLevels(Array.from({ length: 64 * 48 }, (_, i) => toOklab(code(i % 64, Math.floor(i / 64)))[0]), LEVELS);
  const expected = picture(64, 48, (x, y) => {
    const [L, a, b] = toOklab(code(x, y));
    return fromOklab([leveled(L, [low, high, gain]), 1.4 * a, 1.4 * b]).map((value) => 255 * value);
  });
  // The kernel's percentiles are those of 256 bins.
  expect(psnr(await render(original({ saturation: 1.4 }), source), expected)).toBeGreaterThan(45);
});

test('dot gain prints darker, and a larger period fewer, larger dots', async ({ render }) => {
  const printed = async (params: Parameters<typeof halftone>[0]): Promise<number[]> => {
    const { data } = await render(halftone(params), flat(96, 96, grey(150)));
    return [...data].filter((_, i) => i % 4 === 1);
  };
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(await printed({ gain: 0.5 }))).toBeLessThan(mean(await printed({})) - 20);
  // From one pixel of a row to the next.
  const changes = (values: readonly number[]): number => mean(values.slice(1).map((value, i) => Math.abs(value - values[i]!)));
  expect(changes(await printed({ period: 20 }))).toBeLessThan(0.6 * changes(await printed({ period: 8 })));
});
