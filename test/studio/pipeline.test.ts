import { describe, expect, vi } from 'vitest';
import { DestroyedError, DeviceLostError, InputError, ParameterError, UnsupportedError } from '../../src/core/errors.ts';
import type { Look } from '../../src/core/effect.ts';
import { parseLook } from '../../src/core/look.ts';
import { createGpu } from '../../src/node/gpu.ts';
import { Studio } from '../../src/studio/studio.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { equalized, shift } from '../support/effects.ts';
import { flat, scene, texel } from '../support/pictures.ts';
import { makeDevice, makeStudio, PATIENT, test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const GREY = flat(6, 5, [100, 100, 100]);

describe('render', () => {
  test('draws nothing before it is ready, and says so', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const look = studio.pipeline(shift({ amount: 0.1 }));
    const target = makeTexture(device, 6, 5);
    expect(look.render(GREY, target)).toBe(false);
    await look.ready;
    expect(look.render(GREY, target)).toBe(true);
    expect(studio.metrics().frames).toBe(1);
    studio.destroy();
    device.destroy();
  });

  test('is one submit, however many looks are painted', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const looks = studio.pipeline({ a: shift({ amount: 0.1 }), b: [equalized(), shift()], c: adjust() });
    await looks.ready;
    const targets = { a: makeTexture(device, 6, 5), b: makeTexture(device, 6, 5), c: makeTexture(device, 6, 5) };
    looks.render(GREY, targets);
    const submit = vi.spyOn(device.queue, 'submit');
    looks.render(GREY, targets);
    expect(submit).toHaveBeenCalledTimes(1);
    expect(texel(await readTexture(device, targets.a), 0, 0)).toEqual([126, 126, 126, 255]);
    expect(texel(await readTexture(device, targets.b), 0, 0)).toEqual([255, 255, 255, 255]);
    looks.render(GREY, { c: targets.a });
    expect(texel(await readTexture(device, targets.a), 0, 0)).toEqual([100, 100, 100, 255]);
    expect(() => looks.render(GREY, { d: targets.a } as object)).toThrow('there is no output "d"; this pipeline has a, b, c');
    expect(() => looks.render(GREY, targets.a as object)).toThrow('give a record with a target for each: { a, b, c }');
    expect(() => looks.render(GREY, undefined as unknown as object)).toThrow(InputError);
    studio.destroy();
    device.destroy();
  });

  test('computes only what the given targets need', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const looks = studio.pipeline({ a: shift({ amount: 0.1 }), b: [adjust(), adjust({ contrast: 2 }), adjust({ hue: 9 })] });
    await looks.ready;
    const target = makeTexture(device, 6, 5);
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    looks.render(GREY, { a: target });
    expect(dispatch).toHaveBeenCalledTimes(2);
    looks.render(GREY, { b: target });
    expect(dispatch).toHaveBeenCalledTimes(2 + 4);
    dispatch.mockRestore();
    studio.destroy();
    device.destroy();
  });

  test('leaves little garbage', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const look = studio.pipeline(adjust({ contrast: 1.1 }), shift({ amount: 0.1 }), adjust({ saturation: 0.5 }));
    await look.ready;
    const source = makeTexture(device, 32, 24);
    const target = makeTexture(device, 32, 24);
    const collect = globalThis.gc as (() => void) | undefined;
    expect(collect, 'the project runs with --expose-gc').toBeDefined();
    for (let i = 0; i < 20; i++) look.render(source, target);
    await device.queue.onSubmittedWorkDone();
    const FRAMES = 40;
    const perFrame: number[] = [];
    for (let run = 0; run < 5; run++) {
      collect?.();
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < FRAMES; i++) look.render(source, target);
      perFrame.push((process.memoryUsage().heapUsed - before) / FRAMES);
      await device.queue.onSubmittedWorkDone();
    }
    expect(perFrame.sort((a, b) => a - b)[2]).toBeLessThan(8192);
    studio.destroy();
    device.destroy();
  });
});

describe('set', () => {
  test('shows in the next frame without compiling anything', async ({ studio }) => {
    const look = studio.pipeline(shift({ amount: 0.1 }), adjust());
    expect(texel(await look.read(GREY), 0, 0)).toEqual([126, 126, 126, 255]);
    const { created } = studio.metrics();
    look.set('shift', { amount: 0.2 });
    look.set(1, { contrast: 1 });
    expect(texel(await look.read(GREY), 0, 0)).toEqual([151, 151, 151, 255]);
    expect(studio.metrics().created).toBe(created);
    look.destroy();
  });

  test('names steps by output where a name occurs twice', async ({ studio }) => {
    const looks = studio.pipeline({ dark: shift(), light: [shift(), adjust()] });
    expect(() => looks.set('shift', { amount: 0.1 })).toThrow('2 steps are called "shift"; name one as output.effect, or by its index: 0 dark.shift, 1 light.shift, 2 light.adjust');
    looks.set('light.shift', { amount: 0.1 });
    const { dark, light } = await looks.read(GREY);
    expect([texel(dark, 0, 0)[0], texel(light, 0, 0)[0]]).toEqual([100, 126]);
    expect(() => looks.set('blur', {})).toThrow(ParameterError);
    expect(() => looks.set(9, {})).toThrow('there is no step 9');
    expect(() => looks.set('dark.shift', { amount: 2 })).toThrow('shift: amount is 2, must be in [-1, 1]');
    looks.destroy();
  });

  test('keeps painting the old picture until new kernels are compiled', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const merged = studio.pipeline({ a: adjust({ hue: 10 }), b: adjust({ hue: 10 }) });
    await merged.ready;
    const targets = { a: makeTexture(device, 6, 5), b: makeTexture(device, 6, 5) };
    expect(merged.render(GREY, targets)).toBe(true);
    merged.set('a.adjust', { brightness: 0.2 });
    expect(merged.render(GREY, targets)).toBe(true);
    expect(texel(await readTexture(device, targets.a), 0, 0)[0]).toBe(151);
    expect(texel(await readTexture(device, targets.b), 0, 0)[0]).toBe(100);
    studio.destroy();
    device.destroy();
  });
});

describe('looks', () => {
  test('survive JSON, with an explicit list of effects', async ({ studio }) => {
    const look: Look = [shift({ amount: 0.1 }), [adjust({ saturation: 0 })]];
    const back = parseLook(JSON.parse(JSON.stringify(look)), [shift, adjust]);
    expect(JSON.stringify(back)).toBe(JSON.stringify(look));
    const pipeline = studio.pipeline(back);
    expect(texel(await pipeline.read(GREY), 0, 0)).toEqual([126, 126, 126, 255]);
    pipeline.destroy();
    expect(() => parseLook({ effect: 'blur' }, [shift])).toThrow('there is no effect "blur" among shift');
    expect(() => parseLook({ effect: 'shift', params: { amount: 7 } }, [shift])).toThrow(ParameterError);
  });

  test('that are none are refused', ({ studio }) => {
    expect(() => studio.pipeline(shift as unknown as Look)).toThrow('the look is the effect shift itself; call it: shift()');
    expect(() => studio.pipeline({})).toThrow(InputError);
    expect(() => studio.pipeline([])).toThrow(InputError);
    expect(() => studio.pipeline({ a: 3 as unknown as Look })).toThrow('pipeline: a: the look is number');
  });
});

describe('the end', () => {
  test('destroy() rejects what is waiting, and later calls, with a typed error; a second call does nothing', async () => {
    const studio = await makeStudio();
    const look = studio.pipeline(shift());
    await look.ready;
    const waiting = look.read(scene(64, 64)).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve));
    studio.destroy();
    studio.destroy();
    expect(await waiting).toBeInstanceOf(DestroyedError);
    expect(() => studio.pipeline(shift())).toThrow(DestroyedError);
    await expect(look.read(GREY)).rejects.toThrow(DestroyedError);
    const { bytes, created, destroyed } = studio.metrics();
    expect({ ...bytes, peak: 0, budget: 0 }).toEqual({ live: 0, pending: 0, pooled: 0, peak: 0, budget: 0, source: 0, output: 0, uniforms: 0, staging: 0 });
    expect(created).toBe(destroyed);
  });

  test('asyncDispose waits for the GPU first', async () => {
    const studio = await makeStudio();
    await studio.pipeline(shift()).read(GREY);
    await studio[Symbol.asyncDispose]();
    expect(studio.metrics().bytes.pooled).toBe(0);
  });

  test('a destroyed pipeline says so, and its studio lives on', async ({ studio }) => {
    const look = studio.pipeline(shift());
    look.destroy();
    look.destroy();
    await expect(look.read(GREY)).rejects.toThrow(DestroyedError);
    await studio.pipeline(shift()).read(GREY);
  });

  test('a lost device rejects what is waiting, and the event tells', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const lost = vi.fn();
    studio.addEventListener('devicelost', lost);
    const look = studio.pipeline(shift());
    await look.ready;
    const waiting = look.read(scene(64, 64)).catch((error: unknown) => error);
    device.destroy();
    expect(await waiting).toBeInstanceOf(DeviceLostError);
    expect(lost).toHaveBeenCalledTimes(1);
    await expect(look.read(GREY)).rejects.toThrow(DeviceLostError);
    studio.destroy();
    expect(studio.metrics().bytes).toMatchObject({ live: 0, pooled: 0, pending: 0, staging: 0, output: 0 });
  });

  test('a borrowed device is never destroyed and gets no listener', async () => {
    const device = await makeDevice();
    const listen = vi.spyOn(device, 'addEventListener');
    const studio = await Studio.create({ device, memory: PATIENT });
    await studio.pipeline(shift()).read(GREY);
    studio.destroy();
    const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_DST });
    device.queue.writeBuffer(buffer, 0, new Uint8Array(4));
    await device.queue.onSubmittedWorkDone();
    expect(listen).not.toHaveBeenCalled();
    device.destroy();
  });

  test('two reads at once give the same pictures as one after the other', async ({ studio }) => {
    const look = studio.pipeline(shift({ amount: 0.2 }));
    const pictures = await Promise.all([1, 2, 3].map((i) => look.read(flat(6, 5, [i, i, i]))));
    expect(pictures.map((read) => texel(read, 0, 0)[0])).toEqual([52, 53, 54]);
    look.destroy();
  });
});

describe('Studio.create', () => {
  test('refuses limits that are none', async () => {
    const gpu = await createGpu();
    await expect(Studio.create({ gpu, memory: { maxBytes: -1 } })).rejects.toThrow('maxBytes is -1, must be a positive number');
    await expect(Studio.create({ gpu, limits: { maxPixels: Number.NaN } })).rejects.toThrow(ParameterError);
  });

  test('says why there is no GPU', async () => {
    const none = { requestAdapter: async () => null } as unknown as GPU;
    await expect(Studio.create({ gpu: none })).rejects.toThrow('WebGPU is here but gives no adapter');
    const refusing = { requestAdapter: async () => ({ features: new Set(), limits: {}, requestDevice: async () => Promise.reject(new Error('no')) }) } as unknown as GPU;
    await expect(Studio.create({ gpu: refusing })).rejects.toThrow('the GPU adapter gave no device (Error: no)');
  });

  test('says where to go where WebGPU itself is missing', async () => {
    expect(globalThis.navigator?.gpu).toBeUndefined();
    await expect(Studio.create()).rejects.toThrow("there is no WebGPU here (navigator.gpu is undefined); in Node import { Studio } from 'atelier-gpu/node'");
  });

  test('does not wait for ever for an adapter that never comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const silent = { requestAdapter: () => new Promise(() => {}) } as unknown as GPU;
    const refusal = Studio.create({ gpu: silent }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(3 * 5000);
    vi.useRealTimers();
    expect(await refusal).toBeInstanceOf(UnsupportedError);
  });

  test('takes a plain device where the adapter refuses one with all it says it has', async () => {
    const real = await createGpu();
    const asked: (GPUDeviceDescriptor | undefined)[] = [];
    const gpu = { requestAdapter: async (request?: GPURequestAdapterOptions) => {
      const adapter = (await real.requestAdapter(request)) as GPUAdapter;
      const requestDevice = adapter.requestDevice.bind(adapter);
      return Object.assign(adapter, { requestDevice: async (wanted?: GPUDeviceDescriptor) => {
        asked.push(wanted);
        if (wanted?.requiredLimits !== undefined) throw new Error('too much');
        return requestDevice(wanted);
      } });
    } } as unknown as GPU;
    const studio = await Studio.create({ gpu });
    expect(asked).toHaveLength(2);
    expect(texel(await studio.pipeline(shift({ amount: 0.1 })).read(GREY), 0, 0)).toEqual([126, 126, 126, 255]);
    studio.destroy();
  });
});
