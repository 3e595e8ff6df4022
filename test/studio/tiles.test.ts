import { describe, expect, onTestFinished, vi } from 'vitest';
import { BudgetError, DestroyedError, DeviceLostError, InputError } from '../../src/core/errors.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { mask } from '../../src/effects/mask.ts';
import { pencilDodge } from '../../src/effects/pencilDodge.ts';
import { sharpCodec } from '../../src/node/codec.ts';
import { Studio, type StudioOptions } from '../../src/studio/studio.ts';
import { equalized, shift, tinted, trail } from '../support/effects.ts';
import { FaultyGpu } from '../support/faultyGpu.ts';
import { flat, scene, texel } from '../support/pictures.ts';
import { makeDevice, PATIENT, test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';
import { differenceOf } from '../support/tiling.ts';

// Kernels that compile fast.
const LOOK = [pencilDodge({ sigma: 5 }), pencilDodge({ sigma: 2, color: true })];
const GLOBAL = equalized();
const SOURCE = scene(330, 90);
const BUDGET = { memory: { maxBytes: 520_000 } };

interface Lent {
  readonly studio: Studio;
  readonly device: GPUDevice;
}

/** A studio on a device of ours that says it takes textures of at most `maxTextureDimension2D`; it ends with the test and must leave nothing. */
async function makeLent(options: StudioOptions = {}, maxTextureDimension2D?: number): Promise<Lent> {
  const device = await makeDevice();
  const limits = { ...allOf(device.limits), ...(maxTextureDimension2D !== undefined && { maxTextureDimension2D }) };
  Object.defineProperty(device, 'limits', { value: limits });
  const studio = await Studio.create({ device, codec: sharpCodec, ...options, memory: { ...PATIENT, ...options.memory } });
  onTestFinished(() => {
    studio.destroy();
    expect(studio.metrics()).toMatchObject({ created: studio.metrics().destroyed, bytes: { live: 0, pooled: 0, uniforms: 0 } });
    device.destroy();
  });
  return { studio, device };
}

/** As an object of its own, because those of WebGPU have their properties on the prototype. */
function allOf(limits: GPUSupportedLimits): Record<string, number> {
  return Object.fromEntries(Object.keys(Object.getPrototypeOf(limits) as object).map((name) => [name, (limits as unknown as Record<string, number>)[name] as number]));
}

/** What is held, all of it, each time something is submitted. */
function watchSubmits({ studio }: Lent): number[] {
  const held: number[] = [];
  const { submit } = GPUQueue.prototype;
  const spy = vi.spyOn(GPUQueue.prototype, 'submit').mockImplementation(function (this: GPUQueue, buffers) {
    const { live, pending, pooled, source, output, uniforms, staging } = studio.metrics().bytes;
    held.push(live + pending + pooled + source + output + uniforms + staging);
    return submit.call(this, buffers);
  });
  onTestFinished(() => spy.mockRestore());
  return held;
}

/** The longest side of each texture that is made. */
function watchTextures(): number[] {
  const sides: number[] = [];
  const { createTexture } = GPUDevice.prototype;
  const spy = vi.spyOn(GPUDevice.prototype, 'createTexture').mockImplementation(function (this: GPUDevice, descriptor) {
    sides.push(Math.max(...(descriptor.size as Iterable<number>)));
    return createTexture.call(this, descriptor);
  });
  onTestFinished(() => spy.mockRestore());
  return sides;
}

describe('a picture over the budget', () => {
  test('is painted in tiles, without a seam and never above the budget', async ({ render }) => {
    const lent = await makeLent(BUDGET);
    const pipeline = lent.studio.pipeline(LOOK);
    const held = watchSubmits(lent);
    const read = await pipeline.read(SOURCE);
    expect(differenceOf(read, await render(LOOK, SOURCE))).toBeLessThanOrEqual(1);
    expect(lent.studio.metrics().frames).toBeGreaterThan(2);
    expect(Math.max(...held)).toBeLessThanOrEqual(BUDGET.memory.maxBytes);
    expect(lent.studio.metrics().bytes).toMatchObject({ live: 0, pending: 0, source: 0, output: 0, staging: 0 });
  });

  test('with several outputs and a mask is that too', async ({ studio: large }) => {
    const { studio } = await makeLent(BUDGET);
    const looks = { pencil: LOOK, masked: mask(adjust({ hue: 90 }), 'cover', { feather: 3 }) };
    const options = { inputs: { cover: scene(45, 45) }, mirror: true };
    const [tiled, whole] = [await studio.pipeline(looks).read(SOURCE, options), await large.pipeline(looks).read(SOURCE, options)];
    expect(studio.metrics().frames).toBeGreaterThan(2);
    for (const name of ['pencil', 'masked'] as const) expect(differenceOf(tiled[name], whole[name])).toBeLessThanOrEqual(1);
  });

  test('is refused before anything is allocated where a step needs the whole of it, with what to do', async () => {
    const { studio } = await makeLent(BUDGET);
    const pipeline = studio.pipeline([...LOOK, GLOBAL]);
    await pipeline.ready;
    const before = studio.metrics();
    await expect(pipeline.read(SOURCE)).rejects.toThrow(BudgetError);
    await expect(pipeline.read(SOURCE)).rejects.toThrow(/painting 330x90 needs 1\.\d MB .* the budget is 0\.5 MB: give a smaller maxSize, or fit: 'budget'/);
    expect(studio.metrics()).toEqual(before);
  });

  test('is refused where not even one tile fits', async () => {
    const { studio } = await makeLent({ memory: { maxBytes: 100_000 } });
    const pipeline = studio.pipeline(LOOK);
    await pipeline.ready;
    const before = studio.metrics();
    await expect(pipeline.read(SOURCE)).rejects.toThrow(BudgetError);
    expect(studio.metrics()).toEqual(before);
  });

  test('gives no intermediate in tiles', async () => {
    const { studio } = await makeLent(BUDGET);
    await expect(studio.pipeline(LOOK, tinted()).read(SOURCE, { inspect: 'tint' })).rejects.toThrow(BudgetError);
  });

  test('is painted with the parameters there were when the call began', async () => {
    const { studio } = await makeLent(BUDGET);
    const pipeline = studio.pipeline(LOOK);
    const before = await pipeline.read(SOURCE);
    const frames = studio.metrics().frames;
    const { submit } = GPUQueue.prototype;
    const spy = vi.spyOn(GPUQueue.prototype, 'submit').mockImplementation(function (this: GPUQueue, buffers) {
      pipeline.set(0, { strength: 0, sigma: 3 });
      return submit.call(this, buffers);
    });
    onTestFinished(() => spy.mockRestore());
    expect(await pipeline.read(SOURCE)).toEqual(before);
    expect(studio.metrics().frames).toBe(2 * frames);
    expect(await pipeline.read(SOURCE)).not.toEqual(before);
  });

  test('can be stopped between two tiles', async () => {
    const { studio } = await makeLent(BUDGET);
    const stop = new AbortController();
    const { submit } = GPUQueue.prototype;
    const spy = vi.spyOn(GPUQueue.prototype, 'submit').mockImplementation(function (this: GPUQueue, buffers) {
      stop.abort(new Error('enough'));
      return submit.call(this, buffers);
    });
    onTestFinished(() => spy.mockRestore());
    await expect(studio.pipeline(LOOK).read(SOURCE, { signal: stop.signal })).rejects.toThrow('enough');
    await vi.waitFor(() => expect(studio.metrics()).toMatchObject({ frames: 1, bytes: { live: 0, source: 0, output: 0, staging: 0 } }));
  });

  test('that is destroyed between two tiles rejects, and lets go of everything', async () => {
    const { studio } = await makeLent(BUDGET);
    const pipeline = studio.pipeline(LOOK);
    const { submit } = GPUQueue.prototype;
    const spy = vi.spyOn(GPUQueue.prototype, 'submit').mockImplementation(function (this: GPUQueue, buffers) {
      queueMicrotask(() => pipeline.destroy());
      return submit.call(this, buffers);
    });
    onTestFinished(() => spy.mockRestore());
    await expect(pipeline.read(SOURCE)).rejects.toThrow(DestroyedError);
    await vi.waitFor(() => expect(studio.metrics()).toMatchObject({ frames: 1, bytes: { live: 0, source: 0, output: 0, staging: 0 } }));
  });

  test('on a device that is lost between two tiles rejects', async () => {
    const { studio, device } = await makeLent(BUDGET);
    const { submit } = GPUQueue.prototype;
    const spy = vi.spyOn(GPUQueue.prototype, 'submit').mockImplementation(function (this: GPUQueue, buffers) {
      submit.call(this, buffers);
      device.destroy();
    });
    onTestFinished(() => spy.mockRestore());
    await expect(studio.pipeline(LOOK).read(SOURCE)).rejects.toThrow(DeviceLostError);
  });
});

describe("fit: 'budget'", () => {
  test('paints smaller what cannot be painted in tiles: as large as fits, in the same shape and look', async ({ studio: large }) => {
    const lent = await makeLent(BUDGET);
    const held = watchSubmits(lent);
    const look = [adjust({ saturation: 2 }), GLOBAL];
    const read = await lent.studio.pipeline(look).read(SOURCE, { fit: 'budget' });
    expect(read.width).toBeLessThan(SOURCE.width);
    expect(read.width / read.height).toBeCloseTo(SOURCE.width / SOURCE.height, 1);
    expect(Math.max(...held)).toBeLessThanOrEqual(BUDGET.memory.maxBytes);
    expect(Math.max(...held)).toBeGreaterThan(0.8 * BUDGET.memory.maxBytes);
    expect(read).toEqual(await large.pipeline(look).read(SOURCE, { scale: read.width / SOURCE.width }));
  });

  test('leaves a picture that fits, or that can be painted in tiles, as large as it is', async ({ studio: large }) => {
    const { studio } = await makeLent(BUDGET);
    expect(await studio.pipeline(GLOBAL).read(scene(40, 30), { fit: 'budget' })).toEqual(await large.pipeline(GLOBAL).read(scene(40, 30)));
    expect(await studio.pipeline(LOOK).read(SOURCE, { fit: 'budget' })).toMatchObject({ width: 330, height: 90 });
  });

  test('is refused where not one pixel fits', async () => {
    const { studio } = await makeLent({ memory: { maxBytes: 66_000 } });
    await expect(studio.pipeline(GLOBAL).read(SOURCE, { fit: 'budget' })).rejects.toThrow(BudgetError);
  });

  test('shows a smaller painting on a target of any size, of the same size in each frame', async () => {
    const { studio, device } = await makeLent(BUDGET);
    const pipeline = studio.pipeline([tinted({ red: 0.5 }), GLOBAL]);
    const target = makeTexture(device, 66, 40);
    onTestFinished(() => target.destroy());
    const source = flat(330, 90, [20, 100, 40]);
    await pipeline.ready;
    expect(() => pipeline.render(source, target)).toThrow(BudgetError);
    for (let frame = 0; frame < 4; frame++) expect(pipeline.render(source, target, { fit: 'budget' })).toBe(true);
    const { created } = studio.metrics();
    expect(pipeline.render(source, target, { fit: 'budget' })).toBe(true);
    expect(studio.metrics().created).toBe(created);
    const shown = await readTexture(device, target);
    expect(texel(shown, 33, 20)).toEqual([255, 255, 255, 255]);
    // Bars, as with 'contain'.
    expect(texel(shown, 33, 2)).toEqual([0, 0, 0, 0]);
    expect(studio.metrics().bytes.peak).toBeLessThan(BUDGET.memory.maxBytes);
  });
});

describe('a picture larger than a texture can be', () => {
  test('is painted in tiles, and no texture is larger', async ({ render }) => {
    const { studio } = await makeLent({}, 256);
    const sides = watchTextures();
    const source = scene(300, 70);
    const read = await studio.pipeline(LOOK).read(source);
    expect(Math.max(...sides)).toBeLessThanOrEqual(256);
    expect(differenceOf(read, await render(LOOK, source))).toBeLessThanOrEqual(1);
  });

  test('as a source, is painted in tiles though the result is smaller', async ({ render }) => {
    const { studio } = await makeLent({}, 512);
    const sides = watchTextures();
    const source = scene(1200, 40);
    const read = await studio.pipeline(adjust({ hue: 40 })).read(source, { maxSize: 400 });
    expect(Math.max(...sides)).toBeLessThanOrEqual(512);
    expect(differenceOf(read, await render(adjust({ hue: 40 }), source, { maxSize: 400 }))).toBeLessThanOrEqual(1);
  });

  test('is decoded in full where it can be painted in tiles, and else smaller', async () => {
    const { studio } = await makeLent({}, 256);
    const file = await sharpCodec.encode(scene(300, 70), {});
    expect(await studio.pipeline(adjust({ hue: 40 })).read(file)).toMatchObject({ width: 300, height: 70 });
    expect(await studio.pipeline(GLOBAL).read(file)).toMatchObject({ width: 256, height: 60 });
  });

  test('is refused where it cannot be painted in tiles, and by render', async () => {
    const { studio, device } = await makeLent({}, 256);
    await expect(studio.pipeline(GLOBAL).read(scene(300, 70))).rejects.toThrow(/300x70.*256/);
    await expect(studio.pipeline(GLOBAL).read(scene(300, 70))).rejects.toThrow(InputError);
    const target = makeTexture(device, 30, 30);
    onTestFinished(() => target.destroy());
    const pipeline = studio.pipeline(adjust());
    await pipeline.ready;
    expect(() => pipeline.render(scene(300, 70), target)).toThrow(InputError);
  });
});

test('where the GPU has no memory for all of a picture, its tiles may find some', async ({ render }) => {
  const { studio } = await makeLent();
  const pipeline = studio.pipeline(LOOK);
  const source = scene(900, 30);
  await pipeline.ready;
  // As on a GPU that has other work, and no memory for textures of the whole picture.
  let isLarge = false;
  const faulty = new FaultyGpu('memory', () => isLarge);
  const { createTexture } = GPUDevice.prototype;
  const spy = vi.spyOn(GPUDevice.prototype, 'createTexture').mockImplementation(function (this: GPUDevice, descriptor) {
    const [width = 1, height = 1] = descriptor.size as [number, number];
    isLarge = width * height > 0.8 * source.width * source.height;
    const texture = createTexture.call(this, descriptor);
    isLarge = false;
    return texture;
  });
  onTestFinished(() => {
    spy.mockRestore();
    faulty.restore();
  });
  const read = await pipeline.read(source);
  expect(studio.metrics().frames).toBeGreaterThan(2);
  expect(faulty.failed).toBe('createTexture');
  expect(differenceOf(read, await render(LOOK, source))).toBeLessThanOrEqual(1);
});

describe('a long read', () => {
  // Each step goes through 2^18 pixels, and so do import and last pass.
  const SIDE = 512;
  const STEPS = 40;
  const chain = Array.from({ length: STEPS }, (_, i) => shift({ amount: i % 2 === 0 ? 0.2 : -0.2 }));
  const source = flat(SIDE, SIDE, [100, 50, 150]);

  test('is submitted in parts of bounded work, and gives the same picture', async () => {
    const lent = await makeLent();
    const pipeline = lent.studio.pipeline(chain);
    await pipeline.ready;
    const held = watchSubmits(lent);
    const passes = watchPasses();
    const read = await pipeline.read(source);
    expect(texel(read, 300, 200)).toEqual([100, 50, 150, 255]);
    expect(held.length).toBe(2);
    expect(passes).toEqual([32, STEPS + 1 - 32]);
    expect(lent.studio.metrics().frames).toBe(1);
  });

  test('starts from no history, and leaves that of render as it was', async () => {
    const { studio, device } = await makeLent();
    const pipeline = studio.pipeline([...chain, trail()]);
    await pipeline.ready;
    const target = makeTexture(device, SIDE, SIDE);
    onTestFinished(() => target.destroy());
    pipeline.render(source, target);
    expect(texel(await pipeline.read(source), 9, 9)).toEqual([100, 50, 150, 255]);
    pipeline.render(source, target);
    expect(texel(await readTexture(device, target), 9, 9)).toEqual([200, 100, 255, 255]);
  });

  test('of render is one submit', async () => {
    const lent = await makeLent();
    const pipeline = lent.studio.pipeline(chain);
    await pipeline.ready;
    const target = makeTexture(lent.device, SIDE, SIDE);
    onTestFinished(() => target.destroy());
    const held = watchSubmits(lent);
    pipeline.render(source, target);
    expect(held.length).toBe(1);
  });
});

/** How many dispatches each compute pass has. */
function watchPasses(): number[] {
  const passes: number[] = [];
  const { dispatchWorkgroups, end } = GPUComputePassEncoder.prototype;
  let count = 0;
  const spies = [
    vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups').mockImplementation(function (this: GPUComputePassEncoder, ...given) {
      count++;
      return dispatchWorkgroups.apply(this, given);
    }),
    vi.spyOn(GPUComputePassEncoder.prototype, 'end').mockImplementation(function (this: GPUComputePassEncoder) {
      passes.push(count);
      count = 0;
      return end.call(this);
    }),
  ];
  onTestFinished(() => spies.forEach((spy) => spy.mockRestore()));
  return passes;
}
