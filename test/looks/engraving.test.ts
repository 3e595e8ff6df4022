import { expect } from 'vitest';
import plateKernel from '../../shaders/looks/engraving.wgsl';
import flowKernel from '../../shaders/looks/engraving.wgsl?flow';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import { engraving } from '../../src/looks/engraving.ts';
import { flowPhase } from '../../src/passes/flowPhase.ts';
import { engraving as twin, reliefLine } from '../reference/engraving.ts';
import { fieldOf } from '../reference/field.ts';
import { flowPhase as phaseAt, phasorGrid } from '../reference/flowPhase.ts';
import { flat, grey, picture, psnr, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const PERIOD = 6.3;
const ANGLE = 18;
const CROSSING = 62;
const PLATE = { cross: 0.5, lines: 0.9, dashes: 0.3 };
const direction = (degrees: number): [number, number] => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
/** Darker to the right, with a contour across. */
const TONE = picture(96, 64, (x, y) => [(255 * x) / 95, y > 20 && y < 24 ? 200 : 20, 100]);

/** The plate alone: r of the picture is how dark it is, how far lines are pushed and where they break, g the contours. */
const plateAlone: Effect<{ bend: number }> = defineEffect({
  name: 'plateAlone',
  params: { bend: float(0, { min: 0, max: 20 }) },
  build(graph, { source }, { bend }) {
    const [[x1, y1], [x2, y2]] = [direction(ANGLE), direction(ANGLE - CROSSING)];
    return graph.compute(plateKernel, { inputs: { tone: source, dashes: source, push: source }, params: { ...PLATE, directions: [-y1, x1, -y2, x2], period: PERIOD, texel: 1, bend } });
  },
});

test.for([0, 12])('the plate of straight lines is its twin, pushed by up to %f px', async (bend, { render }) => {
  const tone = fieldOf(TONE);
  const push = (x: number, y: number): number => bend * tone.at(x, y)[0];
  const expected = picture(96, 64, (x, y) => {
    const [first, second] = [ANGLE, ANGLE - CROSSING].map((angle) => reliefLine(x, y, tone, push, PERIOD, angle));
    return twin(tone, x, y, first!, second!, tone.at(x, y)[0], PLATE).map((value) => 255 * value);
  });
  expect(psnr(await render(plateAlone({ bend }), TONE), expected)).toBeGreaterThan(45);
});

/** As above, along the flow of a tensor that is the picture itself. */
const flowingPlate: Effect<object> = defineEffect({
  name: 'flowingPlate',
  params: {},
  build(graph, { source }) {
    const flow = { tensor: source, texel: 1 };
    const turn = (CROSSING * Math.PI) / 180;
    const [first, second] = [flowPhase(graph, flow, { period: PERIOD, seed: 3 }), flowPhase(graph, flow, { period: PERIOD, turn, seed: 4 })];
    const params = { ...PLATE, directions: [1, 0, ...direction(CROSSING)], period: PERIOD, texel: 1, bend: 0 };
    return graph.compute(flowKernel, { inputs: { tone: source, dashes: source, first, second, tensor: source }, params });
  },
});

test('so is that of lines along a flow', async ({ render }) => {
  const tone = fieldOf(TONE);
  const systems = [0, 1].map((i) => ({ period: PERIOD, turn: (i * CROSSING * Math.PI) / 180, seed: 3 + i }));
  const grids = systems.map((lines) => phasorGrid(tone, lines));
  const expected = picture(96, 64, (x, y) => {
    const [first, second] = systems.map((lines, i) => ({ phase: phaseAt(grids[i]!, tone, x, y, lines), rate: (2 * Math.PI) / PERIOD }));
    return twin(tone, x, y, first!, second!, tone.at(x, y)[0], PLATE).map((value) => 255 * value);
  });
  expect(psnr(await render(flowingPlate(), TONE), expected)).toBeGreaterThan(40);
});

test('darker greys take more ink, in both modes; white is paper', async ({ render }) => {
  for (const mode of ['relief', 'flow'] as const) {
    const light = async (code: number): Promise<number> => {
      const { data } = await render(engraving({ mode }), flat(80, 64, grey(code)));
      return data.reduce((sum, value) => sum + value, 0) / data.length;
    };
    const [black, dark, pale] = [await light(0), await light(128), await light(220)];
    expect(dark).toBeGreaterThan(black + 30);
    expect(pale).toBeGreaterThan(dark + 10);
    expect(new Set((await render(engraving({ mode }), flat(40, 30, grey(255)))).data)).toEqual(new Set([249, 245, 236, 255]));
  }
});

test('relief bends lines over a form, and without bend they are straight', async ({ render }) => {
  // A soft ball: straight lines of 0 degrees cover rows alike.
  const ball = picture(96, 96, (x, y) => grey(150 - 90 * Math.exp(-((x - 48) ** 2 + (y - 48) ** 2) / 800)));
  const rows = async (bend: number): Promise<number> => {
    const print = await render(engraving({ bend, angle: 0, cross: 1, dashes: 0, lines: 0, period: 8 }), ball);
    const means = Array.from({ length: 96 }, (_, y) => Array.from({ length: 96 }, (_, x) => texel(print, x, y)[0]!).reduce((sum, code) => sum + code, 0) / 96);
    return Math.max(...means) - Math.min(...means);
  };
  expect(await rows(0)).toBeGreaterThan(1.4 * (await rows(1)));
});
