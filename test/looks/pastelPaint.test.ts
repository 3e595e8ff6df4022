import { expect } from 'vitest';
import chalkToneKernel from '../../shaders/looks/chalkTone.wgsl';
import grainKernel from '../../shaders/looks/pastelGrain.wgsl';
import groundKernel from '../../shaders/looks/pastelGround.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import type { TextureHandle } from '../../src/core/frameGraph.ts';
import { bool, float } from '../../src/core/params.ts';
import { pastelPaint } from '../../src/looks/pastelPaint.ts';
import { noise } from '../../src/passes/noise.ts';
import { valueNoise } from '../reference/noise.ts';
import { chalkTone, pastelGrain, pastelGround } from '../reference/pastelPaint.ts';
import { flat, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test('tiny pictures and empty sheets stay what they are: white is chalk, black is grey', async ({ render }) => {
  for (const [width, height] of [[1, 1], [7, 5]] as const) {
    const white = await render(pastelPaint(), flat(width, height, [255, 255, 255]));
    const black = await render(pastelPaint(), flat(width, height, [0, 0, 0]));
    for (let x = 0; x < width; x++) {
      expect(Math.min(...texel(white, x, 0))).toBeGreaterThan(190);
      for (const code of texel(black, x, 0).slice(0, 3)) expect(code > 10 && code < 90).toBe(true);
    }
  }
});

test('the sheet shows its colour between the strokes', async ({ render }) => {
  const gray = flat(40, 30, [128, 128, 128]);
  const [warm, cold] = [await render(pastelPaint({ variation: 0, paper: '#c06020' }), gray), await render(pastelPaint({ variation: 0, paper: '#2060c0' }), gray)];
  const redder = Array.from({ length: 40 }, (_, x) => (texel(warm, x, 15)[0] as number) - (texel(cold, x, 15)[0] as number));
  expect(redder.reduce((sum, difference) => sum + difference, 0) / 40).toBeGreaterThan(3);
});

interface SheetParams { strength: number; lift: number; color: number; tooth: boolean }
const PAPER = [0.66, 0.58, 0.5] as const;

/** The kernels of the look alone: the chalk tone of the source as the underpainting of a sheet, with grain, or the depth of its tooth. */
const sheet: Effect<SheetParams> = defineEffect({
  name: 'sheet',
  params: { strength: float(1, { min: 0, max: 1.5 }), lift: float(0.24, { min: 0, max: 0.35 }), color: float(1.12, { min: 0, max: 2 }), tooth: bool(false) },
  build(graph, { source }, { strength, lift, color, tooth: showsTooth }) {
    const blurred = graph.compute(chalkToneKernel, { inputs: { source }, params: { lift, color } });
    const grains = noise(graph, [{ scale: 2.5, seed: 13, octaves: 1, corner: true }, { scale: 1.5, seed: 11, octaves: 1, corner: true }]);
    const { ground, tooth } = graph.computeAll(groundKernel, { inputs: { blurred, noise: grains, along: grains }, params: { paper: PAPER, strength, factor: 1 } }) as { ground: TextureHandle; tooth: TextureHandle };
    return showsTooth ? tooth : graph.compute(grainKernel, { inputs: { canvas: ground, tooth }, params: { strength } });
  },
});

test('tone, ground and grain are their twins', async ({ render }) => {
  const source = scene(64, 48);
  for (const params of [{ strength: 1, lift: 0.24, color: 1.12 }, { strength: 1.5, lift: 0, color: 0.7 }]) {
    const painted = (tooth: boolean) => picture(64, 48, (x, y) => {
      const even = valueNoise(x / 1.5, y / 1.5, 11);
      const toned = chalkTone(texel(source, x, y).slice(0, 3).map((code) => code / 255), params.lift, params.color);
      const made = pastelGround(toned, even, valueNoise(x / 2.5, y / 2.5, 13), PAPER, params.strength);
      return (tooth ? [made.tooth, even, 0] : pastelGrain(made.ground, even, params.strength)).map((value) => 255 * value);
    });
    for (const tooth of [false, true]) expect(psnr(await render(sheet({ ...params, tooth }), source), painted(tooth))).toBeGreaterThan(45);
  }
});
