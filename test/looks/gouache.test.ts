import { expect } from 'vitest';
import paperKernel from '../../shaders/looks/gouachePaper.wgsl';
import tonesKernel from '../../shaders/looks/gouacheTones.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float, int } from '../../src/core/params.ts';
import { gouache } from '../../src/looks/gouache.ts';
import { noise } from '../../src/passes/noise.ts';
import { gouachePaper, gouacheTones } from '../reference/gouache.ts';
import { fbm } from '../reference/noise.ts';
import offset from '../support/kernels/offset.wgsl';
import { flat, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('tiny pictures and empty sheets stay what they are: matt, never black nor paper white', async ({ render }) => {
  for (const [width, height] of [[1, 1], [7, 5]] as const) {
    const white = await render(gouache(), flat(width, height, [255, 255, 255]));
    const black = await render(gouache(), flat(width, height, [0, 0, 0]));
    for (let x = 0; x < width; x++) {
      expect(Math.min(...texel(white, x, 0))).toBeGreaterThan(230);
      expect(Math.max(...texel(white, x, 0).slice(0, 3))).toBeLessThan(255);
      for (const code of texel(black, x, 0).slice(0, 3)) expect(code > 0 && code < 30).toBe(true);
    }
  }
});

test('flat tones are fewer: a ramp has long runs of one lightness, and none without', async ({ render }) => {
  const ramp = picture(96, 8, (x) => [(255 * x) / 95, (255 * x) / 95, (255 * x) / 95]);
  const jumps = async (flatness: number): Promise<number> => {
    const painting = await render(gouache({ size: 0.4, flat: flatness, tones: 4, paper: 0 }), ramp);
    const steps = Array.from({ length: 95 }, (_, x) => Math.abs((texel(painting, x + 1, 4)[0] as number) - (texel(painting, x, 4)[0] as number)));
    return steps.filter((step) => step > 8).length;
  };
  expect(await jumps(1)).toBeGreaterThanOrEqual(3);
  expect(await jumps(0)).toBeLessThan(3);
});

interface StepParams { worked: number; tones: number; flat: number; color: number; paper: number }
const NOISE = [{ scale: 9, seed: 5 }, { scale: 3, seed: 6, gain: 0.6 }, { scale: 20, seed: 7 }] as const;

/** The kernels of the look alone: `worked` is the same everywhere, and the fine picture is the broad one, brighter. */
const steps: Effect<StepParams> = defineEffect({
  name: 'steps',
  params: { worked: float(0, { min: 0, max: 1 }), tones: int(7, { min: 3, max: 12 }), flat: float(0.85, { min: 0, max: 1 }), color: float(1.1, { min: 0, max: 2 }), paper: float(0.5, { min: 0, max: 1 }) },
  build(graph, { source }, { worked, tones, flat, color, paper }) {
    const fields = noise(graph, NOISE);
    const fine = graph.compute(offset, { inputs: { source }, params: { amount: 0.1 } });
    const lost = graph.compute(offset, { inputs: { source: graph.compute(offset, { inputs: { source }, params: { amount: -2 } }) }, params: { amount: worked } });
    const canvas = graph.compute(tonesKernel, { inputs: { broad: source, fine, lost, noise: fields }, params: { factor: 1, low: 0, high: 1, tones, flatness: flat, color } });
    return graph.compute(paperKernel, { inputs: { canvas, noise: fields }, params: { paper } });
  },
});

test('tones and paper are their twins', async ({ render }) => {
  const source = scene(64, 48);
  for (const params of [{ worked: 0, tones: 7, flat: 0.85, color: 1.1, paper: 0.5 }, { worked: 0.4, tones: 3, flat: 1, color: 1.5, paper: 1 }, { worked: 1, tones: 12, flat: 0.3, color: 0.6, paper: 0 }]) {
    const expected = picture(64, 48, (x, y) => {
      const broad = texel(source, x, y).slice(0, 3).map((code) => code / 255);
      const fine = broad.map((code) => Math.min(1, code + 0.1));
      const [wander = 0, tooth = 0, clouds = 0] = NOISE.map((term) => fbm(x, y, term.scale, term.seed, 3, 'gain' in term ? term.gain : 0.5));
      const worked = params.worked * params.worked * (3 - 2 * params.worked);
      return gouachePaper(gouacheTones(broad, fine, { ...params, worked, noise: wander }), tooth, clouds, params.paper).map((value) => 255 * value);
    });
    expect(psnr(await render(steps(params), source), expected)).toBeGreaterThan(45);
  }
});
