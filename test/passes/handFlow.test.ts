import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { handFlow, type HandOptions } from '../../src/passes/handFlow.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { tangentFlow } from '../../src/passes/tangentFlow.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { handFlow as twin, restingAngle } from '../reference/handFlow.ts';
import { tensorOf } from '../reference/structureTensor.ts';
import { shownTangents, tangentFlow as tangentTwin } from '../reference/tangentFlow.ts';
import show from '../support/kernels/tangents.wgsl';
import { flat, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

function handTangents(options: HandOptions, resolution: 'full' | 'half' = 'full'): Look {
  return defineEffect<Record<string, never>>({
    name: 'handTangents',
    params: {},
    build: (graph, { source }) => graph.compute(show, { inputs: { tangents: tangentFlow(graph, handFlow(graph, structureTensor(graph, source, { sigma: 2, resolution }), options)) } }),
  })();
}

const HAND: HandOptions = { weight: 1.5e-4, swing: 1, seed: 7 };

test('it is its twin', async ({ render }) => {
  const source = scene(61, 43);
  // A heavy hand too, which shows everywhere.
  for (const options of [HAND, { weight: 0.05, swing: 0.35, angle: 0.4, seed: 3 }]) {
    expect(psnr(await render(handTangents(options), source), pictureOf(shownTangents(tangentTwin(twin(tensorOf(fieldOf(source), 2), options)))))).toBeGreaterThan(48);
  }
});

test('in a flat picture the tangent is the resting angle and its swing', async ({ render }) => {
  const nothing = flat(96, 64, [120, 120, 120]);
  for (const resolution of ['full', 'half'] as const) {
    for (const options of [{ ...HAND, swing: 0 }, { ...HAND, angle: 0.5, swing: 0.35 }, HAND]) {
      const expected = picture(96, 64, (x, y) => {
        const angle = 2 * restingAngle(x, y, 96, options);
        return [127.5 + 127.5 * Math.cos(angle), 127.5 + 127.5 * Math.sin(angle), 255];
      });
      expect(psnr(await render(handTangents(options, resolution), nothing), expected)).toBeGreaterThan(45);
    }
  }
});

test('at an edge it is the edge, and another seed swings another way', async ({ render }) => {
  const edge = picture(96, 64, (x) => (x < 48 ? [90, 90, 90] : [160, 160, 160]));
  const [x = 0, y = 0] = texel(await render(handTangents(HAND), edge), 48, 32);
  expect(x).toBeLessThanOrEqual(1);
  expect(Math.abs(y - 127.5)).toBeLessThanOrEqual(2);
  const [one, other] = [await render(handTangents(HAND), flat(96, 64, [0, 0, 0])), await render(handTangents({ ...HAND, seed: 8 }), flat(96, 64, [0, 0, 0]))];
  expect(psnr(one, other)).toBeLessThan(25);
});
