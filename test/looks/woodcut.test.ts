import { expect } from 'vitest';
import boardKernel from '../../shaders/looks/woodcutBoard.wgsl';
import printKernel from '../../shaders/looks/woodcut.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { woodcut } from '../../src/looks/woodcut.ts';
import { flowPhase } from '../../src/passes/flowPhase.ts';
import { field, fieldOf } from '../reference/field.ts';
import { flowPhase as phaseAt, phasorGrid } from '../reference/flowPhase.ts';
import { woodcut as twin, woodcutBoard } from '../reference/woodcut.ts';
import responses from '../support/kernels/responses.wgsl';
import { flat, grey, hash, picture, psnr, texel } from '../support/pictures.ts';
import { softScene } from '../support/softScene.ts';
import { test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const UNIT = 1.2;
const LINES = { period: 7, turn: 0, seed: 4 };
const KNIFE = { threshold: 0.5, lines: 0.8, wood: 0.6 };

/** The board alone. */
const boardAlone: Effect<object> = defineEffect({
  name: 'boardAlone',
  params: {},
  build: (graph) => graph.compute(boardKernel, { params: { unit: UNIT, seed: LINES.seed } }),
});

test('the board is its twin', async ({ render }) => {
  const expected = picture(96, 64, (x, y) => woodcutBoard(x, y, UNIT, LINES.seed).map((value) => 255 * value));
  expect(psnr(await render(boardAlone(), flat(96, 64, grey(0))), expected)).toBeGreaterThan(45);
});

/** The print alone: r of the picture is the tone, g and b the responses of lines, and all three the tensor that marks follow. */
const printAlone: Effect<{ carve: number }> = defineEffect({
  name: 'printAlone',
  params: { carve: float(0.9, { min: 0, max: 1 }) },
  build(graph, { source }, { carve }) {
    const tone = graph.compute(responses, { inputs: { source } });
    const board = graph.compute(boardKernel, { params: { unit: UNIT, seed: LINES.seed } });
    const grid = flowPhase(graph, { tensor: source, texel: 1 }, LINES);
    return graph.compute(printKernel, { inputs: { tone, grid, tensor: source, board }, params: { ...KNIFE, carve, period: LINES.period, texel: 1 } });
  },
});

test.for([0, 0.9])('the print is its twin, carved by %f', async (carve, { render }) => {
  // Lighter to the right; white and black contours where the waves of the other two are far from the middle.
  const source = picture(96, 64, (x, y) => [(255 * x) / 95, 128 + 30 * Math.sin(y / 4), 128 + 60 * Math.cos(y / 7)]);
  const code = fieldOf(source);
  const tone = field(96, 64, (x, y) => [code.at(x, y)[0], 20 * (code.at(x, y)[1] - 0.5), 20 * (code.at(x, y)[2] - 0.5)]);
  const boards = field(96, 64, (x, y) => woodcutBoard(x, y, UNIT, LINES.seed).map((value) => Math.round(255 * value) / 255));
  const grid = phasorGrid(code, LINES);
  const expected = picture(96, 64, (x, y) => {
    const cut = { tone, waver: (atX: number, atY: number) => boards.at(atX, atY)[0], worn: boards.at(x, y)[1], phase: phaseAt(grid, code, x, y, LINES), period: LINES.period };
    return twin(x, y, cut, { ...KNIFE, carve }).map((value) => 255 * value);
  });
  expect(psnr(await render(printAlone({ carve }), source), expected)).toBeGreaterThan(40);
});

test('darker greys keep more ink; white is paper and black is ink, worn by the board', async ({ render }) => {
  const light = async (code: number, wood: number): Promise<number> => {
    const { data } = await render(woodcut({ wood }), flat(80, 64, grey(code)));
    return data.reduce((sum, value) => sum + value, 0) / data.length;
  };
  const greys = [await light(0, 0), await light(90, 0), await light(160, 0)];
  expect(greys.toSorted((a, b) => a - b)).toEqual(greys);
  expect(await light(0, 1)).toBeGreaterThan(greys[0]! + 3);
  expect(new Set((await render(woodcut(), flat(40, 30, grey(255)))).data)).toEqual(new Set([246, 241, 230, 255]));
});

test('a dark thing in the dark has a light rim, one on paper a black contour', async ({ render }) => {
  // Beside them both ends of the scale, or a picture of little contrast would stay one.
  const disc = (around: number, inside: number): Pixels => picture(96, 96, (x, y) => grey(x < 6 ? 255 : x < 12 ? 0 : Math.hypot(x - 48, y - 48) < 30 ? inside : around));
  const ring = async (source: Pixels): Promise<number[]> => {
    const print = await render(woodcut({ wood: 0, carve: 0 }), source);
    return Array.from({ length: 12 }, (_, i) => texel(print, 72 + i, 48)[0]!);
  };
  expect(Math.max(...(await ring(disc(10, 105))))).toBeGreaterThan(100);
  expect(Math.min(...(await ring(disc(250, 190))))).toBeLessThan(100);
});

test('in video marks stay where they are', async ({ device, studio }) => {
  const look = studio.pipeline(woodcut());
  const [target, still] = [makeTexture(device, 120, 90), softScene(120, 90)];
  const [kept, anew]: [Pixels[], Pixels[]] = [[], []];
  for (let i = 0; i < 3; i++) {
    const frame = picture(120, 90, (x, y) => [0, 1, 2].map((c) => still.data[4 * (120 * y + x) + c]! + 7 * (hash(3 * x + c, y + 1000 * i) - 0.5)));
    // First, because it waits for the kernels of this size.
    anew.push(await look.read(frame));
    expect(look.render(frame, target)).toBe(true);
    kept.push(await readTexture(device, target));
  }
  expect(changeOf(kept)).toBeLessThan(0.6 * changeOf(anew));
  look.destroy();
});

/** The mean step of a code value from picture to picture. */
function changeOf(pictures: readonly Pixels[]): number {
  const steps = pictures.slice(1).map(({ data }, i) => data.reduce((sum, value, j) => sum + Math.abs(value - pictures[i]!.data[j]!), 0) / data.length);
  return steps.reduce((sum, step) => sum + step, 0) / steps.length;
}
