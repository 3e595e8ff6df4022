import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { levels, type LevelsOptions, type Tone } from '../../src/passes/levels.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { levels as twin } from '../reference/levels.ts';
import { TONES } from '../reference/tones.ts';
import kernel from '../support/kernels/numbers.wgsl';
import { flat, picture, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

/** Low, high and gain, or the mean instead of the gain, as a colour everywhere. */
function found(options: LevelsOptions, third: 'gain' | 'mean'): Look {
  return defineEffect<Record<string, never>>({
    name: 'found',
    params: {},
    build: (graph, { source }) => graph.compute(kernel, { inputs: { numbers: levels(graph, source, options) }, params: { third: third === 'gain' ? 2 : 3 }, size: graph.frame }),
  })();
}

function expected(source: Pixels, options: LevelsOptions): number[] {
  const codes = Array.from({ length: source.width * source.height }, (_, i) => texel(source, i % source.width, Math.floor(i / source.width)).map((code) => code / 255));
  return twin(codes.map(([r, g, b]) => TONES[options.of]([r!, g!, b!])), options);
}

const night = picture(90, 60, (x, y) => [x / 3, y / 2, (x * y) % 70]);
const PAINTED: LevelsOptions = { of: 'oklab', low: 0.02, high: 0.98, gain: 0.7, darkest: 0.35, lightest: 0.65, contrasts: [-1, 0] };

test.for<Tone>(['oklab', 'lightness', 'plate', 'r'])('percentiles, gain and mean of %s are those of its twin', async (of, { render }) => {
  const options = { of, low: 0.01, high: 0.97, gain: 0.9 };
  for (const source of [scene(97, 61), night, picture(200, 3, (x) => [x, 255 - x, 128])]) {
    const [low, high, gain, mean] = expected(source, options) as [number, number, number, number];
    const shown = [...texel(await render(found(options, 'gain'), source), 0, 0).slice(0, 3), texel(await render(found(options, 'mean'), source), 0, 0)[2]!];
    [low, high, gain, mean].forEach((value, i) => expect(Math.abs(shown[i]! / 255 - value)).toBeLessThan(0.012));
  }
});

test('a large picture is sampled', async ({ render }) => {
  const wide = picture(1300, 9, (x, y) => [x / 6, 120, 90 + 5 * y]);
  const shown = texel(await render(found(PAINTED, 'gain'), wide), 0, 0).map((code) => code / 255);
  expected(wide, PAINTED).slice(0, 3).forEach((value, i) => expect(Math.abs(shown[i]! - value)).toBeLessThan(0.02));
});

test('a flat picture keeps the limits, and gains nothing unless it is told to', async ({ render }) => {
  for (const [level, low, high] of [[255, 0.35, 1], [0, 0, 0.65], [128, 0.35, 0.65]] as const) {
    for (const [width, height] of [[1, 1], [1, 700], [40, 30]] as const) {
      const source = flat(width, height, [level, level, level]);
      const shown = texel(await render(found(PAINTED, 'gain'), source), 0, 0).map((code) => code / 255);
      [low, high, 0.7].forEach((value, i) => expect(Math.abs(shown[i]! - value)).toBeLessThan(0.005));
      expect(texel(await render(found({ of: 'lightness', low: 0.01, high: 0.99 }, 'gain'), source), 0, 0)[2]).toBe(0);
    }
  }
});
