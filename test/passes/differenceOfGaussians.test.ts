import { expect } from 'vitest';
import { defineEffect } from '../../src/core/effect.ts';
import { differenceOfGaussians, type WeightedGaussian } from '../../src/passes/differenceOfGaussians.ts';
import { gaussianBlur } from '../reference/gaussianBlur.ts';
import { picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const source = scene(61, 43);
const red = (sigma: number): Float64Array => gaussianBlur({ data: Float64Array.from({ length: 61 * 43 }, (_, i) => texel(source, i % 61, Math.floor(i / 61))[0]!), width: 61, height: 43 }, sigma).data;

test.for<[WeightedGaussian, WeightedGaussian]>([
  [{ sigma: 1.4, weight: 2 }, { sigma: 2.24, weight: -1 }],
  [{ sigma: 0, weight: 1.5 }, { sigma: 9, weight: -0.5 }],
  [{ sigma: 3, weight: 0 }, { sigma: 3, weight: 1 }],
])('it is the weighted sum of two Gaussians: %o', async ([narrow, wide], { render }) => {
  const painted = defineEffect<Record<string, never>>({
    name: 'painted',
    params: {},
    build: (graph, inputs) => differenceOfGaussians(graph, inputs.source, narrow, wide),
  });
  const [near, far] = [narrow.sigma === 0 ? red(1e-3) : red(narrow.sigma), red(wide.sigma)];
  const wanted = picture(61, 43, (x, y) => [narrow.weight * near[61 * y + x]! + wide.weight * far[61 * y + x]!, 0, 0]);
  const onlyRed = picture(61, 43, (x, y) => [texel(source, x, y)[0]!, 0, 0]);
  expect(psnr(await render(painted(), onlyRed), wanted)).toBeGreaterThan(55);
});
