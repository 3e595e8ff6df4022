import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { bool, colorToRgb, float, list } from '../../src/core/params.ts';
import { halftonePrint } from '../../src/passes/halftonePrint.ts';
import { halftonePrint as twin } from '../reference/halftonePrint.ts';
import { decodeSrgb, encodeSrgb } from '../reference/srgb.ts';
import { picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const INK = '#1d1d1b';
const PAPER = '#f1e0c0';
// Of sharp: nothing of the blur is left.
const UNBLURRED = 2 / 3;
// Of round dots of exact area, in px.
const RIM = 0.46;
const linear = (color: string): number[] => colorToRgb(color).map(decodeSrgb);

interface Print { period: number; angles: readonly number[]; gcr: number; gain: number; exact: boolean }

const printed: Effect<Print> = defineEffect({
  name: 'printed',
  params: { period: float(6, { min: 3, max: 60 }), angles: list([15, 75, 0, 45], { min: -180, max: 180 }), gcr: float(0.75, { min: 0, max: 1 }), gain: float(0, { min: -0.3, max: 0.5 }), exact: bool(true) },
  build: (graph, { source }, params) => halftonePrint(graph, source, { ...params, mode: 'cmyk', shape: 'round', sharp: UNBLURRED, ink: INK, paper: PAPER }),
});

test.for<Print>([
  { period: 6, angles: [15, 75, 0, 45], gcr: 0.75, gain: 0, exact: true },
  { period: 13, angles: [0, 30, 60, 90], gcr: 0, gain: 0.4, exact: true },
  { period: 4, angles: [-20, 20, 45, -70], gcr: 1, gain: -0.2, exact: true },
  { period: 5.5, angles: [15, 75, 0, 45], gcr: 0.75, gain: 0.1, exact: false },
])('the print is its twin: %o', async (print, { render }) => {
  const source = scene(48, 40);
  const { exact, ...facts } = print;
  const inks = ['#009ee0', '#e2007a', '#ffed00', INK].map(linear);
  const expected = picture(48, 40, (x, y) => {
    const code = texel(source, x, y).slice(0, 3).map((value) => value / 255);
    const off = exact ? 0.25 : 0;
    return twin(code, { ...facts, x: x + off, y: y + off, rim: exact ? RIM : 0, paper: linear(PAPER), inks }).map((light) => 255 * encodeSrgb(light));
  });
  expect(psnr(await render(printed(print), source), expected)).toBeGreaterThan(45);
});
