import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { bool, float, seed } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { flowPhase } from '../../src/passes/flowPhase.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { field, fieldOf, type Field } from '../reference/field.ts';
import { flowPhase as phaseAt, lineCover, phasorGrid, type Lines } from '../reference/flowPhase.ts';
import show from '../support/kernels/flowLines.wgsl';
import offset from '../support/kernels/offset.wgsl?rgba16float';
import { flat, hash, maxDifference, picture, psnr, scene } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

interface FlowLinesParams extends Lines {
  duty: number;
  follows: boolean;
}

/** Lines along the flow of the picture, or, where it does not follow it, along the tensor that the picture is, 0.5 for 0. */
const flowLines: Effect<FlowLinesParams> = defineEffect({
  name: 'flowLines',
  params: { period: float(6, { min: 3, max: 50, rebuilds: true }), turn: float(0, { min: -2, max: 2 }), seed: seed(4), duty: float(0.4, { min: 0, max: 1 }), follows: bool(false, { rebuilds: true }) },
  build(graph, { source }, { duty, follows, ...lines }) {
    const flow = follows
      ? structureTensor(graph, source, { sigma: 4, resolution: 'half', relaxation: { scale: 4, gain: 0.1, rest: { angle: 0.3, weight: 1e-4 } } })
      : { tensor: graph.compute(offset, { inputs: { source }, params: { amount: -0.5 } }), texel: 1 };
    const params = { turn: [Math.cos(lines.turn), Math.sin(lines.turn)], period: lines.period, texel: flow.texel, duty };
    return graph.compute(show, { inputs: { grid: flowPhase(graph, flow, lines), tensor: flow.tensor }, params, size: graph.frame });
  },
});

/** A tensor whose direction swings to and fro, and turns once from top to bottom. */
const turning = picture(97, 61, (x, y) => {
  const angle = 0.4 * Math.sin(x / 30) + y / 10;
  return [127.5 + 60 * Math.cos(angle), 127.5 + 60 * Math.sin(angle), 127.5 - 60 * Math.cos(angle)];
});

function tensorOf(source: Pixels): Field {
  const { width, height, at } = fieldOf(source);
  return field(width, height, (x, y) => at(x, y).map((value) => value - 0.5));
}

test.for([
  { period: 6, turn: 0, seed: 2, duty: 0.4 },
  { period: 4.3, turn: 1.08, seed: 7, duty: 0.1 },
])('lines are those of float64: $period px, turned by $turn rad', async (params, { render }) => {
  const tensor = tensorOf(turning);
  const grid = phasorGrid(tensor, params);
  const expected = picture(97, 61, (x, y) => {
    const phase = phaseAt(grid, tensor, x, y, params);
    return [0.5 + 0.5 * Math.cos(phase), 0.5 + 0.5 * Math.abs(Math.sin(phase)), lineCover(phase, (2 * Math.PI) / params.period, params.duty)].map((value) => 255 * value);
  });
  expect(psnr(await render(flowLines(params), turning), expected)).toBeGreaterThan(45);
});

const meanOf = ({ data }: Pixels, channel: number): number => data.filter((_, i) => i % 4 === channel).reduce((sum, value) => sum + value, 0) / (data.length / 4);

test('lines cover the share they are asked to, down to nothing', async ({ render }) => {
  expect(meanOf(await render(flowLines({ duty: 0 }), turning), 2)).toBe(0);
  for (const duty of [0.05, 0.3, 0.7]) expect(Math.abs(meanOf(await render(flowLines({ duty, period: 8 }), turning), 2) / 255 - duty)).toBeLessThan(0.03);
});

test('lines stay where they are: a noisy picture that stands still moves them less than where each frame begins anew', async ({ device, studio }) => {
  const look = studio.pipeline(flowLines({ follows: true }));
  await look.ready;
  const [target, still] = [makeTexture(device, 120, 90), scene(120, 90)];
  const [kept, anew]: [Pixels[], Pixels[]] = [[], []];
  for (let i = 0; i < 4; i++) {
    // Two levels, as of a sensor.
    const frame = picture(120, 90, (x, y) => [0, 1, 2].map((c) => still.data[4 * (120 * y + x) + c]! + 7 * (hash(3 * x + c, y + 1000 * i) - 0.5)));
    look.render(frame, target);
    kept.push(await readTexture(device, target));
    anew.push(await look.read(frame));
  }
  expect(maxDifference(kept[0]!, anew[0]!)).toBe(0);
  expect(changeOf(kept)).toBeLessThan(0.6 * changeOf(anew));
  look.destroy();
});

test('they come to rest: nothing at the edge keeps them turning', async ({ device, studio }) => {
  const look = studio.pipeline(flowLines({ follows: true }));
  await look.ready;
  const [target, still] = [makeTexture(device, 64, 48), scene(64, 48)];
  const shown: Pixels[] = [];
  for (let i = 0; i < 60; i++) {
    look.render(still, target);
    if (i < 2 || i > 57) shown.push(await readTexture(device, target));
  }
  expect(changeOf(shown.slice(2))).toBeLessThan(0.5 * changeOf(shown.slice(0, 2)));
  look.destroy();
});

/** Of the wave, between pictures that follow each other. */
function changeOf(pictures: readonly Pixels[]): number {
  return pictures.slice(1).reduce((sum, { data }, i) => sum + data.reduce((own, value, j) => own + (j % 4 === 0 ? Math.abs(value - pictures[i]!.data[j]!) : 0), 0), 0);
}

test('another size begins anew', async ({ device, studio }) => {
  const look = studio.pipeline(flowLines({ follows: true }));
  await look.ready;
  for (const [width, height] of [[64, 48], [50, 40]] as const) {
    const target = makeTexture(device, width, height);
    const source = scene(width, height);
    expect(look.render(source, target)).toBe(true);
    expect(maxDifference(await readTexture(device, target), await look.read(source))).toBe(0);
  }
  look.destroy();
});

test('flat and tiny pictures are fine', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) {
    const shown = await render(flowLines({ follows: true }), scene(width, height));
    expect(shown.data).toHaveLength(4 * width * height);
  }
  // Without any direction lines are as those of a tensor of rest: somewhere between all and nothing.
  const share = meanOf(await render(flowLines(), flat(40, 30, [128, 128, 128])), 2) / 255;
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.5);
});
