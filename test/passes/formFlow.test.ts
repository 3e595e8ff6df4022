import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { formFlow } from '../../src/passes/formFlow.ts';
import { fieldOf } from '../reference/field.ts';
import { formFlow as twin } from '../reference/structureTensor.ts';
import show from '../support/kernels/tensor.wgsl';
import { flat, grey, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

interface FormsParams {
  soft: number;
  sigma: number;
  scale: number;
}

const forms: Effect<FormsParams> = defineEffect({
  name: 'forms',
  params: { soft: float(1.5, { min: 0, max: 8, rebuilds: true }), sigma: float(4, { min: 1, max: 40, rebuilds: true }), scale: float(3, { min: 1, max: 5, rebuilds: true }) },
  build(graph, { source }, params) {
    const { tensor, texel } = formFlow(graph, source, { ...params, ...FILLED });
    return graph.compute(show, { inputs: { tensor }, params: { texel }, size: graph.sizeOf(source) });
  },
});

const FILLED = { gain: 0.3, rest: { angle: Math.PI / 8, weight: 1e-4 } };

/** The twin, as the kernel shows it. */
function expected(source: Pixels, params: FormsParams): Pixels {
  const { width, height, at } = twin(fieldOf(source), { ...params, ...FILLED });
  return picture(width, height, (x, y) => {
    const [e, f, g] = at(x, y);
    const trace = Math.max(e + g, 1e-9);
    return [127.5 + (127.5 * (e - g)) / trace, 127.5 + (127.5 * 2 * f) / trace, 255 * Math.sqrt(trace)];
  });
}

// Whole tensors, then reduced ones; the last are smaller than their Gaussians, so that most of what they see is the repeated edge.
test.for([
  { soft: 1.5, sigma: 4, scale: 4 },
  { soft: 3, sigma: 6, scale: 4 },
  { soft: 5, sigma: 17, scale: 3 },
  { soft: 2, sigma: 36, scale: 2 },
])('the tensor is that of whole Gaussians: soft $soft, sigma $sigma, the wide one $scale times that', async (params, { render }) => {
  for (const source of [scene(61, 43), picture(61, 43, (x, y) => grey(Math.hypot(x - 40, y - 30) < 20 ? 240 : 60))]) {
    expect(psnr(await render(forms(params), source), expected(source, params))).toBeGreaterThan(48);
  }
});

test('it mirrors with the picture', async ({ render }) => {
  const source = scene(64, 48);
  const isotropic = await render(forms({ sigma: 17 }), source);
  const mirror = mirrored(await render(forms({ sigma: 17 }), mirrored(source)));
  // The strength; the direction at rest does not mirror.
  const strength = ({ data }: Pixels): Pixels => ({ ...source, data: data.map((value, i) => (i % 4 === 2 ? value : 0)) });
  expect(maxDifference(strength(mirror), strength(isotropic))).toBeLessThanOrEqual(1);
});

test('where there is nothing at all the direction at rest remains', async ({ render }) => {
  const [e, f] = texel(await render(forms({ sigma: 17 }), flat(9, 7, [90, 40, 10])), 4, 3);
  // n = (-sin, cos): (E - G) / (E + G) = -cos 2a and 2F / (E + G) = -sin 2a.
  expect([e, f]).toEqual([37, 37]);
});

test('tiny pictures are fine', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) expect((await render(forms({ sigma: 20 }), scene(width, height))).data).toHaveLength(4 * width * height);
});
