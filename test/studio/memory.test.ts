import { describe, expect, vi } from 'vitest';
import { Device } from '../../src/core/device.ts';
import { Pool } from '../../src/core/pool.ts';
import { equalized, shift, tinted, trail } from '../support/effects.ts';
import { watchFlatness } from '../support/flatness.ts';
import { scene } from '../support/pictures.ts';
import { makeDevice, makeStudio, PATIENT, test } from '../support/studioTest.ts';
import { makeTexture } from '../support/textures.ts';
import { edgePreserving } from '../../src/effects/edgePreserving.ts';
import { looks } from '../../src/all.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { blend } from '../../src/effects/blend.ts';
import { brushStrokes } from '../../src/effects/brushStrokes.ts';
import { stabilize } from '../../src/effects/stabilize.ts';
import { mask } from '../../src/effects/mask.ts';
import { presets } from '../../src/studio/presets.ts';
import { Studio } from '../../src/studio/studio.ts';
import { BudgetError } from '../../src/core/errors.ts';

const LOOKS = { plain: shift({ amount: 0.1 }), chain: [shift({ amount: 0.1 }), equalized()], kept: [trail(), tinted()] };
const BOTH_PRESETS = Object.fromEntries(Object.entries(presets).flatMap(([preset, looks]) => Object.entries(looks).map(([name, look]) => [`${preset} ${name}`, look])));
const SIZE = { width: 24, height: 16 };

describe('memory', () => {
  test('stays flat over many frames, to the byte and to the object, and nothing is left after destroy()', async () => {
    const { faults, metrics } = await watchFlatness(BOTH_PRESETS, 100, SIZE);
    expect(faults).toEqual([]);
    expect(metrics.frames).toBe(100);
  });

  test('stays flat with buffers, baked textures and history too', async () => {
    expect((await watchFlatness(LOOKS, 100, SIZE)).faults).toEqual([]);
  });

  test('stays flat with every look, with brushes, and with looks of looks', async () => {
    const painted = { ...Object.fromEntries(looks.map((look) => [look.name, look.step({})])), brushes: brushStrokes(), steady: stabilize(adjust()), both: blend(adjust({ hue: 90 }), mask(brushStrokes(), 'source')) };
    expect((await watchFlatness(painted, 25, SIZE)).faults).toEqual([]);
  });

  // Known-bad libraries: the watch must see each of them.
  test('a library that never releases is seen', async () => {
    const broken = vi.spyOn(Pool.prototype, 'release').mockImplementation(() => {});
    const { faults } = await watchFlatness(LOOKS, 30, SIZE);
    broken.mockRestore();
    expect(faults).toContain('created grows');
    expect(faults).toContain('bytes move');
  });

  test('a library that drops its textures without destroying them is seen', async () => {
    const broken = vi.spyOn(GPUTexture.prototype, 'destroy').mockImplementation(() => undefined);
    const { faults } = await watchFlatness(LOOKS, 30, SIZE);
    broken.mockRestore();
    expect(faults).toContain('the witness sees bytes left after destroy()');
  });

  test('a library that keeps references to released textures is seen', async () => {
    const broken = vi.spyOn(Pool.prototype, 'free').mockImplementation(() => {});
    const { faults } = await watchFlatness(LOOKS, 30, SIZE);
    broken.mockRestore();
    expect(faults).toContain('created grows');
  });

  test('three pipelines in any order create nothing once each has run ten times', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const pipelines = Object.values(LOOKS).map((look) => studio.pipeline(look));
    await Promise.all(pipelines.map(({ ready }) => ready));
    const target = makeTexture(device, 16, 12);
    const sources = [scene(16, 12), scene(24, 18), scene(33, 20)];
    const paint = (i: number): boolean => (pipelines[i] as (typeof pipelines)[number]).render(sources[i] as ReturnType<typeof scene>, target);
    for (let i = 0; i < 30; i++) paint(i % 3);
    const { created } = studio.metrics();
    let state = 7;
    for (let frame = 0; frame < 400; frame++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      expect(paint(Math.floor((state / 2 ** 32) * 3))).toBe(true);
      if (frame % 100 === 0) await device.queue.onSubmittedWorkDone();
    }
    expect(studio.metrics().created).toBe(created);
    studio.destroy();
    device.destroy();
  });

  test('a pipeline that paints four sizes in turn creates nothing once it has painted each; a fifth begins anew each time', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const pipeline = studio.pipeline(LOOKS.kept);
    await pipeline.ready;
    const target = makeTexture(device, 16, 12);
    const sources = [scene(16, 12), scene(24, 18), scene(33, 20), scene(40, 9), scene(12, 30)];
    const createdBy = async (sizes: number): Promise<number> => {
      const before = studio.metrics().created;
      for (let i = 0; i < 3 * sizes; i++) {
        expect(pipeline.render(sources[i % sizes]!, target)).toBe(true);
        await device.queue.onSubmittedWorkDone();
      }
      return studio.metrics().created - before;
    };
    expect(await createdBy(4)).toBeGreaterThan(0);
    expect(await createdBy(4)).toBe(0);
    await createdBy(5);
    expect(await createdBy(5)).toBeGreaterThan(0);
    // The one that leaves is the one not painted for the longest time, so a size that is painted again and again stays.
    for (const i of [0, 1, 0, 2, 0, 3, 0, 4]) pipeline.render(sources[i]!, target);
    const { created } = studio.metrics();
    pipeline.render(sources[0]!, target);
    expect(studio.metrics().created).toBe(created);
    studio.destroy();
    device.destroy();
  });

  test('the estimate is the peak', async () => {
    const looks = [...Object.values(LOOKS), ...(['recursive', 'normalized', 'interpolated'] as const).map((method) => edgePreserving({ method }))];
    for (const [look, lineKernels] of [...looks.map((look) => [look, 'serial'] as const), ...looks.slice(-2).map((look) => [look, 'block'] as const)]) {
      const studio = await makeStudio({ lineKernels });
      const pipeline = studio.pipeline(look);
      await pipeline.read(scene(50, 40));
      expect(studio.metrics().bytes.peak).toBe(pipeline.estimate(50, 40));
      studio.destroy();
    }
    const studio = await makeStudio();
    const pipeline = studio.pipeline(LOOKS);
    await pipeline.read(scene(50, 40));
    expect(studio.metrics().bytes.peak).toBe(pipeline.estimate(50, 40));
    studio.destroy();
  });

  test('work over the budget is refused before anything is allocated, and smaller work goes on', async () => {
    const studio = await makeStudio({ memory: { maxBytes: 400_000 } });
    const pipeline = studio.pipeline(shift());
    await pipeline.read(scene(50, 40));
    const before = studio.metrics();
    await expect(pipeline.read(scene(300, 300))).rejects.toThrow(BudgetError);
    expect(studio.metrics()).toEqual(before);
    await pipeline.read(scene(50, 40));
    expect(studio.metrics().bytes.live).toBe(0);
    studio.destroy();
  });

  test('a buffer larger than the device can bind is refused before anything is allocated', async () => {
    // A device with no more than every device has: 128 MiB, which 8 bytes for each of these pixels exceed by one row.
    const studio = await Studio.create({ device: await makeDevice() });
    const pipeline = studio.pipeline(edgePreserving());
    await pipeline.ready;
    const before = studio.metrics();
    await expect(pipeline.read({ data: new Uint8ClampedArray(4 * 8192 * 2049), width: 8192, height: 2049 })).rejects.toThrow('needs a buffer of 134.3 MB, and this GPU device has at most 134.2 MB');
    expect(studio.metrics()).toEqual(before);
    studio.destroy();
  });

  test('an idle page gives back by itself what it does not use', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const studio = await makeStudio({ memory: { maxAgeMs: 10_000 } });
    const pipeline = studio.pipeline(shift());
    await pipeline.read(scene(50, 40));
    expect(studio.metrics().bytes.pooled).toBeGreaterThan(0);
    vi.advanceTimersByTime(9_000);
    expect(studio.metrics().bytes.pooled).toBeGreaterThan(0);
    vi.advanceTimersByTime(2_000);
    vi.useRealTimers();
    expect(studio.metrics().bytes.pooled).toBe(0);
    expect(studio.metrics().evictions.age).toBeGreaterThan(0);
    studio.destroy();
  });

  test('an idle page gives back what pipelines kept that are destroyed later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const studio = await makeStudio({ memory: { maxAgeMs: 10_000 } });
    const pipeline = studio.pipeline(tinted());
    await pipeline.read(scene(50, 40));
    vi.advanceTimersByTime(11_000);
    expect(studio.metrics().bytes).toMatchObject({ live: 8000, pooled: 0 });
    pipeline.destroy();
    expect(studio.metrics().bytes.pooled).toBe(8000);
    vi.advanceTimersByTime(11_000);
    vi.useRealTimers();
    expect(studio.metrics().bytes.pooled).toBe(0);
    studio.destroy();
  });

  test('waiting for the GPU leaves nothing on the heap', async () => {
    const device = new Device(await makeDevice(), true, undefined);
    const collect = globalThis.gc as () => void;
    const grown = async (calls: number): Promise<number> => {
      collect();
      const before = process.memoryUsage().heapUsed;
      for (let call = 0; call < calls; call++) await device.race(Promise.resolve());
      collect();
      return process.memoryUsage().heapUsed - before;
    };
    await grown(1000);
    expect(await grown(20_000)).toBeLessThan(1e6);
    device.destroy();
  });

  test('trim() gives back everything that is free', async () => {
    const studio = await makeStudio();
    const pipeline = studio.pipeline(shift());
    await pipeline.read(scene(50, 40));
    const { pooled } = studio.metrics().bytes;
    expect(pooled).toBeGreaterThan(0);
    expect(studio.trim()).toBe(pooled);
    expect(studio.metrics().bytes.pooled).toBe(0);
    await pipeline.read(scene(50, 40));
    studio.destroy();
  });
});
