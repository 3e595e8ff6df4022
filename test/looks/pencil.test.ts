import { expect } from 'vitest';
import pencilKernel from '../../shaders/looks/pencil.wgsl';
import densityKernel from '../../shaders/looks/pencilDensity.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { pencil } from '../../src/looks/pencil.ts';
import { drawingPaper } from '../../src/passes/drawingPaper.ts';
import { levels, type LevelsOptions } from '../../src/passes/levels.ts';
import { noise } from '../../src/passes/noise.ts';
import { penStrokes } from '../../src/passes/penStrokes.ts';
import { drawingPaper as paperTwin } from '../reference/drawingPaper.ts';
import { field, fieldOf } from '../reference/field.ts';
import { levels as foundLevels } from '../reference/levels.ts';
import { lineDarkness } from '../reference/lines.ts';
import { toOklab } from '../reference/oklab.ts';
import { pencil as twin, pencilDensity, type Density, type PencilLayer } from '../reference/pencil.ts';
import responses from '../support/kernels/responses.wgsl';
import { flat, picture, psnr, scene } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const UNIT = 1.1;
const LEVELS: LevelsOptions = { of: 'oklab', low: 0.005, high: 0.97 };
const COLORS = { saturation: 1.35, lift: 0.12 };
const DRAWING = { cover: 0.95, wash: 0.1, lines: 0.75, grain: 0.6 };
const PEN = { spacing: 3.5, length: 38, width: 2.7, overlap: 0.26, soft: 1.2 };
const LAYERS: readonly PencilLayer[] = [
  { ...PEN, angle: -50, seed: 3, share: 0.72, low: 0.01, high: 0.16 },
  { ...PEN, angle: -28, seed: 23, share: 0.6, low: 0.08, high: 0.45 },
  { ...PEN, angle: -90, seed: 43, share: 0.56, low: 0.3, high: 0.8 },
];
// Of a density, so that all of it is shown.
const SHOWN = 0.3;

/** The kernels of the look alone: r of the picture is also the push, g and b responses of lines, b also the anisotropy. */
const kernels: Effect<object> = defineEffect({
  name: 'kernels',
  params: {},
  build(graph, { source }) {
    const density = graph.compute(densityKernel, { inputs: { source, levels: levels(graph, source, LEVELS) }, params: COLORS });
    graph.inspect('density', density, { scale: SHOWN });
    graph.inspect('pressure', density, { channel: 'a' });
    return graph.compute(pencilKernel, {
      inputs: { density, lines: graph.compute(responses, { inputs: { source } }), tangents: source, push: source, sheet: noise(graph, [drawingPaper({ tooth: 1.6, fibres: 0.35, seed: 10 })]) },
      params: { ...DRAWING, threshold: 0.9, follow: 5, pushTexel: 1, layers: LAYERS.flatMap(({ share, low, high }) => [share, low, high]), ...penStrokes(UNIT, LAYERS) },
    });
  },
});

test('densities and strokes are their twins', async ({ render }) => {
  const [width, height] = [60, 44];
  const source = scene(width, height);
  const code = fieldOf(source);
  const places = Array.from({ length: width * height }, (_, i) => code.at(i % width, Math.floor(i / width)));
  const [low, high, gain] = foundLevels(places.map((rgb) => toOklab(rgb)[0]), LEVELS);
  const densities = places.map((rgb) => pencilDensity(rgb, [low, high, gain], COLORS.saturation, COLORS.lift));
  const clamped = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));
  const at = (x: number, y: number): Density => densities[clamped(y, height) * width + clamped(x, width)]!;
  const lines = field(width, height, (x, y) => [0, 20 * (code.at(x, y)[1] - 0.5), 20 * (code.at(x, y)[2] - 0.5)]);

  // The kernel's percentiles are those of 256 bins.
  expect(psnr(await render(kernels(), source, { inspect: 'density' }), picture(width, height, (x, y) => at(x, y).slice(0, 3).map((value) => 255 * SHOWN * value)))).toBeGreaterThan(45);
  expect(psnr(await render(kernels(), source, { inspect: 'pressure' }), picture(width, height, (x, y) => [0, 1, 2].map(() => 255 * at(x, y)[3])))).toBeGreaterThan(45);
  const expected = picture(width, height, (x, y) => {
    const [push, , anisotropy] = code.at(x, y);
    const outline = lineDarkness(lines, x, y, anisotropy, { threshold: 0.9, softness: 2, weights: [0.8, 0.9] });
    return twin(at, x, y, { ...DRAWING, unit: UNIT, layers: LAYERS, push: 5 * push, outline, height: paperTwin(x, y, 1.6, 0.35, 10) }).map((value) => 255 * value);
  });
  expect(psnr(await render(kernels(), source), expected)).toBeGreaterThan(45);
});

test('a colour stays the colour it is, on white paper', async ({ render }) => {
  const mean = async (code: readonly number[], params = {}): Promise<number[]> => {
    const { data } = await render(pencil(params), flat(48, 36, code));
    return [0, 1, 2].map((c) => data.filter((_, i) => i % 4 === c).reduce((sum, value) => sum + value, 0) / (48 * 36));
  };
  const [red = 0, green = 0, blue = 0] = await mean([200, 60, 40]);
  expect(red).toBeGreaterThan(green + 60);
  expect(green).toBeGreaterThan(blue);
  expect(Math.min(...(await mean([255, 255, 255])))).toBeGreaterThan(235);
  // More pigment is darker, and a lighter hand lighter.
  expect((await mean([200, 60, 40], { cover: 1.3 }))[1]!).toBeLessThan(green - 5);
  expect((await mean([200, 60, 40], { lift: 0.4 }))[1]!).toBeGreaterThan(green + 10);
});
