import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { pcg } from '../../src/passes/hash.ts';
import { penStrokes, type PenLayer } from '../../src/passes/penStrokes.ts';
import { pcg as hash } from '../reference/noise.ts';
import { penStrokes as twin } from '../reference/penStrokes.ts';
import kernel from '../support/kernels/penStrokes.wgsl';
import { picture, psnr, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const UNIT = 1.2;
const SKETCH = { angle: -45, spacing: 2.8 * UNIT, length: 38 * UNIT, width: 2.2 * UNIT, seed: 21 };
const LAYERS: readonly [name: string, layer: PenLayer][] = [
  ['a sketch', SKETCH],
  ['coloured pencil', { angle: -28, spacing: 3.3 * UNIT, length: 34 * UNIT, width: 2.5 * UNIT, overlap: 0.26, soft: 1.1 * UNIT, seed: 23 }],
  ['charcoal', { angle: -58, spacing: 5.5 * UNIT, length: 60 * UNIT, width: 6.5 * UNIT, overlap: 0.35, tilt: 0.04, bend: 1.2, soft: 4 * UNIT, seed: 25 }],
  ['a pen', { angle: 18, spacing: 4.2 * UNIT, length: 34 * UNIT, width: 1.5 * UNIT, overlap: 0.22, jitter: 0.32, tilt: 0.015, seed: 0xfffffff0 }],
];

const layerEffect = (layer: PenLayer): Effect<object> =>
  defineEffect({ name: 'layer', params: {}, build: (graph, { source }) => graph.compute(kernel, { inputs: { source }, params: { ...penStrokes(UNIT, [layer]) } }) });

/** r a slow tone, g a slow push. */
const tones = (width: number, height: number): Pixels => picture(width, height, (x, y) => [140 + 60 * Math.sin(x / 40) + 40 * Math.cos(y / 30), 120 + 100 * Math.sin((x + y) / 60), 0]);

function drawn(source: Pixels, layer: PenLayer): Pixels {
  const { width, height } = source;
  const clamped = (x: number, y: number): number[] => texel(source, Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y)));
  return picture(width, height, (x, y) => {
    let [clear, sum] = [1, 0];
    twin(x, y, UNIT, layer, (20 * clamped(x, y)[1]!) / 255, (cover, toneX, toneY) => {
      const k = clamped(toneX, toneY)[0]! / 255;
      const coverage = cover(0.5 * (1 + k) * layer.width);
      clear *= 1 - k * coverage;
      sum += coverage;
    });
    return [255 * (1 - clear), (255 * sum) / 4, 0];
  });
}

test('the hash is that of the shaders', () => {
  for (const x of [0, 1, 12345, 0xffffffff]) expect(pcg(x)).toBe(hash(x));
});

test.for(LAYERS)('strokes of %s are those of the recipe', async ([, layer], { render }) => {
  for (const [width, height] of [[160, 110], [7, 5]] as const) {
    const source = tones(width, height);
    expect(psnr(await render(layerEffect(layer)(), source), drawn(source, layer))).toBeGreaterThan(50);
  }
});

test('a stroke is drawn whole, in the tone of its middle', async ({ render }) => {
  const half = picture(120, 90, (x) => [x < 60 ? 0 : 255, 0, 0]);
  const { data } = await render(layerEffect({ ...SKETCH, angle: 0 })(), half);
  const inked = (from: number, to: number): number => data.filter((value, i) => i % 4 === 0 && (i / 4) % 120 >= from && (i / 4) % 120 < to && value > 128).length / ((to - from) * 90);
  // Strokes of the dark half reach into the white one and end there.
  expect(inked(62, 120)).toBeGreaterThan(0.4);
  expect(inked(45, 58)).toBeGreaterThan(0.02);
  expect(inked(45, 58)).toBeLessThan(0.3);
  expect(inked(0, 20)).toBe(0);
});
