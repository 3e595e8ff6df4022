import { getWebGPUMemoryUsage } from 'webgpu-memory';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { LeakError, ParameterError } from '../../src/core/errors.ts';
import { MemoryAccount } from '../../src/core/memoryAccount.ts';
import { Pool } from '../../src/core/pool.ts';
import type { LeakEvent } from '../../src/studio/events.ts';
import { beginLife, endLife, type Estate } from '../../src/studio/lifetime.ts';
import type { Pipeline } from '../../src/studio/pipeline.ts';
import { Studio } from '../../src/studio/studio.ts';
import type { Tracer } from '../../src/studio/tracer.ts';
import type { TraceSnapshot } from '../../src/studio/traceSnapshot.ts';
import { equalized, shift, tinted, trail } from '../support/effects.ts';
import { scene } from '../support/pictures.ts';
import { makeDevice, makeStudio, PATIENT, test as base } from '../support/studioTest.ts';
import { makeTexture } from '../support/textures.ts';

const PICTURE = scene(24, 16);
const TEXTURE_BYTES = 24 * 16 * 4;

interface Traced {
  readonly studio: Studio;
  readonly device: GPUDevice;
  readonly tracer: Tracer;
  readonly target: GPUTexture;
}

const test = base.extend('traced', { scope: 'file' }, async ({}, { onCleanup }): Promise<Traced> => {
  const device = await makeDevice();
  const studio = await Studio.create({ device, memory: PATIENT, trace: true });
  const target = makeTexture(device, 24, 16);
  onCleanup(() => {
    studio.destroy();
    device.destroy();
  });
  return { studio, device, tracer: studio.tracer as Tracer, target };
});

async function painted(pipeline: Pipeline<never>, target: GPUTexture): Promise<Pipeline<never>> {
  await pipeline.ready;
  while (!pipeline.render(PICTURE, target)) await new Promise((resolve) => setTimeout(resolve));
  return pipeline;
}

// Each of these leaves something on purpose; the tracer must name it.
async function forgetToDestroy({ studio, target }: Traced): Promise<Pipeline<never>> {
  // Awaited, so that this function is on the stack.
  return await painted(studio.pipeline(trail()), target);
}

async function readWithoutRelease(pipeline: Pipeline<never>): Promise<void> {
  const broken = vi.spyOn(Pool.prototype, 'release').mockImplementation(() => {});
  await pipeline.read(PICTURE);
  broken.mockRestore();
}

/** How many are compiled. */
function kernelsOf(tracer: Tracer): number {
  return tracer.snapshot().resources.filter(({ kind }) => kind === 'compute pipeline' || kind === 'render pipeline').length;
}

/** All garbage is collected, and what watches it was called. */
async function collect(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe('a traced studio', () => {
  test('the tracer, the metrics and an independent witness agree to the byte and to the object, in every state', async ({ traced }) => {
    const { studio, device, tracer, target } = traced;
    const targetBytes = TEXTURE_BYTES;
    const agree = (): void => {
      const { bytes, created, destroyed } = studio.metrics();
      const { resources, bytes: traced } = tracer.snapshot();
      const using = (use: string): number => resources.reduce((sum, resource) => sum + (resource.state === 'live' && resource.use === use ? resource.bytes : 0), 0);
      expect({ live: using('slots'), source: using('source'), output: using('output'), uniforms: using('uniforms'), staging: using('staging'), pending: traced.pending, pooled: traced.pooled }).toEqual(
        { live: bytes.live, source: bytes.source, output: bytes.output, uniforms: bytes.uniforms, staging: bytes.staging, pending: bytes.pending, pooled: bytes.pooled },
      );
      const { memory } = getWebGPUMemoryUsage(device);
      expect(traced.live + traced.pending + traced.pooled).toBe(memory.texture + memory.buffer - targetBytes);
      // A texture stands for its view, the target's view is the caller's, and studio and pipelines are no objects of the GPU.
      const objects = resources.reduce((sum, { kind }) => sum + (kind === 'texture' ? 2 : kind === 'studio' || kind === 'pipeline' ? 0 : 1), 0);
      expect(objects).toBe(created - destroyed - lent);
    };
    let lent = 0;
    agree();
    const pipeline = await painted(studio.pipeline([equalized(), tinted(), trail()]), target);
    lent = 1;
    agree();
    const reading = pipeline.read(PICTURE);
    // It has submitted by then and waits for the GPU: outputs and staging are in use.
    await vi.waitFor(() => expect(studio.metrics().bytes.staging).toBeGreaterThan(0), { interval: 1 });
    agree();
    await reading;
    agree();
    const encoder = device.createCommandEncoder();
    const recorded = pipeline.encode(encoder, { source: PICTURE, target });
    expect(studio.metrics().bytes.pending).toBeGreaterThan(0);
    agree();
    device.queue.submit([encoder.finish()]);
    recorded?.submitted();
    agree();
    pipeline.destroy();
    agree();
    studio.trim();
    agree();
  });

  test('names the owner chain, the key, the use, the frame and the line of each texture', async ({ traced }) => {
    const { studio, tracer, target } = traced;
    const { frame } = tracer.snapshot();
    const pipeline = await painted(studio.pipeline(shift({ amount: 0.1 }), trail()), target);
    const { resources } = tracer.snapshot();
    const history = resources.filter(({ owner }) => owner.includes('history trail 0'));
    expect(history).toHaveLength(2);
    for (const texture of history) {
      expect(texture).toMatchObject({ kind: 'texture', state: 'live', use: 'slots', bytes: TEXTURE_BYTES, frame });
      expect(texture.owner).toMatch(/^pipeline shift \+ trail #\d+ > plan 24x16 > history trail 0$/);
      expect(texture.key).toMatch(/^24x16 rgba8unorm \d+$/);
      expect(texture.site).toMatch(/painted.*tracer\.test\.ts:\d+:\d+/);
      expect(texture.stack.split('\n')[0]).toContain('/src/core/');
    }
    expect(resources.some(({ owner, state }) => state === 'pooled' && /> plan 24x16 > slot \d+$/.test(owner))).toBe(true);
    const kinds = new Set(resources.map(({ kind }) => kind));
    for (const kind of ['studio', 'pipeline', 'texture', 'buffer', 'bind group', 'compute pipeline', 'render pipeline'] as const) expect(kinds).toContain(kind);
    pipeline.destroy();
  });

  test('a snapshot does not change any more', async ({ traced }) => {
    const { studio, tracer, target } = traced;
    const pipeline = await painted(studio.pipeline(trail()), target);
    const snapshot = tracer.snapshot();
    const copy = structuredClone(snapshot);
    pipeline.destroy();
    studio.trim();
    expect(snapshot).toEqual(copy);
    expect(() => ((snapshot.resources[0] as { bytes: number }).bytes = 1)).toThrow(TypeError);
    expect(() => (snapshot.resources as unknown[]).pop()).toThrow(TypeError);
  });

  test('a pipeline that nobody destroyed, with the history it keeps, is traced to the line', async ({ traced }) => {
    const { tracer } = traced;
    const before = tracer.snapshot();
    const forgotten = await forgetToDestroy(traced);
    const after = tracer.snapshot();
    const [top] = tracer.diff(before, after);
    expect(top).toMatchObject({ bytes: 2 * TEXTURE_BYTES });
    expect(top?.name).toMatch(/(painted|forgetToDestroy).*tracer\.test\.ts:\d+:\d+/);
    expect(top?.example.stack).toContain('forgetToDestroy');
    expect(tracer.diff(before, after, 'kind').find(({ name }) => name === 'pipeline')?.example.site).toMatch(/forgetToDestroy.*tracer\.test\.ts/);
    expect(tracer.diff(before, after, 'owner')[0]).toMatchObject({ name: expect.stringMatching(/^pipeline trail #\d+$/) as string, bytes: 2 * TEXTURE_BYTES });
    expect(tracer.diff(before, after, 'key')[0]?.name).toMatch(/^24x16 rgba8unorm/);
    expect(tracer.diff(before, after, 'stack')[0]?.name).toContain('\n');
    expect(tracer.diff(after, before)[0]?.bytes ?? 0).toBeLessThanOrEqual(0);
    forgotten.destroy();
    expect(tracer.diff(before, tracer.snapshot())).toEqual([]);
  });

  test("kernels and uniforms are the studio's own, whoever needed them first", async () => {
    async function openStudio(): Promise<Studio> {
      return await makeStudio({ trace: true });
    }
    const studio = await openStudio();
    const tracer = studio.tracer as Tracer;
    const before = tracer.snapshot();
    const pipeline = studio.pipeline(shift());
    await pipeline.read(PICTURE);
    pipeline.destroy();
    expect(tracer.diff(before, tracer.snapshot())).toEqual([{ name: expect.stringMatching(/openStudio|studioTest\.ts/) as string, bytes: studio.metrics().bytes.uniforms, count: 1 + kernelsOf(tracer), example: expect.objectContaining({ use: 'uniforms', owner: 'studio #1' }) as object }]);
    tracer.assertNone();
    studio.destroy();
  });

  test('a lease that is never released is traced to the line', async () => {
    const studio = await makeStudio({ trace: true });
    const tracer = studio.tracer as Tracer;
    const pipeline = studio.pipeline(shift());
    await pipeline.read(PICTURE);
    const before = tracer.snapshot();
    await readWithoutRelease(pipeline);
    const [top] = tracer.diff(before, tracer.snapshot());
    expect(top?.name).toMatch(/readWithoutRelease.*tracer\.test\.ts/);
    expect(top?.bytes).toBeGreaterThan(3 * TEXTURE_BYTES);
    expect(top?.example.stack).toMatch(/Pool\.acquire[^]*readWithoutRelease/);
    studio.destroy();
  });

  test('growth finds what becomes more each time, and nothing that comes and goes', async ({ traced }) => {
    const { studio, tracer, target } = traced;
    const steady = await painted(studio.pipeline(shift()), target);
    const hoard: Pipeline<never>[] = [];
    const growAndLook = async (): Promise<TraceSnapshot> => {
      hoard.push(await forgetToDestroy(traced));
      (await painted(studio.pipeline(shift()), target)).destroy();
      steady.render(PICTURE, target);
      return tracer.snapshot();
    };
    tracer.snapshot();
    await growAndLook();
    await growAndLook();
    const grown = tracer.growth(2);
    expect(grown[0]).toMatchObject({ name: expect.stringMatching(/tracer\.test\.ts/) as string });
    expect(tracer.growth(2, 'label').map(({ name }) => name)).toContain('trail');
    expect(tracer.growth(2, 'kind').find(({ name }) => name === 'pipeline')).toMatchObject({ count: 2 });
    expect(tracer.growth(2, 'label').map(({ name }) => name)).not.toContain('shift');
    for (const pipeline of hoard) pipeline.destroy();
    tracer.snapshot();
    expect(tracer.growth(2, 'kind').map(({ name }) => name)).not.toContain('pipeline');
    steady.destroy();
    expect(tracer.growth(31)).toEqual([]);
  });

  test('the timeline is a Chrome trace: bytes of each frame, and each pass inside of its pipeline', async ({ traced }) => {
    const { studio, tracer, target } = traced;
    const pipeline = await painted(studio.pipeline(shift(), shift({ amount: 0.2 })), target);
    const { traceEvents } = JSON.parse(JSON.stringify(tracer.timeline())) as ReturnType<Tracer['timeline']>;
    for (const event of traceEvents) {
      expect(event).toMatchObject({ name: expect.any(String) as string, ph: expect.stringMatching(/^[XCM]$/) as string, ts: expect.any(Number) as number, pid: 1, tid: 1 });
      if (event.ph === 'X') expect(event.dur).toBeGreaterThanOrEqual(0);
    }
    const frame = traceEvents.findLast(({ name }) => name.startsWith('pipeline shift + shift')) as Required<(typeof traceEvents)[number]>;
    const passes = traceEvents.filter(({ ph, ts, dur = 0, name }) => ph === 'X' && !name.startsWith('pipeline') && ts >= frame.ts && ts + dur <= frame.ts + frame.dur);
    expect(passes.map(({ name }) => name)).toEqual(['passes/importSource?copy', 'kernels/offset', 'kernels/offset', 'passes/present?copy'].map((name) => expect.stringContaining(name.replace('kernels/', '')) as string));
    expect(passes[1]?.args).toEqual({ bytes: 2 * TEXTURE_BYTES });
    const bytes = traceEvents.findLast(({ ph }) => ph === 'C');
    // Nothing but this was in use at once: what the ring and the frame hold.
    const { uniforms } = studio.metrics().bytes;
    expect(bytes?.args).toEqual({ 'in use': uniforms + pipeline.estimate(24, 16) + 2 * TEXTURE_BYTES, free: expect.any(Number) as number });
    pipeline.destroy();
  });

  describe('where each test checks itself', () => {
    let before: TraceSnapshot;
    beforeEach<{ traced: Traced }>(({ traced }) => void (before = traced.tracer.snapshot()));
    afterEach<{ traced: Traced }>(({ traced }) => traced.tracer.assertNone(before));

    test('it may do what it likes', async ({ traced: { studio, target } }) => {
      const pipeline = await painted(studio.pipeline(trail(), tinted()), target);
      await pipeline.read(PICTURE);
      pipeline.destroy();
    });

    test('what it leaves is told, with the line', async ({ traced }) => {
      const forgotten = await forgetToDestroy(traced);
      expect(() => traced.tracer.assertNone(before)).toThrow(LeakError);
      expect(() => traced.tracer.assertNone(before)).toThrow(/\d+ things are still in use and 0 were dropped.*\n {2}in use: .* of pipeline trail #\d+.*tracer\.test\.ts:\d+/);
      const since = traced.tracer.snapshot();
      expect(() => traced.tracer.assertNone(since)).not.toThrow();
      forgotten.destroy();
    });
  });

  test('after destroy() nothing at all is left', async () => {
    const studio = await makeStudio({ trace: { stackDepth: 4, sample: 3 } });
    const tracer = studio.tracer as Tracer;
    await studio.pipeline(trail(), tinted(), equalized()).read(PICTURE);
    const { resources } = tracer.snapshot();
    // As deep as asked; what was done later has the stack of its call below its own.
    expect(Math.max(...resources.map(({ stack }) => stack.split('\n').length))).toBeLessThanOrEqual(8);
    expect(resources.find(({ kind }) => kind === 'studio')?.stack.split('\n')).toHaveLength(4);
    expect(resources.some(({ kind, stack }) => kind === 'texture' && stack === '')).toBe(true);
    studio.destroy();
    expect(tracer.snapshot().resources).toEqual([]);
    tracer.assertNone();
  });

  test('the memory of a lost device is gone for the tracer too, and it follows to the next device', async () => {
    const devices = [await makeDevice(), await makeDevice()] as const;
    const studio = await Studio.create({ device: devices[0], memory: PATIENT, trace: true });
    const tracer = studio.tracer as Tracer;
    const pipeline = studio.pipeline(trail(), tinted());
    await painted(pipeline, makeTexture(devices[0], 24, 16));
    const lost = new Promise((resolve) => studio.addEventListener('devicelost', resolve));
    devices[0].destroy();
    await lost;
    expect(tracer.snapshot().bytes).toEqual({ live: 0, pending: 0, pooled: 0 });
    expect(tracer.diff({ ...tracer.snapshot(), resources: [] }, tracer.snapshot(), 'kind').map(({ name }) => name)).not.toContain('compute pipeline');
    await studio.setDevice(devices[1]);
    await painted(pipeline, makeTexture(devices[1], 24, 16));
    const { live, uniforms, pooled } = studio.metrics().bytes;
    expect(tracer.snapshot().bytes).toEqual({ live: live + uniforms, pending: 0, pooled });
    studio.destroy();
    tracer.assertNone();
    devices[1].destroy();
  });

  test('options that make no sense are refused', async () => {
    await expect(Studio.create({ trace: { stackDepth: 0 } })).rejects.toThrow(ParameterError);
    await expect(Studio.create({ trace: { sample: 1.5 } })).rejects.toThrow('trace.sample is 1.5, must be a whole number from 1');
  });
});

describe('what is dropped without destroy()', () => {
  test('a pipeline is told of with label, bytes and line, and its memory comes back', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT, trace: true });
    const told: LeakEvent[] = [];
    studio.addEventListener('leak', (event) => told.push(event));
    const target = makeTexture(device, 24, 16);
    async function dropPipeline(): Promise<void> {
      await painted(studio.pipeline(trail(), tinted()), target);
    }
    await dropPipeline();
    expect(studio.metrics().bytes.live).toBe(3 * TEXTURE_BYTES);
    await collect();
    expect(studio.leaks()).toEqual([{ kind: 'pipeline', label: 'trail + tinted', bytes: 3 * TEXTURE_BYTES, time: expect.any(Number) as number, site: expect.stringMatching(/dropPipeline.*tracer\.test\.ts:\d+/) as string, stack: expect.any(String) as string }]);
    expect(told.map(({ leak }) => leak)).toEqual(studio.leaks());
    expect(() => studio.tracer?.assertNone()).toThrow(/1 were dropped.*\n {2}dropped: pipeline trail \+ tinted, 0\.0 MB, made by dropPipeline/);
    expect(studio.metrics().bytes.live).toBe(0);
    studio.destroy();
    device.destroy();
  });

  test('one that was destroyed, or is still in use, is not', async () => {
    const studio = await makeStudio({ trace: true });
    const kept = studio.pipeline(trail());
    await kept.read(PICTURE);
    async function paintAndDestroy(): Promise<void> {
      const pipeline = studio.pipeline(shift());
      await pipeline.read(PICTURE);
      pipeline.destroy();
    }
    await paintAndDestroy();
    await collect();
    expect(studio.leaks()).toEqual([]);
    await kept.read(PICTURE);
    studio.destroy();
    await collect();
    expect(studio.leaks()).toEqual([]);
  });

  test('an estate is ended once, by whoever comes first', async () => {
    const ended: string[] = [];
    const estate = (name: string): Estate => ({ trace: undefined, end: () => void ended.push(name) });
    const destroyed = estate('destroyed');
    (() => {
      beginLife('pipeline', {}, destroyed, '');
      beginLife('pipeline', {}, estate('dropped'), '');
    })();
    endLife(destroyed);
    await collect();
    expect(ended).toEqual(['destroyed', 'dropped']);
  });

  test('without a trace nobody is told, and the memory comes back all the same', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const target = makeTexture(device, 24, 16);
    async function dropMany(): Promise<void> {
      for (let i = 0; i < 3; i++) await painted(studio.pipeline(trail()), target);
    }
    await dropMany();
    expect(studio.metrics().bytes.live).toBe(6 * TEXTURE_BYTES);
    await collect();
    expect(studio.metrics().bytes.live).toBe(0);
    expect(studio.leaks()).toEqual([]);
    expect(studio.tracer).toBeUndefined();
    studio.destroy();
    device.destroy();
  });

  test('a studio is told of by its tracer, and what it held is given back', async () => {
    const device = await makeDevice();
    async function dropStudio(): Promise<Tracer> {
      const studio = await Studio.create({ device, memory: PATIENT, trace: true });
      await studio.pipeline(shift()).read(PICTURE);
      return studio.tracer as Tracer;
    }
    const tracer = await dropStudio();
    await collect();
    expect(tracer.leaks().map(({ kind, site }) => [kind, site])).toContainEqual(['studio', expect.stringMatching(/dropStudio.*tracer\.test\.ts/)]);
    expect(tracer.snapshot().resources).toEqual([]);
    const { memory } = getWebGPUMemoryUsage(device);
    expect(memory.texture + memory.buffer).toBe(0);
    device.destroy();
  });
});

describe('the account', () => {
  test('tells of pressure once, and again only after some frames with relief', () => {
    const account = new MemoryAccount(1000);
    const told: number[] = [];
    account.onPressure = (held) => told.push(held);
    const frame = (bytes: number): void => {
      account.lease('slots', bytes);
      account.lease('slots', -bytes);
      account.endFrame();
    };
    frame(800);
    expect(told).toEqual([]);
    frame(801);
    frame(900);
    for (let i = 0; i < 39; i++) frame(700);
    frame(900);
    for (let i = 0; i < 60; i++) frame(i % 20 === 0 ? 750 : 100);
    frame(900);
    expect(told).toEqual([801]);
    for (let i = 0; i < 40; i++) frame(700);
    frame(850);
    expect(told).toEqual([801, 850]);
  });
});
