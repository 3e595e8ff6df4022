import { expect } from 'vitest';
import motionKernel from '../../shaders/passes/motion.wgsl';
import fieldKernel from '../../shaders/passes/steadyField.wgsl';
import { defineEffect, optional, type Effect } from '../../src/core/effect.ts';
import { fieldOf, pictureOf, type Field } from '../reference/field.ts';
import { motionOf, steadied, type MotionParams } from '../reference/sceneMemory.ts';
import affine from '../support/kernels/affine.wgsl';
import constant from '../support/kernels/constant.wgsl';
import { flat, picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const PARAMS: MotionParams = { floors: [0.02, 0.03], rests: [0.1, 0.3], speeds: [0.2, 2], cell: 2, gain: 6, hurry: 0.5 };
/** Flows of -4 to 4 texels are shown as 0 to 1. */
const [GAIN, AMOUNT] = [8, -4];

/** What the kernel says of the picture, `before`, and a flow that is given as a picture; shifts of -8 to 8 px as red and green, what is new as blue. */
const motionShown: Effect<Record<string, never>> = defineEffect({
  name: 'motionShown',
  params: {},
  inputs: { before: optional('rgb'), flow: optional('rgb') },
  build(graph, { source, before = source, flow = source }) {
    const moved = graph.compute(affine, { inputs: { source: flow }, params: { gain: [GAIN, GAIN, 0], amount: [AMOUNT, AMOUNT, 0] } });
    const motion = graph.compute(motionKernel, { inputs: { now: source, before, flow: moved }, params: { ...PARAMS } });
    return graph.compute(affine, { inputs: { source: motion }, params: { gain: [1 / 16, 1 / 16, 1], amount: [0.5, 0.5, 0] } });
  },
});

const SIZE = [60, 44] as const;
const wave = (x: number, y: number): number[] => [110 + 70 * Math.sin(x / 4 + y / 9), 120 + 60 * Math.sin(y / 5 - x / 11), 100 + 50 * Math.cos((x + y) / 7)];
const NOW = picture(...SIZE, wave);
/** The left moves by 2 px to the right, the right stands still but for its lower half, which is new. */
const BEFORE = picture(...SIZE, (x, y) => (x < 30 ? wave(x + 2, y) : y < 22 ? wave(x, y) : [200 - 3 * x, 40, 90]));
/** What a flow may find: the truth at the left, with noise, and at the right something else. */
const FLOW = picture(...SIZE, (x, y) => (x < 33 ? [191 + (x % 3), 127 + (y % 2), 0] : [150, 100 + x, 0]));

const flowOf = ({ width, height, at }: Field): Field => ({ width, height, at: (x, y) => [GAIN * at(x, y)[0] + AMOUNT, GAIN * at(x, y)[1] + AMOUNT, 0] });

test('motion is that of float64: what moves, what stands still though the flow says otherwise, and what is new', async ({ render }) => {
  const { width, height, at } = motionOf(fieldOf(NOW), fieldOf(BEFORE), flowOf(fieldOf(FLOW)), PARAMS);
  const expected = picture(width, height, (x, y) => [127.5 + (255 * at(x, y)[0]) / 16, 127.5 + (255 * at(x, y)[1]) / 16, 255 * at(x, y)[2]]);
  expect(psnr(await render(motionShown(), NOW, { inputs: { before: BEFORE, flow: FLOW } }), expected)).toBeGreaterThan(40);
  // The twin follows the left, leaves the right, and finds the new.
  expect([at(15, 20)[0], at(45, 10)[0], at(45, 10)[2], at(45, 35)[2]].map((value) => Math.round(value))).toEqual([4, 0, 0, 1]);
});

/** A picture steadied by `before`, with a motion that is given as a picture: shifts of -4 to 4 px, and what is new. */
const steadyShown: Effect<Record<string, never>> = defineEffect({
  name: 'steadyShown',
  params: {},
  inputs: { before: optional('rgb'), motion: optional('rgb') },
  build(graph, { source, before = source, motion = source }) {
    const moved = graph.compute(affine, { inputs: { source: motion }, params: { gain: [GAIN, GAIN, 1], amount: [AMOUNT, AMOUNT, 0] } });
    const scene = graph.compute(constant, { params: { color: [1, 0, 0, 1] }, size: { width: 1, height: 1 } });
    return graph.compute(fieldKernel, { inputs: { now: source, previous: before, motion: moved, scene }, params: { size: SIZE, texel: 1, cell: 1, least: 0.2 }, size: graph.frame });
  },
});

test('a field goes on from where it was, as in float64', async ({ render }) => {
  const motion = picture(...SIZE, (x, y) => [127 + 60 * Math.sin(x / 9), 127 + 50 * Math.cos(y / 8), 2 * x]);
  const { width, height, at } = fieldOf(motion);
  const moved: Field = { width, height, at: (x, y) => [GAIN * at(x, y)[0] + AMOUNT, GAIN * at(x, y)[1] + AMOUNT, at(x, y)[2]] };
  for (const [now, before] of [[NOW, BEFORE], [NOW, flat(...SIZE, [0, 255, 0])]] as const) {
    expect(psnr(await render(steadyShown(), now, { inputs: { before, motion } }), pictureOf(steadied(fieldOf(now), fieldOf(before), moved, 0.2)))).toBeGreaterThan(45);
  }
});
