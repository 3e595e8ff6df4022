import { describe, expect, vi } from 'vitest';
import offset from '../support/kernels/offset.wgsl';
import { defineEffect, optional, type Effect } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { Studio } from '../../src/studio/studio.ts';
import { importSource } from '../reference/importSource.ts';
import { shift } from '../support/effects.ts';
import { flat, hash, maxDifference, picture, scene, texel } from '../support/pictures.ts';
import { makeDevice, PATIENT, test } from '../support/studioTest.ts';
import { makeTexture, readTexture, textureOf } from '../support/textures.ts';

const path = vi.hoisted(() => ({ general: false }));
vi.mock('../../src/io/placement.ts', async (original) => {
  const placement = await original<typeof import('../../src/io/placement.ts')>();
  return { ...placement, mapsTexels: (...map: Parameters<typeof placement.mapsTexels>) => !path.general && placement.mapsTexels(...map) };
});

const same = shift({ amount: 0 });

/** Shows the rgb of its mask, also where that is transparent. */
const revealed: Effect<Record<string, never>> = defineEffect({
  name: 'revealed',
  params: {},
  inputs: { mask: optional('r') },
  build: (graph, { source, mask }) => graph.compute(offset, { inputs: { source: mask ?? source }, params: { amount: 0 } }),
});

/** Gives its mask as the caller made it, which no import has looked at. */
const raw: Effect<Record<string, never>> = defineEffect({
  name: 'raw',
  params: {},
  inputs: { mask: optional('r') },
  build: (graph) => graph.external('mask', graph.frame),
});

/** What `paint` gives when texels are copied, and when the same is averaged. */
async function bothWays<T>(paint: () => Promise<T>): Promise<{ readonly copied: T; readonly averaged: T }> {
  const copied = await paint();
  path.general = true;
  try {
    return { copied, averaged: await paint() };
  } finally {
    path.general = false;
  }
}

const noise = (width: number, height: number, alphaAt: (x: number, y: number) => number): Pixels =>
  picture(width, height, (x, y) => [255 * hash(x, y), 255 * hash(x + 71, y), 255 * hash(x, y + 93), alphaAt(x, y)]);

const PICTURES = {
  opaque: noise(37, 23, () => 255),
  translucent: noise(37, 23, (x, y) => 1 + 254 * hash(y, x)),
  'with holes': noise(37, 23, (x, y) => (hash(x >> 2, y >> 2) < 0.5 ? 0 : 200)),
  'with one opaque pixel': noise(90, 41, (x, y) => (x === 60 && y === 7 ? 255 : 0)),
  transparent: noise(37, 23, () => 0),
  'of one pixel': noise(1, 1, () => 128),
};

describe.each(Object.entries(PICTURES))('a picture that keeps its texels, %s,', (_, source) => {
  test.for([{}, { mirror: true }, { orientation: 6 }, { crop: { x: 0, y: 0, width: 1, height: 1 } }] as const)('is copied as it is averaged: %j', async (options, { render }) => {
    const { copied, averaged } = await bothWays(() => render(same, source, options));
    expect(maxDifference(copied, averaged)).toBe(0);
  });

  test('takes hidden colours from the same neighbours', async ({ render }) => {
    const { copied, averaged } = await bothWays(() => render(revealed(), flat(source.width, source.height, [0, 0, 0]), { inputs: { mask: source } }));
    const { data } = importSource(source);
    const expected = { ...source, data: data.map((value, i) => (i % 4 === 3 ? 255 : value)) };
    expect(maxDifference(copied, expected)).toBe(0);
    expect(maxDifference(averaged, expected)).toBe(0);
  });
});

describe.each([['in a source', revealed], ['in what effects give', raw]] as const)('what is not finite %s', (_, effect) => {
  test('is 0 both ways', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const texture = makeTexture(device, 2, 1, 'rgba16float');
    // Half floats: NaN, 0.5, infinity, 1; then -infinity, 0.5, NaN, 1.
    device.queue.writeTexture({ texture }, new Uint16Array([0x7e00, 0x3800, 0x7c00, 0x3c00, 0xfc00, 0x3800, 0x7e00, 0x3c00]), { bytesPerRow: 16 }, [2, 1]);
    const { copied, averaged } = await bothWays(async () => {
      const look = studio.pipeline(effect());
      const shown = await look.read(flat(2, 1, [9, 9, 9]), { inputs: { mask: texture } });
      look.destroy();
      return [texel(shown, 0, 0), texel(shown, 1, 0)];
    });
    expect(copied).toEqual([[0, 128, 0, 255], [0, 128, 0, 255]]);
    expect(averaged).toEqual(copied);
    studio.destroy();
    device.destroy();
  });
});

describe('the cheaper kernels', () => {
  const names = (spy: { readonly mock: { readonly calls: readonly (readonly [{ readonly label: string }])[] } }): string[] => spy.mock.calls.map(([{ label }]) => label).filter((label) => /importSource|present/.test(label));

  test('run where texels are kept, from one frame to the next, and nothing waits or is made for them', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const look = studio.pipeline(same);
    await look.ready;
    const source = scene(24, 18);
    const exact = textureOf(device, source);
    const larger = textureOf(device, scene(48, 36));
    const linear = device.createTexture({ size: [24, 18], format: 'rgba8unorm-srgb', usage: GPUTextureUsage.TEXTURE_BINDING });
    const whole = makeTexture(device, 24, 18);
    const wide = makeTexture(device, 34, 18);
    const half = makeTexture(device, 12, 9);
    const frames = [
      [exact, half, {}, ['passes/importSource?copy', 'passes/present rgba8unorm']],
      [exact, whole, {}, ['passes/importSource?copy', 'passes/present?copy rgba8unorm']],
      [exact, whole, { mirror: true }, ['passes/importSource?copy', 'passes/present?copy rgba8unorm']],
      [larger, whole, { maxSize: 24 }, ['passes/importSource', 'passes/present?copy rgba8unorm']],
      [larger, half, { maxSize: 24 }, ['passes/importSource', 'passes/present rgba8unorm']],
      [larger, whole, { crop: { x: 5, y: 7, width: 24, height: 18 } }, ['passes/importSource?copy', 'passes/present?copy rgba8unorm']],
      [larger, whole, { crop: { x: 5.5, y: 7, width: 24, height: 18 } }, ['passes/importSource', 'passes/present?copy rgba8unorm']],
      [linear, whole, {}, ['passes/importSource', 'passes/present?copy rgba8unorm']],
      [exact, wide, {}, ['passes/importSource?copy', 'passes/present?copy rgba8unorm']],
    ] as const;
    for (const [from, target, options] of frames) expect(look.render(from, target, options)).toBe(true);
    const { created } = studio.metrics();
    const computes = vi.spyOn(GPUComputePassEncoder.prototype, 'setPipeline');
    const presents = vi.spyOn(GPURenderPassEncoder.prototype, 'setPipeline');
    for (const [from, target, options, expected] of frames) {
      computes.mockClear();
      presents.mockClear();
      expect(look.render(from, target, options)).toBe(true);
      expect([...names(computes), ...names(presents)]).toEqual(expected);
    }
    computes.mockRestore();
    presents.mockRestore();
    expect(studio.metrics().created).toBe(created);
    expect(maxDifference(await readTexture(device, wide), picture(34, 18, (x, y) => (x < 5 || x >= 29 ? [0, 0, 0, 0] : texel(source, x - 5, y))))).toBe(0);
    studio.destroy();
    expect(studio.metrics().created).toBe(studio.metrics().destroyed);
    device.destroy();
  });
});
