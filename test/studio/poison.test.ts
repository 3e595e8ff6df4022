import { expect } from 'vitest';
import { effects, looks } from '../../src/all.ts';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import type { Studio } from '../../src/studio/studio.ts';
import { scene } from '../support/pictures.ts';
import { makeStudio, test as studioTest } from '../support/studioTest.ts';
import half from '../support/kernels/half.wgsl';

const SOURCE = scene(40, 27);

/** Writes the upper half of its result only. */
const careless: Effect<Record<string, never>> = defineEffect({
  name: 'careless',
  params: {},
  build: (graph, { source }) => graph.compute(half, { inputs: { source } }),
});

const test = studioTest.extend('poisoned', async ({ device }, { onCleanup }): Promise<Studio> => {
  const studio = await makeStudio({ device, poison: true });
  onCleanup(() => {
    studio.destroy();
    expect(studio.metrics().created).toBe(studio.metrics().destroyed);
  });
  return studio;
});

test('no effect or look reads what nobody has written', async ({ studio, poisoned }) => {
  for (const effect of [...effects, ...looks].filter(({ looks: combined }) => combined.length === 0)) {
    const [a, b] = [studio.pipeline(effect.step({})), poisoned.pipeline(effect.step({}))];
    expect(await b.read(SOURCE), effect.name).toEqual(await a.read(SOURCE));
    a.destroy();
    b.destroy();
  }
});

test('an effect that leaves texels unwritten is seen: they are magenta', async ({ poisoned }) => {
  const { data } = await poisoned.pipeline(careless()).read(SOURCE);
  expect(Array.from(data.slice(0, 4))).toEqual(Array.from(SOURCE.data.slice(0, 4)));
  expect(Array.from(data.slice(-4))).toEqual([255, 0, 255, 255]);
});
