import { describe, expect, vi } from 'vitest';
import { AtelierError, ParameterError, UnsupportedError } from '../../src/core/errors.ts';
import { createGpu } from '../../src/node/gpu.ts';
import { prometheusText } from '../../src/studio/prometheus.ts';
import { Studio } from '../../src/studio/studio.ts';
import { anisotropicKuwahara } from '../../src/effects/anisotropicKuwahara.ts';
import { equalized, looked, shift, trail } from '../support/effects.ts';
import { FaultyGpu } from '../support/faultyGpu.ts';
import { scene } from '../support/pictures.ts';
import { makeDevice, makeStudio, PATIENT, test } from '../support/studioTest.ts';
import { makeTexture } from '../support/textures.ts';

/** Everything in a record that is a record itself. */
function recordsIn(value: object): object[] {
  return Object.values(value).flatMap((inner: unknown) => (typeof inner === 'object' && inner !== null ? [inner, ...recordsIn(inner)] : []));
}

describe('metrics(into)', () => {
  test('fills the record it is given, and makes no other', async ({ studio, render }) => {
    const into = studio.metrics();
    const [first, records] = [structuredClone(into), recordsIn(into)];
    await render(shift(), scene(20, 10));
    expect(studio.metrics(into)).toBe(into);
    expect(recordsIn(into)).toEqual(records);
    recordsIn(into).forEach((record, i) => expect(record).toBe(records[i]));
    expect(into).not.toEqual(first);
    expect(into).toEqual(studio.metrics());
  });

  test('without one gives a fresh record each time', async ({ studio }) => {
    const [a, b] = [studio.metrics(), studio.metrics()];
    expect(a).toEqual(b);
    expect(a).not.toBe(b);
    recordsIn(a).forEach((record, i) => expect(record).not.toBe(recordsIn(b)[i]));
  });

  test('a hundred thousand calls leave no garbage worth naming', async ({ studio }) => {
    const into = studio.metrics();
    const fill = (): void => {
      for (let i = 0; i < 100_000; i++) studio.metrics(into);
    };
    fill();
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    fill();
    // A record a call would be 20 MB and more.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(4e6);
  });
});

describe('pressure', () => {
  test('is told once, after the frame, with what is held; a listener may trim and paint', async () => {
    const device = await makeDevice();
    const pressed = await Studio.create({ device, memory: { ...PATIENT, maxBytes: 215_000 } });
    const told: { held: number; budget: number; live: number }[] = [];
    const [big, small] = [scene(120, 80), scene(8, 8)];
    const pipeline = pressed.pipeline(shift());
    const target = makeTexture(device, 8, 8);
    await pipeline.ready;
    while (!pipeline.render(small, target)) await new Promise((resolve) => setTimeout(resolve));
    pressed.addEventListener('pressure', ({ held, budget }) => {
      pressed.trim();
      pipeline.render(small, target);
      told.push({ held, budget, live: pressed.metrics().bytes.live });
    });
    await Promise.resolve();
    expect(told).toEqual([]);
    // In use: the uniform ring, 65 536 bytes, and the source, its import and one slot, 38 400 bytes each.
    pipeline.render(big, target);
    expect(told).toEqual([]);
    await Promise.resolve();
    expect(told).toEqual([{ held: 65_536 + 3 * 38_400, budget: 215_000, live: 0 }]);
    pipeline.render(big, target);
    await Promise.resolve();
    expect(told).toHaveLength(1);
    for (let i = 0; i < 40; i++) pipeline.render(small, target);
    pipeline.render(big, target);
    await Promise.resolve();
    expect(told).toHaveLength(2);
    pressed.destroy();
    device.destroy();
  });
});

/** What the exposition format allows, as its grammar has it. */
function parsePrometheus(text: string): Map<string, { type: string; help: string; samples: { labels: Record<string, string>; value: number }[] }> {
  const families = new Map<string, { type: string; help: string; samples: { labels: Record<string, string>; value: number }[] }>();
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)$/.exec(line);
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line);
    if (help !== null) {
      // One group of lines for each family.
      expect(families.has(help[1] as string)).toBe(false);
      families.set(help[1] as string, { help: help[2] as string, type: '', samples: [] });
    } else if (type !== null) {
      (families.get(type[1] as string) as { type: string }).type = type[2] as string;
    } else {
      expect(sample, line).not.toBeNull();
      const [, name, labels = '', value] = sample as RegExpExecArray;
      const pairs = [...labels.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/g)];
      expect(pairs.map(([whole]) => whole).join('')).toBe(labels);
      const read = pairs.map(([, label, text]) => [label as string, (text as string).replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))]);
      families.get(name as string)?.samples.push({ labels: Object.fromEntries(read) as Record<string, string>, value: Number(value) });
      expect(families.get(name as string)?.type, `${name} has a type before its samples`).not.toBe('');
    }
  }
  return families;
}

describe('prometheusText', () => {
  test('is the exposition format, with every number of the metrics', async ({ studio, render }) => {
    await render(shift(), scene(20, 10));
    const metrics = studio.metrics();
    const labels = { studio: 'a "quoted" \\ name\nof two lines', zone: 'ü' };
    const families = parsePrometheus(prometheusText(metrics, { labels }));
    const bytes = Object.fromEntries(families.get('atelier_gpu_memory_bytes')?.samples.map(({ labels: { state }, value }) => [state, value]) ?? []) as Record<string, number>;
    const { peak, budget, ...held } = metrics.bytes;
    expect(bytes).toEqual(held);
    const only = (name: string): number | undefined => families.get(name)?.samples[0]?.value;
    expect([only('atelier_gpu_memory_peak_bytes'), only('atelier_gpu_memory_budget_bytes'), only('atelier_frames_total'), only('atelier_pool_hits_total'), only('atelier_pool_misses_total')]).toEqual([peak, budget, metrics.frames, metrics.hits, metrics.misses]);
    expect([only('atelier_gpu_objects_created_total'), only('atelier_gpu_objects_destroyed_total'), only('atelier_gpu_objects_transient_total')]).toEqual([metrics.created, metrics.destroyed, metrics.transient]);
    expect(families.get('atelier_pool_evictions_total')?.samples.map(({ labels: { reason }, value }) => [reason, value])).toEqual(Object.entries(metrics.evictions));
    expect(families.get('atelier_adapter_info')?.samples).toEqual([{ labels: { ...labels, description: metrics.adapter.description, line_kernels: metrics.adapter.lineKernels, software: String(metrics.adapter.isFallback) }, value: 1 }]);
    for (const [name, { type, samples }] of families) {
      expect(type).toBe(name.endsWith('_total') ? 'counter' : 'gauge');
      for (const sample of samples) expect(sample.labels).toMatchObject(labels);
    }
  });

  test('of several studios names each family once', async ({ studio, render }) => {
    await render(shift(), scene(20, 10));
    const idle = await makeStudio();
    const studios = [{ metrics: studio.metrics(), labels: { studio: 'a' } }, { metrics: idle.metrics(), labels: { studio: 'b' } }];
    const families = parsePrometheus(prometheusText(studios, { labels: { zone: 'x' } }));
    expect(families.get('atelier_frames_total')?.samples).toEqual([{ labels: { zone: 'x', studio: 'a' }, value: studio.metrics().frames }, { labels: { zone: 'x', studio: 'b' }, value: 0 }]);
    expect(families.size).toBe(parsePrometheus(prometheusText(idle.metrics())).size);
    expect(prometheusText(studios.slice(0, 1))).toBe(prometheusText(studio.metrics(), { labels: { studio: 'a' } }));
    expect(prometheusText([])).toBe('');
    expect(() => prometheusText(studios.map(({ metrics }) => ({ metrics })))).toThrow('prometheusText: two studios have the same labels');
    expect(() => prometheusText([{ metrics: idle.metrics(), labels: { state: 'b' } }])).toThrow(ParameterError);
    idle.destroy();
  });

  test.for(['', '1st', 'a-b', '__name__', 'state'])('refuses the label name "%s"', (name, { studio }) => {
    expect(() => prometheusText(studio.metrics(), { labels: { [name]: 'x' } })).toThrow(ParameterError);
  });
});

describe('profile', () => {
  test('times each pass, with its kernel, effect and size, and leaves nothing', async () => {
    const studio = await makeStudio({ trace: true });
    const pipeline = studio.pipeline(shift(), equalized());
    await pipeline.read(scene(37, 23));
    const before = studio.metrics();
    const snapshot = studio.tracer?.snapshot();
    const times = await pipeline.profile(scene(37, 23));
    const size = { width: 37, height: 23 };
    expect(times.map(({ milliseconds: _milliseconds, ...facts }) => facts)).toEqual([
      { kernel: 'passes/importSource', effect: undefined, ...size },
      { kernel: expect.stringContaining('offset') as string, effect: 'shift', ...size },
      { kernel: expect.stringContaining('histogram') as string, effect: 'equalized', width: 40, height: 24 },
      { kernel: expect.stringContaining('equalize') as string, effect: 'equalized', ...size },
      { kernel: 'passes/present', effect: undefined, ...size },
    ]);
    const after = studio.metrics();
    expect(after.created - before.created).toBe(3);
    expect(after.destroyed - before.destroyed).toBe(3);
    expect(after.bytes).toEqual(before.bytes);
    studio.tracer?.assertNone(snapshot);
    studio.destroy();
  });

  test('most of the time goes where most of the work is', async ({ studio }) => {
    const pipeline = studio.pipeline(shift(), anisotropicKuwahara({ radius: 8 }));
    await pipeline.read(scene(160, 120));
    const times = await pipeline.profile(scene(160, 120));
    const slowest = times.reduce((a, b) => (a.milliseconds > b.milliseconds ? a : b));
    expect(slowest.effect).toBe('anisotropicKuwahara');
    expect(slowest.milliseconds).toBeGreaterThan(0);
    for (const { milliseconds } of times) expect(milliseconds).toBeLessThan(60_000);
    pipeline.destroy();
  });

  test('profiles an intermediate, one of several outputs, and starts history from none', async ({ studio }) => {
    const pipeline = studio.pipeline({ kept: trail(), seen: looked() });
    expect((await pipeline.profile(scene(9, 9), { inspect: 'small' })).map(({ effect }) => effect)).toContain('looked');
    const times = await pipeline.profile(scene(9, 9));
    expect(times.filter(({ kernel }) => kernel === 'passes/present')).toHaveLength(2);
    expect(times.map(({ effect }) => effect)).toContain('trail');
    pipeline.destroy();
  });

  test.for(['throw', 'null', 'memory'] as const)('whatever call of WebGPU fails (%s), the error is typed and nothing is left', async (kind) => {
    const studio = await makeStudio({ trace: true });
    const profile = async (): Promise<string[]> => {
      const pipeline = studio.pipeline(shift());
      try {
        return (await pipeline.profile(scene(9, 9))).map(({ kernel }) => kernel);
      } finally {
        pipeline.destroy();
      }
    };
    const healthy = await profile();
    const broken: string[] = [];
    let failed: string | undefined = '';
    for (let at = 1; failed !== undefined; at++) {
      // So that textures and buffers are made each time.
      studio.trim();
      const faulty = new FaultyGpu(kind, at);
      await profile().catch((error: unknown) => error instanceof AtelierError || broken.push(`${faulty.failed} is not typed: ${String(error)}`));
      faulty.restore();
      ({ failed } = faulty);
      try {
        studio.tracer?.assertNone();
      } catch (error) {
        broken.push(`${kind} at ${at}, ${failed}: ${String(error)}`);
      }
    }
    expect(broken).toEqual([]);
    expect(await profile()).toEqual(healthy);
    expect(studio.metrics().bytes).toMatchObject({ live: 0, source: 0, output: 0, staging: 0 });
    studio.destroy();
    expect(studio.tracer?.snapshot().resources).toEqual([]);
  });

  test('destroy() while it goes on leaves nothing on return, and so does a loss of the device', async () => {
    for (const end of [(studio: Studio) => studio.destroy(), (_: Studio, device: GPUDevice) => device.destroy()]) {
      const adapter = (await (await createGpu()).requestAdapter()) as GPUAdapter;
      const device = await adapter.requestDevice({ requiredFeatures: ['timestamp-query'] });
      const studio = await Studio.create({ device, memory: PATIENT, trace: true });
      const pipeline = studio.pipeline(shift());
      await pipeline.ready;
      const profiling = pipeline.profile(scene(9, 9));
      profiling.catch(() => {});
      await vi.waitFor(() => expect(studio.tracer?.snapshot().resources.map(({ kind }) => kind)).toContain('query set'), { interval: 1 });
      end(studio, device);
      await expect(profiling).rejects.toThrow(AtelierError);
      const { created, destroyed, bytes: { peak: _peak, budget: _budget, ...held } } = studio.metrics();
      expect(Object.values(held).every((bytes) => bytes === 0)).toBe(true);
      expect(destroyed).toBe(created);
      studio.destroy();
      expect(studio.tracer?.snapshot().resources).toEqual([]);
      device.destroy();
    }
  });

  test('a device that takes no times says so, and how to have one that does', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const pipeline = studio.pipeline(shift());
    const before = studio.metrics();
    await expect(pipeline.profile(scene(9, 9))).rejects.toThrow(UnsupportedError);
    await expect(pipeline.profile(scene(9, 9))).rejects.toThrow("requestDevice({ requiredFeatures: ['timestamp-query'] })");
    expect(studio.metrics().bytes).toEqual(before.bytes);
    studio.destroy();
    device.destroy();
  });
});
