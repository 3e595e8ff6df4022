import { expect } from 'vitest';
import enlarge from '../../shaders/passes/enlarge.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { choice, float } from '../../src/core/params.ts';
import { misfit } from '../../src/passes/misfit.ts';
import { gaussianBlur } from '../reference/gaussianBlur.ts';
import constant from '../support/kernels/constant.wgsl';
import { picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

/** How far grey is from the picture: what the canvas lacks, where that is above 0. */
const lacking: Effect<{ sigma: number; resolution: 'full' | 'half' }> = defineEffect({
  name: 'lacking',
  params: { sigma: float(2, { min: 0, max: 20 }), resolution: choice('half', ['full', 'half']) },
  build(graph, { source }, { sigma, resolution }) {
    const black = graph.compute(constant, { params: { color: [0, 0, 0, 1] }, size: graph.frame });
    const { coarse, factor } = misfit(graph, source, black, sigma, resolution);
    return graph.compute(enlarge, { inputs: { coarse }, params: { factor }, size: graph.frame });
  },
});

const soft = picture(64, 48, (x, y) => [128 + 80 * Math.sin(x / 5), 120 + 70 * Math.cos(y / 4), 2 * x + y]);

test.for([[0.6, 'half', 45], [2, 'full', 45], [6, 'full', 45], [1.2, 'half', 38], [6, 'half', 38]] as const)('it is the blurred difference of float64: sigma %d, %s', async ([sigma, resolution, dB], { render }) => {
  const planes = [0, 1, 2].map((c) => gaussianBlur({ data: Float64Array.from({ length: 64 * 48 }, (_, i) => soft.data[4 * i + c] as number), width: 64, height: 48 }, sigma));
  const twin = picture(64, 48, (x, y) => planes.map(({ data }) => data[y * 64 + x] as number));
  expect(psnr(await render(lacking({ sigma, resolution }), soft), twin)).toBeGreaterThan(dB);
});
