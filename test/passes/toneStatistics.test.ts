import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { toneStatistics as statistics } from '../../src/passes/toneStatistics.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { toOklab } from '../reference/oklab.ts';
import { toneStatistics as twin } from '../reference/toneStatistics.ts';
import kernel from '../support/kernels/numbers.wgsl';
import { flat, picture, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const STRETCH = { darkest: 0.35, lightest: 0.65, share: 0.7 };

/** Low, high and mean as a colour everywhere. */
const tones: Effect<Record<string, never>> = defineEffect({
  name: 'tones',
  params: {},
  build: (graph, { source }) => graph.compute(kernel, { inputs: { numbers: statistics(graph, source, STRETCH) } }),
});

function expected(source: Pixels): number[] {
  const all = Array.from({ length: source.width * source.height }, (_, i) => toOklab(texel(source, i % source.width, Math.floor(i / source.width)).slice(0, 3).map((code) => code / 255))[0]);
  return twin(all, STRETCH);
}

test('percentiles and mean are those of its twin', async ({ render }) => {
  const night = picture(90, 60, (x, y) => [x / 3, y / 2, (x * y) % 70]);
  for (const source of [scene(97, 61), night, picture(200, 3, (x) => [x, 255 - x, 128])]) {
    const found = texel(await render(tones(), source), 0, 0).map((code) => code / 255);
    expected(source).forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(0.005));
  }
});

test('a large picture is sampled, a flat one keeps the limits', async ({ render }) => {
  const wide = picture(1300, 9, (x, y) => [x / 6, 120, 90 + 5 * y]);
  const found = texel(await render(tones(), wide), 0, 0).map((code) => code / 255);
  expected(wide).forEach((value, i) => expect(Math.abs(found[i]! - value)).toBeLessThan(0.02));
  for (const [level, low, high] of [[255, 0.35, 1], [0, 0, 0.65]] as const) {
    for (const [width, height] of [[1, 1], [1, 700], [40, 30]] as const) {
      const [first = 0, second = 0, third = 0] = texel(await render(tones(), flat(width, height, [level, level, level])), 0, 0).map((code) => code / 255);
      expect(Math.abs(first - low)).toBeLessThan(0.005);
      expect(Math.abs(second - high)).toBeLessThan(0.005);
      expect(Math.abs(third - level / 255)).toBeLessThan(0.005);
    }
  }
});
