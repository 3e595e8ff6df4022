import { describe, expect, onTestFinished, vi } from 'vitest';
import { AtelierError, DestroyedError, DeviceLostError, InputError } from '../../src/core/errors.ts';
import type { Look } from '../../src/core/effect.ts';
import { createGpu } from '../../src/node/gpu.ts';
import type { DeviceLostEvent, GpuErrorEvent } from '../../src/studio/events.ts';
import { Studio, type StudioOptions } from '../../src/studio/studio.ts';
import { equalized, grown, shift, tinted } from '../support/effects.ts';
import { takeUncaptured } from '../support/gpuSetup.ts';
import { FaultyGpu } from '../support/faultyGpu.ts';
import { scene } from '../support/pictures.ts';
import { makeDevice, PATIENT, test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const LOOK: Look = [equalized(), tinted(), shift({ amount: 0.1 })];
const SOURCE = scene(12, 9);

/** A studio with a device of its own, every device it was given, and what it told. */
async function makeOwned(options: StudioOptions = {}): Promise<{ studio: Studio; devices: GPUDevice[]; told: string[]; nextEvent: (name: string) => Promise<void> }> {
  const real = await createGpu();
  const devices: GPUDevice[] = [];
  const gpu = {
    wgslLanguageFeatures: real.wgslLanguageFeatures,
    async requestAdapter(request?: GPURequestAdapterOptions) {
      const adapter = await real.requestAdapter(request);
      const requestDevice = adapter?.requestDevice.bind(adapter);
      return adapter && Object.assign(adapter, { requestDevice: async (wanted?: GPUDeviceDescriptor) => {
        const device = await (requestDevice as GPUAdapter['requestDevice'])(wanted);
        devices.push(device);
        return device;
      } });
    },
  } as unknown as GPU;
  const studio = await Studio.create({ gpu, ...options, memory: PATIENT });
  onTestFinished(() => studio.destroy());
  const told: string[] = [];
  studio.addEventListener('devicelost', (event) => told.push((event as DeviceLostEvent).state));
  studio.addEventListener('devicerestored', () => told.push('restored'));
  return { studio, devices, told, nextEvent: (name) => new Promise((resolve) => studio.addEventListener(name, () => resolve(), { once: true })) };
}

describe('a studio with a device of its own', () => {
  test('asks for another after a loss, and paints the same picture', async () => {
    const { studio, devices, told, nextEvent } = await makeOwned();
    const pipeline = studio.pipeline(LOOK);
    const before = await pipeline.read(SOURCE);
    const restored = nextEvent('devicerestored');
    devices[0]?.destroy();
    await restored;
    expect(told).toEqual(['recovering', 'restored']);
    await pipeline.ready;
    expect(await pipeline.read(SOURCE)).toEqual(before);
    expect(devices).toHaveLength(2);
    studio.destroy();
    const { created, destroyed, bytes } = studio.metrics();
    expect(destroyed).toBe(created);
    expect(bytes).toMatchObject({ live: 0, pooled: 0, pending: 0, source: 0, output: 0, uniforms: 0, staging: 0 });
  });

  test('rejects what was under way, lets what comes meanwhile wait, and draws nothing until then', async () => {
    const { studio, devices, nextEvent } = await makeOwned();
    const pipeline = studio.pipeline(LOOK);
    const before = await pipeline.read(SOURCE);
    const { bytes } = studio.metrics();
    const underWay = pipeline.read(scene(64, 64)).catch((error: unknown) => error);
    const [lost, restored] = [nextEvent('devicelost'), nextEvent('devicerestored')];
    devices[0]?.destroy();
    expect(await underWay).toBeInstanceOf(DeviceLostError);
    expect(((await underWay) as DeviceLostError).recoverable).toBe(true);
    await lost;
    // Of whichever device: nothing is looked at while there is none.
    expect(pipeline.render(SOURCE, {} as GPUTexture)).toBe(false);
    expect(await pipeline.read(SOURCE)).toEqual(before);
    await restored;
    expect({ ...studio.metrics().bytes, peak: 0 }).toEqual({ ...bytes, peak: 0 });
  });

  test('goes on with what looks remember from the beginning', async () => {
    const { studio, devices, nextEvent } = await makeOwned();
    const pipeline = studio.pipeline(grown({ red: 0.25 }));
    await pipeline.ready;
    const show = async (device: GPUDevice): Promise<number | undefined> => {
      const target = makeTexture(device, 4, 4);
      while (!pipeline.render(scene(4, 4), target)) await new Promise((resolve) => setTimeout(resolve));
      return (await readTexture(device, target)).data[0];
    };
    const first = await show(devices[0] as GPUDevice);
    expect(await show(devices[0] as GPUDevice)).not.toBe(first);
    const restored = nextEvent('devicerestored');
    devices[0]?.destroy();
    await restored;
    expect(await show(devices[1] as GPUDevice)).toBe(first);
  });

  test('a loss while it recovers is no second recovery', async () => {
    const { studio, devices, told, nextEvent } = await makeOwned();
    const pipeline = studio.pipeline(LOOK);
    const before = await pipeline.read(SOURCE);
    const restored = nextEvent('devicerestored');
    const original = GPUDevice.prototype.createBuffer;
    // The probe is the first buffer on a new device: that of the first try is lost just then.
    let probes = 0;
    const probing = vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
      if (descriptor.label === 'atelier probe' && probes++ === 0) this.destroy();
      return original.call(this, descriptor);
    });
    devices[0]?.destroy();
    await restored;
    probing.mockRestore();
    expect(told).toEqual(['recovering', 'restored']);
    expect(devices).toHaveLength(3);
    expect(await pipeline.read(SOURCE)).toEqual(before);
  });

  test('gives up where devices are lost as fast as they come, and says so', async () => {
    const { studio, devices, told, nextEvent } = await makeOwned({ recovery: { maxLosses: 2 } });
    const pipeline = studio.pipeline(LOOK);
    await pipeline.read(SOURCE);
    for (let loss = 0; loss < 2; loss++) {
      const restored = nextEvent('devicerestored');
      devices[loss]?.destroy();
      await restored;
    }
    const lost = nextEvent('devicelost');
    devices[2]?.destroy();
    await lost;
    expect(told).toEqual(['recovering', 'restored', 'recovering', 'restored', 'failed']);
    const error: unknown = await pipeline.read(SOURCE).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeviceLostError);
    expect(error).toMatchObject({ recoverable: false });
    expect(() => pipeline.render(SOURCE, {} as GPUTexture)).toThrow('could not be replaced');
    expect(devices).toHaveLength(3);
  });

  test('gives up where there is no adapter any more', async () => {
    const real = await createGpu();
    let adapters = 0;
    let device: GPUDevice | undefined;
    const gpu = { requestAdapter: async (request?: GPURequestAdapterOptions) => {
      if (adapters++ > 0) return null;
      const adapter = await real.requestAdapter(request);
      const requestDevice = adapter?.requestDevice.bind(adapter) as GPUAdapter['requestDevice'];
      return adapter && Object.assign(adapter, { requestDevice: async (wanted?: GPUDeviceDescriptor) => (device = await requestDevice(wanted)) });
    } } as unknown as GPU;
    const studio = await Studio.create({ gpu, memory: PATIENT });
    const pipeline = studio.pipeline(LOOK);
    await pipeline.read(SOURCE);
    const states: string[] = [];
    const failed = new Promise<void>((resolve) => studio.addEventListener('devicelost', (event) => states.push((event as DeviceLostEvent).state) === 2 && resolve()));
    device?.destroy();
    await expect(pipeline.read(SOURCE)).rejects.toThrow(DeviceLostError);
    await failed;
    expect(states).toEqual(['recovering', 'failed']);
    studio.destroy();
  });

  test('does not recover where it was told not to', async () => {
    const { studio, devices, told, nextEvent } = await makeOwned({ recovery: { auto: false } });
    const lost = nextEvent('devicelost');
    devices[0]?.destroy();
    await lost;
    expect(told).toEqual(['failed']);
    expect(() => studio.pipeline(LOOK)).toThrow(DeviceLostError);
  });

  test('destroyed while it recovers it ends, and so does the device that comes too late', async () => {
    const { studio, devices, told, nextEvent } = await makeOwned();
    const pipeline = studio.pipeline(LOOK);
    const lost = nextEvent('devicelost');
    devices[0]?.destroy();
    await lost;
    const waiting = pipeline.read(SOURCE).catch((error: unknown) => error);
    studio.destroy();
    expect(await waiting).toBeInstanceOf(DestroyedError);
    await vi.waitFor(() => expect(devices).toHaveLength(2));
    await devices[1]?.lost;
    expect(told).toEqual(['recovering']);
    expect(studio.metrics()).toMatchObject({ created: studio.metrics().destroyed });
  });

  test('its own end is no loss', async () => {
    const { studio, devices, told } = await makeOwned();
    studio.destroy();
    await devices[0]?.lost;
    await new Promise((resolve) => setTimeout(resolve));
    expect(told).toEqual([]);
    expect(devices).toHaveLength(1);
  });
});

test('a promise of the GPU that never settles does not hang after a loss', async () => {
  const device = await makeDevice();
  const studio = await Studio.create({ device, memory: PATIENT });
  const pipeline = studio.pipeline(LOOK);
  await pipeline.read(SOURCE);
  const silent = vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockImplementation(() => new Promise(() => {}));
  const waiting = pipeline.read(SOURCE).catch((error: unknown) => error);
  await vi.waitFor(() => expect(silent).toHaveBeenCalled());
  device.destroy();
  expect(await waiting).toBeInstanceOf(DeviceLostError);
  silent.mockRestore();
  studio.destroy();
});

test('an error that no call can tell of is an event, and nothing on the console', async () => {
  const { studio, devices } = await makeOwned();
  const refused = new Promise<GpuErrorEvent>((resolve) => studio.addEventListener('gpuerror', (event) => resolve(event as GpuErrorEvent), { once: true }));
  const event = Object.assign(new Event('uncapturederror', { cancelable: true }), { error: { message: 'made up' } });
  (devices[0] as unknown as EventTarget).dispatchEvent(event);
  expect((await refused).error.message).toContain('the GPU refused something (made up)');
  expect(event.defaultPrevented).toBe(true);
  takeUncaptured();
});

test('what is ready is so on the next device too, though compiling on the lost one failed', async () => {
  const { studio, devices, nextEvent } = await makeOwned();
  const pipeline = studio.pipeline(LOOK);
  const failed = pipeline.ready.catch((error: unknown) => error);
  const restored = nextEvent('devicerestored');
  devices[0]?.destroy();
  await restored;
  await failed;
  await pipeline.ready;
  const target = makeTexture(devices[1] as GPUDevice, 12, 9);
  while (!pipeline.render(SOURCE, target)) await new Promise((resolve) => setTimeout(resolve));
  await pipeline.ready;
});

describe('a studio with a device of yours', () => {
  test('a lost one in its place is refused, and the counts stay right', async () => {
    const [device, lost] = [await makeDevice(), await makeDevice()];
    const studio = await Studio.create({ device, memory: PATIENT });
    const pipeline = studio.pipeline(LOOK);
    const before = await pipeline.read(SOURCE);
    lost.destroy();
    await lost.lost;
    await expect(studio.setDevice(lost)).rejects.toThrow(DeviceLostError);
    expect(await pipeline.read(SOURCE)).toEqual(before);
    studio.destroy();
    expect(studio.metrics()).toMatchObject({ created: studio.metrics().destroyed });
    device.destroy();
  });

  test('tells once, waits, and goes on with the next one', async () => {
    const [first, second] = [await makeDevice(), await makeDevice()];
    const studio = await Studio.create({ device: first, memory: PATIENT });
    const pipeline = studio.pipeline(LOOK);
    const before = await pipeline.read(SOURCE);
    const told: string[] = [];
    studio.addEventListener('devicelost', (event) => told.push((event as DeviceLostEvent).state));
    studio.addEventListener('devicerestored', () => told.push('restored'));
    first.destroy();
    await first.lost;
    await new Promise((resolve) => setTimeout(resolve));
    expect(told).toEqual(['waiting']);
    expect(() => pipeline.render(SOURCE, makeTexture(second, 4, 4))).toThrow('give the studio another with setDevice()');
    await expect(studio.setDevice({} as GPUDevice)).rejects.toThrow(InputError);
    await studio.setDevice(second);
    expect(told).toEqual(['waiting', 'restored']);
    expect(await pipeline.read(SOURCE)).toEqual(before);
    studio.destroy();
    expect(studio.metrics()).toMatchObject({ created: studio.metrics().destroyed });
    // Not ours to destroy.
    await second.queue.onSubmittedWorkDone();
    second.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_DST }).destroy();
    second.destroy();
  });

  test('changes from a device that works to another, and leaves nothing on the first', async () => {
    const [first, second] = [await makeDevice(), await makeDevice()];
    const studio = await Studio.create({ device: first, memory: PATIENT });
    const pipeline = studio.pipeline(LOOK);
    const before = await pipeline.read(SOURCE);
    const { bytes } = studio.metrics();
    await studio.setDevice(second);
    expect(studio.metrics().bytes).toMatchObject({ live: 0, pooled: 0, uniforms: 0 });
    expect(await pipeline.read(SOURCE)).toEqual(before);
    expect(studio.metrics().bytes).toEqual(bytes);
    studio.destroy();
    expect(studio.metrics()).toMatchObject({ created: studio.metrics().destroyed });
    for (const device of [first, second]) device.destroy();
  });

  test('a device of its own cannot be replaced by one of yours', async () => {
    const { studio } = await makeOwned();
    await expect(studio.setDevice(await makeDevice())).rejects.toThrow('has a GPU device of its own');
  });

  test('whichever call the loss comes before, the error is typed, nothing is left, and the next picture is right', async () => {
    let device = await makeDevice();
    const studio = await Studio.create({ device, memory: PATIENT });
    const before = await studio.pipeline(LOOK).read(SOURCE);
    const broken: string[] = [];
    let reached = true;
    for (let at = 1; reached; at += 7) {
      const faulty = new FaultyGpu('loss', at);
      faulty.watch(device);
      const pipeline = studio.pipeline(LOOK);
      const error: unknown = await pipeline.read(SOURCE).then(() => pipeline.read(scene(7, 5))).then(() => undefined, (reason: unknown) => reason);
      faulty.restore();
      reached = faulty.failed !== undefined;
      if (reached && !(error instanceof AtelierError)) broken.push(`${faulty.failed} (${at}): ${String(error)}`);
      if (reached) await device.lost;
      await new Promise((resolve) => setTimeout(resolve));
      if (reached) {
        const { bytes: { peak: _peak, budget: _budget, ...held }, created, destroyed } = studio.metrics();
        if (Object.values(held).some((bytes) => bytes !== 0) || created !== destroyed) broken.push(`${faulty.failed} (${at}): ${JSON.stringify(held)} ${created} made ${destroyed} destroyed`);
        device = await makeDevice();
        await studio.setDevice(device);
      }
      pipeline.destroy();
      const healthy = studio.pipeline(LOOK);
      expect(await healthy.read(SOURCE)).toEqual(before);
      healthy.destroy();
    }
    expect(broken).toEqual([]);
    studio.destroy();
    device.destroy();
  });
});
