import { expect } from 'vitest';
import drawKernel from '../../shaders/looks/sketch.wgsl';
import toneKernel from '../../shaders/looks/sketchTone.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { sketch, type SketchParams } from '../../src/looks/sketch.ts';
import { drawingPaper } from '../../src/passes/drawingPaper.ts';
import { noise, type NoiseChannel } from '../../src/passes/noise.ts';
import { penStrokes, type PenLayer } from '../../src/passes/penStrokes.ts';
import { reduce } from '../../src/passes/reduce.ts';
import { drawingPaper as paperTwin } from '../reference/drawingPaper.ts';
import { bilinear, field, fieldOf, pictureOf, reduced } from '../reference/field.ts';
import { lineDarkness } from '../reference/lines.ts';
import { noiseChannel } from '../reference/noise.ts';
import { sketch as drawTwin, sketchPaper, sketchTone } from '../reference/sketch.ts';
import scaled from '../support/kernels/scaled.wgsl';
import { flat, grey, maxDifference, picture, psnr, scene } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

type ToneParams = Pick<SketchParams, 'tone' | 'local' | 'darkest' | 'threshold'>;

/** Responses of a picture: its green and blue, from -6 to 6; its blue is the anisotropy. */
const SPREAD = 12;
const FACTOR = 4;

/** The tones and contours alone: red is calm, the tone around it that of cells of 4 x 4 pixels. */
const shading: Effect<ToneParams> = defineEffect({
  name: 'shading',
  params: { tone: float(0.55, { min: 0, max: 1 }), local: float(0.9, { min: 0, max: 1.5 }), darkest: float(0.8, { min: 0.5, max: 0.95 }), threshold: float(0.8, { min: 0.3, max: 3 }) },
  build(graph, { source }, params) {
    const lines = graph.compute(scaled, { inputs: { source }, params: { scale: [1, SPREAD, SPREAD, 1], offset: [0, -SPREAD / 2, -SPREAD / 2, 0] } });
    return graph.compute(toneKernel, { inputs: { lines, tangents: source, blurred: reduce(graph, source, FACTOR) }, params: { ...params, blurredTexel: FACTOR } });
  },
});

test('tones and contours are their twins', async ({ render }) => {
  const source = scene(64, 48);
  const code = fieldOf(source);
  const responses = field(64, 48, (x, y) => code.at(x, y).map((value, c) => (c === 0 ? value : SPREAD * (value - 0.5))));
  const blurred = reduced(code, FACTOR);
  for (const params of [{ tone: 0.55, local: 0.9, darkest: 0.8, threshold: 0.8 }, { tone: 1, local: 0, darkest: 0.5, threshold: 2 }, { tone: 0, local: 1.5, darkest: 0.95, threshold: 0.3 }]) {
    const expected = pictureOf(field(64, 48, (x, y) => [
      sketchTone(code.at(x, y)[0], bilinear(blurred, (x + 0.5) / FACTOR, (y + 0.5) / FACTOR)[0], params),
      lineDarkness(responses, x, y, code.at(x, y)[2], { threshold: params.threshold, softness: 2, weights: [0.85, 0.9] }),
      0,
    ]));
    expect(psnr(await render(shading(params), source), expected)).toBeGreaterThan(55);
  }
});

type DrawParams = Pick<SketchParams, 'lines' | 'hatch' | 'follow' | 'grain' | 'warmth'>;
const UNIT = 1.2;
const LAYERS: readonly [PenLayer, PenLayer] = [
  { angle: -40, spacing: 3.4, length: 45, width: 2.6, soft: 1.2, seed: 22 },
  { angle: -10, spacing: 3.5, length: 31, width: 2.9, soft: 1.2, seed: 42 },
];
const SHEET: readonly [NoiseChannel, NoiseChannel] = [drawingPaper({ tooth: 2, fibres: 0.35, seed: 9 }), { scale: 30, seed: 61, octaves: 2, corner: true }];

/** The drawing alone, of a picture whose red is the tone, its green the contours, and its red again, coarse and from -4 to 4 px, the push. */
const drawing: Effect<DrawParams> = defineEffect({
  name: 'drawing',
  params: { lines: float(0.95, { min: 0, max: 1 }), hatch: float(0.75, { min: 0, max: 1 }), follow: float(0.6, { min: 0, max: 1 }), grain: float(0.55, { min: 0, max: 1 }), warmth: float(0.5, { min: 0, max: 1 }) },
  build(graph, { source }, params) {
    const push = reduce(graph, graph.compute(scaled, { inputs: { source }, params: { scale: [8, 0, 0, 0], offset: [-4, 0, 0, 1] } }), FACTOR);
    return graph.compute(drawKernel, { inputs: { tone: source, push, sheet: noise(graph, SHEET) }, params: { ...params, pushTexel: FACTOR, ...penStrokes(UNIT, LAYERS) } });
  },
});

test('strokes, contours and paper are their twins', async ({ render }) => {
  const source = picture(64, 44, (x, y) => [130 + 70 * Math.sin(x / 9) + 50 * Math.cos(y / 7), Math.max(0, 300 * Math.sin(x / 5 + y / 9) - 150), 0]);
  const tone = fieldOf(source);
  const coarse = reduced(field(64, 44, (x, y) => [8 * tone.at(x, y)[0] - 4, 0, 0]), FACTOR);
  for (const params of [{ lines: 0.95, hatch: 0.75, follow: 0.6, grain: 0.55, warmth: 0.5 }, { lines: 0.4, hatch: 1, follow: 1, grain: 0, warmth: 0 }, { lines: 1, hatch: 0, follow: 0, grain: 1, warmth: 1 }]) {
    const expected = pictureOf(field(64, 44, (x, y) => {
      const push = bilinear(coarse, (x + 0.5) / FACTOR, (y + 0.5) / FACTOR)[0];
      const [paper, pressure] = [noiseChannel(x, y, SHEET[0]), noiseChannel(x, y, SHEET[1])];
      return drawTwin(x, y, tone, { paper, pressure, push, unit: UNIT, layers: LAYERS }, params);
    }));
    expect(psnr(await render(drawing(params), source), expected)).toBeGreaterThan(55);
  }
});

test('where nothing is asked for or there is nothing to draw, the paper stays blank', async ({ render }) => {
  // Small pictures have 3/4 px in a unit.
  const blank = (warmth: number): Pixels => pictureOf(field(40, 30, (x, y) => sketchPaper(paperTwin(x, y, 1.6 * 0.75, 0.35, 1 + 7), warmth)));
  for (const warmth of [0, 1]) {
    expect(maxDifference(await render(sketch({ tone: 0, local: 0, lines: 0, warmth }), scene(40, 30)), blank(warmth))).toBeLessThanOrEqual(1);
    expect(maxDifference(await render(sketch({ tone: 1, warmth }), flat(40, 30, grey(255))), blank(warmth))).toBeLessThanOrEqual(1);
  }
});

const codes = ({ data }: Pixels): number[] => [...data].filter((_, i) => i % 4 === 0);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('more tone, more modelling, more lines and a softer pencil are darker; black is graphite', async ({ render }) => {
  const source = scene(64, 48);
  const lightness = async (params: Partial<SketchParams>): Promise<number> => mean(codes(await render(sketch(params), source)));
  for (const [name, values] of [['tone', [0, 0.5, 1]], ['local', [0, 0.7, 1.5]], ['lines', [0, 0.5, 1]], ['darkest', [0.5, 0.7, 0.95]]] as const) {
    const [least, some, most] = [await lightness({ [name]: values[0] }), await lightness({ [name]: values[1] }), await lightness({ [name]: values[2] })];
    expect(some, name).toBeLessThan(least - 0.5);
    expect(most, name).toBeLessThan(some - 0.5);
  }
  expect(Math.min(...codes(await render(sketch({ tone: 1, darkest: 0.95 }), flat(24, 18, grey(0)))))).toBeGreaterThanOrEqual(33);
});

test('from rubbed tone to visible strokes: hatch is unrest in a tone that stays', async ({ render }) => {
  const drawn = async (hatch: number): Promise<number[]> => codes(await render(sketch({ hatch, grain: 0 }), flat(64, 48, grey(60))));
  const unrest = (values: readonly number[]): number => {
    const middle = mean(values);
    return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  };
  const [rubbed, some, strokes] = [await drawn(0), await drawn(0.5), await drawn(1)];
  // Of the paper alone.
  expect(unrest(rubbed)).toBeLessThan(2);
  expect(unrest(some)).toBeGreaterThan(unrest(rubbed) + 3);
  expect(unrest(strokes)).toBeGreaterThan(unrest(some) + 3);
  expect(Math.abs(mean(strokes) - mean(rubbed))).toBeLessThan(30);
});
