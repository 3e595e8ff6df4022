import { expect } from 'vitest';
import { defineEffect, optional, type Effect } from '../../src/core/effect.ts';
import { choice } from '../../src/core/params.ts';
import { FrameGraph } from '../../src/core/frameGraph.ts';
import { guidedFlow } from '../../src/passes/guidedFlow.ts';
import { structureTensor } from '../../src/passes/structureTensor.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { guidedFlow as twin } from '../reference/guidedFlow.ts';
import { tensorOf } from '../reference/structureTensor.ts';
import { shownTangents, tangentFlow as tangents } from '../reference/tangentFlow.ts';
import { tangentFlow } from '../../src/passes/tangentFlow.ts';
import show from '../support/kernels/tangents.wgsl';
import { flat, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const guided: Effect<{ resolution: 'full' | 'half' }> = defineEffect({
  name: 'guided',
  params: { resolution: choice('full', ['full', 'half'], { rebuilds: true }) },
  inputs: { radiusMap: optional('r'), directionMap: optional('rgb') },
  build: (graph, { source, radiusMap, directionMap }, { resolution }) => graph.compute(show, { inputs: { tangents: tangentFlow(graph, guidedFlow(graph, structureTensor(graph, source, { sigma: 2, resolution }), { radiusMap, directionMap })) } }),
});

/** Directions all around the middle, strong far from it. */
const whirl = picture(60, 44, (x, y) => [127.5 + 4 * (22 - y), 127.5 + 4 * (x - 30), 0]);

test('it is its twin', async ({ render }) => {
  const source = scene(60, 44);
  const expected = pictureOf(shownTangents(tangents(twin(tensorOf(fieldOf(source), 2), whirl))));
  expect(psnr(await render(guided(), source, { inputs: { directionMap: whirl } }), expected)).toBeGreaterThan(45);
});

test('a direction of full strength is the flow, in flat places too, whatever the resolution; opposite ones are the same', async ({ render }) => {
  for (const source of [scene(40, 32), flat(40, 32, [90, 90, 90])]) {
    for (const resolution of ['full', 'half'] as const) {
      for (const sign of [1, -1]) {
        const map = flat(40, 32, [127.5 + sign * 127.5 * Math.SQRT1_2, 127.5 + sign * 127.5 * Math.SQRT1_2, 0]);
        const [cosine = 0, sine = 0, anisotropy = 0] = texel(await render(guided({ resolution }), source, { inputs: { directionMap: map } }), 20, 16);
        expect(Math.abs(cosine - 127.5)).toBeLessThan(3);
        expect(sine).toBeGreaterThan(252);
        expect(anisotropy).toBeGreaterThan(248);
      }
    }
  }
});

test('grey is no direction, and a radius changes none', async ({ render }) => {
  const source = scene(40, 32);
  const plain = await render(guided(), source);
  for (const code of [127, 128]) expect(maxDifference(await render(guided(), source, { inputs: { directionMap: flat(40, 32, [code, code, 0]) } }), plain)).toBe(0);
  expect(maxDifference(await render(guided(), source, { inputs: { radiusMap: flat(40, 32, [40, 0, 0]) } }), plain)).toBe(0);
});

test('without maps nothing is recorded', () => {
  const graph = new FrameGraph({ width: 8, height: 8, origin: [0, 0], scale: 1 } as never);
  const flow = { tensor: graph.texture('rgba16float'), texel: 1 };
  expect(guidedFlow(graph, flow, {})).toBe(flow);
  expect(graph.recording.passes).toHaveLength(0);
});
