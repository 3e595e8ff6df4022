import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { detailMap } from '../../src/passes/detailMap.ts';
import { gaussianBlur } from '../../src/passes/gaussianBlur.ts';
import enlarge from '../../shaders/passes/enlarge.wgsl';
import { gaussianBlur as blurTwin } from '../reference/gaussianBlur.ts';
import { flat, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

/** Where a picture differs from its own blur, enlarged again. */
function lost(sigma: number, blur: number): Look {
  return defineEffect<Record<string, never>>({
    name: 'lost',
    params: {},
    build(graph, { source }) {
      const { coarse, factor } = detailMap(graph, source, gaussianBlur(graph, source, { sigma: blur }), sigma);
      return graph.compute(enlarge, { inputs: { coarse }, params: { factor }, size: graph.sizeOf(source) });
    },
  })();
}

test.for([1.2, 3])('it is the blurred distance at sigma %f', async (sigma, { render }) => {
  const [width, height] = [61, 44];
  const source = scene(width, height);
  const channels = [0, 1, 2].map((channel) => ({ width, height, data: Float64Array.from({ length: width * height }, (_, i) => texel(source, i % width, Math.floor(i / width))[channel]!) }));
  const blurred = channels.map((plane) => blurTwin(plane, 2));
  const distance = { width, height, data: channels[0]!.data.map((_, i) => Math.hypot(...channels.map((plane, c) => plane.data[i]! - blurred[c]!.data[i]!))) };
  const wanted = blurTwin(distance, sigma);
  const expected = picture(width, height, (x, y) => Array.from({ length: 3 }, () => wanted.data[y * width + x]!));
  expect(psnr(await render(lost(sigma, 2), source), expected)).toBeGreaterThan(sigma < 2 ? 38 : 45);
});

test('equal pictures differ nowhere, at any size', async ({ render }) => {
  for (const [width, height] of [[1, 1], [7, 5], [2, 9]] as const) expect(maxDifference(await render(lost(1, 0), scene(width, height)), flat(width, height, [0, 0, 0]))).toBe(0);
});
