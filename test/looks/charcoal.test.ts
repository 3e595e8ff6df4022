import { expect } from 'vitest';
import drawKernel from '../../shaders/looks/charcoal.wgsl';
import massKernel from '../../shaders/looks/charcoalMass.wgsl';
import toneKernel from '../../shaders/looks/charcoalTone.wgsl';
import { defineEffect, type Effect, type Look } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { charcoal, type CharcoalParams } from '../../src/looks/charcoal.ts';
import { drawingPaper } from '../../src/passes/drawingPaper.ts';
import { noise, type NoiseChannel } from '../../src/passes/noise.ts';
import { penStrokes, type PenLayer } from '../../src/passes/penStrokes.ts';
import { reduce } from '../../src/passes/reduce.ts';
import { charcoal as drawTwin, charcoalMass, charcoalPaper, charcoalTone } from '../reference/charcoal.ts';
import { drawingPaper as paperTwin } from '../reference/drawingPaper.ts';
import { bilinear, field, fieldOf, pictureOf, reduced } from '../reference/field.ts';
import { lineDarkness } from '../reference/lines.ts';
import { noiseChannel } from '../reference/noise.ts';
import scaled from '../support/kernels/scaled.wgsl';
import { flat, grey, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const FACTOR = 4;

/** The masses alone, of the green of a picture, in red. */
const massing: Look = defineEffect<Record<string, never>>({
  name: 'massing',
  params: {},
  build: (graph, { source }) => graph.compute(massKernel, { inputs: { tones: source, blurred: reduce(graph, source, FACTOR) }, params: { blurredTexel: FACTOR } }),
})();

test('masses are their twin', async ({ render }) => {
  const source = scene(64, 48);
  const tones = fieldOf(source);
  const blurred = reduced(tones, FACTOR);
  const expected = pictureOf(field(64, 48, (x, y) => [charcoalMass(tones.at(x, y)[1], bilinear(blurred, (x + 0.5) / FACTOR, (y + 0.5) / FACTOR)[1]), 0, 0]));
  expect(psnr(await render(massing, source), expected)).toBeGreaterThan(62);
});

type ToneParams = Pick<CharcoalParams, 'contrast' | 'threshold'>;
/** Responses of a picture: its green and blue, from -8 to 8; its blue is the anisotropy. */
const SPREAD = 16;
const HALF = 2;

/** Tone and contours alone: mass and shapes are a coarse red and green. */
const toned: Effect<ToneParams> = defineEffect({
  name: 'toned',
  params: { contrast: float(1.3, { min: 0.8, max: 2 }), threshold: float(0.9, { min: 0.3, max: 3 }) },
  build(graph, { source }, params) {
    const lines = graph.compute(scaled, { inputs: { source }, params: { scale: [1, SPREAD, SPREAD, 1], offset: [0, -SPREAD / 2, -SPREAD / 2, 0] } });
    const coarse = reduce(graph, source, HALF);
    return graph.compute(toneKernel, { inputs: { lines, tangents: source, mass: coarse, shapes: coarse }, params: { ...params, texel: HALF } });
  },
});

test('tones and contours are their twins', async ({ render }) => {
  const source = scene(64, 48);
  const code = fieldOf(source);
  const responses = field(64, 48, (x, y) => code.at(x, y).map((value, c) => (c === 0 ? value : SPREAD * (value - 0.5))));
  const coarse = reduced(code, HALF);
  for (const params of [{ contrast: 1.3, threshold: 0.9 }, { contrast: 0.8, threshold: 0.3 }, { contrast: 2, threshold: 2.5 }]) {
    const expected = pictureOf(field(64, 48, (x, y) => {
      const [mass, shape] = bilinear(coarse, (x + 0.5) / HALF, (y + 0.5) / HALF);
      return [
        charcoalTone(mass, shape, code.at(x, y)[0], params.contrast),
        lineDarkness(responses, x, y, code.at(x, y)[2], { threshold: params.threshold, softness: 2.6, weights: [0.85, 1] }),
        0,
      ];
    }));
    expect(psnr(await render(toned(params), source), expected)).toBeGreaterThan(55);
  }
});

type DrawParams = Pick<CharcoalParams, 'lines' | 'rough' | 'laid' | 'darkest'>;
const UNIT = 1.2;
const RIB = 3.4;
const STICK: PenLayer = { angle: -50, spacing: 6.6, length: 70, width: 7.8, tilt: 0.04, bend: 1.2, overlap: 0.35, soft: 4.8, seed: 25 };
const SHEET: readonly [NoiseChannel, NoiseChannel, NoiseChannel, NoiseChannel] = [
  drawingPaper({ tooth: 2.6, fibres: 0.6, seed: 12 }),
  { scale: [7, 2.6], seed: 35, octaves: 2, corner: true },
  { scale: 36, seed: 36, octaves: 2, corner: true },
  { scale: 20, seed: 65, octaves: 2, corner: true },
];

/** The drawing alone, of a picture whose red is the tone and its green the contours. */
const drawing: Effect<DrawParams> = defineEffect({
  name: 'drawing',
  params: { lines: float(0.9, { min: 0, max: 1 }), rough: float(0.6, { min: 0, max: 1 }), laid: float(0.35, { min: 0, max: 1 }), darkest: float(0.95, { min: 0.6, max: 1 }) },
  build: (graph, { source }, params) => graph.compute(drawKernel, { inputs: { tone: source, sheet: noise(graph, SHEET) }, params: { ...params, rib: RIB, ...penStrokes(UNIT, [STICK]) } }),
});

test('drags, contours and paper are their twins', async ({ render }) => {
  const source = picture(64, 44, (x, y) => [110 + 70 * Math.sin(x / 9) + 50 * Math.cos(y / 7), Math.max(0, 300 * Math.sin(x / 5 + y / 9) - 150), 0]);
  const tone = fieldOf(source);
  for (const params of [{ lines: 0.9, rough: 0.6, laid: 0.35, darkest: 0.95 }, { lines: 0.4, rough: 1, laid: 1, darkest: 0.6 }, { lines: 1, rough: 0, laid: 0, darkest: 1 }]) {
    const expected = pictureOf(field(64, 44, (x, y) => {
      const [paper, drags, waver, pressure] = SHEET.map((channel) => noiseChannel(x, y, channel)) as [number, number, number, number];
      return drawTwin(x, y, tone, { paper, drags, waver, pressure, rib: RIB, unit: UNIT, stick: STICK }, params);
    }));
    expect(psnr(await render(drawing(params), source), expected)).toBeGreaterThan(55);
  }
});

const codes = ({ data }: Pixels): number[] => [...data].filter((_, i) => i % 4 === 0);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('a white sheet is bare Ingres paper, and a black one velvet', async ({ render }) => {
  // Small pictures have 3/4 px in a unit.
  const bare = pictureOf(field(40, 30, (x, y) => charcoalPaper(paperTwin(x, y, 2.2 * 0.75, 0.6, 5 + 7))));
  expect(maxDifference(await render(charcoal(), flat(40, 30, grey(255))), bare)).toBeLessThanOrEqual(1);
  const velvet = codes(await render(charcoal({ darkest: 1 }), flat(40, 30, grey(0))));
  expect(mean(velvet)).toBeLessThan(55);
  // Carbon, and no blacker.
  expect(Math.min(...velvet)).toBeGreaterThanOrEqual(18);
});
/** Standard deviation. */
function unrest(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

test('grain is what rough and laid ask for', async ({ render }) => {
  const half = flat(64, 48, grey(90));
  const drawn = (params: Partial<CharcoalParams>): Promise<Pixels> => render(charcoal(params), half);
  const smooth = await drawn({ rough: 0, laid: 0 });
  expect(maxDifference(await drawn({ rough: 0, laid: 1 }), smooth)).toBe(0);
  const [some, much] = [unrest(codes(await drawn({ rough: 0.4, laid: 0 }))), unrest(codes(await drawn({ rough: 1, laid: 0 })))];
  expect(some).toBeGreaterThan(unrest(codes(smooth)) + 2);
  expect(much).toBeGreaterThan(some + 2);
  // Ribs lie level: rows differ, not columns.
  const rows = (pixels: Pixels): number => unrest(Array.from({ length: 48 }, (_, y) => mean(codes(pixels).slice(64 * y, 64 * (y + 1)))));
  expect(rows(await drawn({ laid: 1 }))).toBeGreaterThan(rows(await drawn({ laid: 0 })) + 3);
});

test('contrast separates the masses, more lines are darker', async ({ render }) => {
  // Black and white at the sides, so that levels leave the two tones between them.
  const columns = picture(96, 32, (x) => grey([0, 70, 150, 255][Math.floor(x / 24)]!));
  const sides = async (contrast: number): Promise<[number, number]> => {
    const painted = await render(charcoal({ contrast, rough: 0 }), columns);
    const meanOf = (from: number): number => mean(Array.from({ length: 16 * 32 }, (_, i) => texel(painted, from + (i % 16), Math.floor(i / 16))[0]!));
    return [meanOf(28), meanOf(52)];
  };
  const [soft, hard] = [await sides(0.8), await sides(2)];
  expect(hard[1] - hard[0]).toBeGreaterThan(soft[1] - soft[0] + 20);
  const source = scene(64, 48);
  const lightness = async (lines: number): Promise<number> => mean(codes(await render(charcoal({ lines }), source)));
  expect(await lightness(0.5)).toBeLessThan((await lightness(0)) - 0.5);
  expect(await lightness(1)).toBeLessThan((await lightness(0.5)) - 0.5);
});
