import { describe, expect, vi } from 'vitest';
import { BudgetError, DecodeError, DestroyedError, DeviceLostError, InputError, ParameterError } from '../../src/core/errors.ts';
import type { Codec } from '../../src/io/codec.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import type { BatchItem, BatchProgress } from '../../src/studio/batch.ts';
import type { Pipeline } from '../../src/studio/pipeline.ts';
import type { Metrics } from '../../src/studio/metrics.ts';
import { ResultCache } from '../../src/studio/resultCache.ts';
import { shift, tinted, trail } from '../support/effects.ts';
import { flat, hash, texel } from '../support/pictures.ts';
import { makeDevice, makeStudio, test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const GREYS = [10, 20, 30, 40];

function grey(code: number): Pixels {
  return flat(6, 5, [code, code, code]);
}

/** The red of the first pixel, or the error's name. */
function seen({ outputs, error }: BatchItem<unknown, Pixels>): number | string | undefined {
  return outputs === undefined ? error.name : texel(outputs, 0, 0)[0];
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function bytesOf({ bytes: { peak: _peak, ...bytes } }: Metrics): object {
  return bytes;
}

/** Whether what could go on has done so, up to what waits for the GPU. */
const turns = async (): Promise<void> => {
  for (let i = 0; i < 30; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a batch', () => {
  test('gives every input with its painting, in order, with progress', async ({ studio }) => {
    const look = studio.pipeline(shift({ amount: 0.2 }));
    const pictures = GREYS.map(grey);
    const progress: BatchProgress[] = [];
    const items = await collect(studio.batch(pictures, look, { onProgress: (step) => progress.push(step) }));
    expect(items.map(({ index, input }) => pictures.indexOf(input) === index)).toEqual([true, true, true, true]);
    expect(items.map(seen)).toEqual([61, 71, 81, 91]);
    expect(progress).toEqual([1, 2, 3, 4].map((done) => ({ done, failed: 0, total: 4 })));
    look.destroy();
  });

  test('takes any iterable: a set, a generator, an asynchronous one, and functions that open a picture', async ({ studio }) => {
    const look = studio.pipeline(shift());
    const totals: (number | undefined)[] = [];
    const onProgress = ({ total }: BatchProgress): void => void totals.push(total);
    expect((await collect(studio.batch(new Set([grey(1), grey(2)]), look, { onProgress }))).map(seen)).toEqual([1, 2]);
    expect((await collect(studio.batch([grey(3)].values(), look, { onProgress }))).map(seen)).toEqual([3]);
    const slow = async function* (): AsyncGenerator<Pixels> {
      await turns();
      yield grey(4);
    };
    expect((await collect(studio.batch(slow(), look, { onProgress, ahead: 3 }))).map(seen)).toEqual([4]);
    expect((await collect(studio.batch([() => grey(5), async () => grey(6)], look, { ahead: 0 }))).map(seen)).toEqual([5, 6]);
    expect(await collect(studio.batch([], look))).toEqual([]);
    expect(totals).toEqual([2, 2, undefined, undefined]);
    look.destroy();
  });

  test('paints named outputs, at the size asked for, and encodes them', async () => {
    const encoded: unknown[] = [];
    const codec: Codec = {
      decode: async () => grey(7),
      async encode({ width, height }, { type, quality }) {
        encoded.push([width, height, type, quality]);
        return new Blob([], { type: type as string });
      },
    };
    const studio = await makeStudio({ codec });
    const looks = studio.pipeline({ plain: shift(), light: shift({ amount: 0.2 }) });
    for await (const { outputs } of studio.batch([new Blob()], looks, { maxSize: 3, encode: { type: 'image/webp', quality: 0.5 } })) {
      expect(outputs?.plain.type).toBe('image/webp');
      expect(outputs?.light).toBeInstanceOf(Blob);
    }
    expect(encoded).toEqual(Array.from({ length: 2 }, () => [3, 3, 'image/webp', 0.5]));
    for await (const { outputs } of studio.batch([grey(1)], looks)) expect([outputs?.plain, outputs?.light].map((pixels) => pixels?.data[0])).toEqual([1, 52]);
    studio.destroy();
  });

  test('asks the cache as read and toBlob do', async () => {
    using cache = new ResultCache();
    using studio = await makeStudio({ cache, codec: { decode: () => Promise.reject(new Error('never called')), encode: async () => new Blob(['encoded']) } });
    const look = studio.pipeline(shift());
    const options = { ahead: 2, onProgress: () => {}, signal: new AbortController().signal };
    await look.read(grey(1), { maxSize: 3 });
    await collect(studio.batch([grey(1)], look, { ...options, maxSize: 3 }));
    await look.toBlob(grey(1), { type: 'image/webp' });
    await collect(studio.batch([grey(1)], look, { ...options, encode: { type: 'image/webp' } }));
    expect(cache.metrics()).toMatchObject({ hits: 2, misses: 2 });
  });

  test('reports what fails, whatever fails of it, and paints the rest', async () => {
    const codec: Codec = {
      async decode(blob) {
        if (blob.size === 0) throw new DecodeError('no picture');
        return grey(blob.size);
      },
      encode: async () => new Blob(),
    };
    const studio = await makeStudio({ codec });
    const look = studio.pipeline(shift());
    const refuse = (): never => {
      throw 'a word';
    };
    const inputs = [new Blob(['a']), new Blob(), { width: 0 } as Pixels, refuse, async () => Promise.reject(new DestroyedError('of another thing')), () => grey(9)];
    const progress: BatchProgress[] = [];
    const items = await collect(studio.batch(inputs, look, { ahead: 2, onProgress: (step) => progress.push(step) }));
    expect(items.map(seen)).toEqual([1, 'DecodeError', 'InputError', 'Error', 'DestroyedError', 9]);
    expect(items[3]?.error).toMatchObject({ message: 'a word', cause: 'a word' });
    expect(items.map(({ index, input }) => inputs[index] === input)).toEqual(inputs.map(() => true));
    expect(progress.map(({ failed }) => failed)).toEqual([0, 1, 2, 3, 4, 4]);
    studio.destroy();
  });

  test('begins nothing that is not asked for', async ({ studio }) => {
    const look = studio.pipeline(shift());
    for (const ahead of [0, 1, 3]) {
      let opened = 0;
      const inputs = Array.from({ length: 8 }, (_, i) => () => {
        opened++;
        return grey(i);
      });
      const items = studio.batch(inputs, look, { ahead });
      await turns();
      expect(opened).toBe(0);
      for (let held = 1; held <= 3; held++) {
        await items.next();
        await turns();
        expect(opened).toBe(held + ahead);
      }
      await items.return();
      await turns();
      expect(opened).toBe(3 + ahead);
    }
    look.destroy();
  });

  test('paints its looks as they were when it began, and leaves history and plans of the pipeline alone', async () => {
    const device = await makeDevice();
    const studio = await makeStudio({ device });
    const look = studio.pipeline(trail(), shift({ amount: 0 }));
    const target = makeTexture(device, 6, 5);
    await look.ready;
    while (!look.render(grey(10), target)) await turns();
    const { created } = studio.metrics();
    const painted: (number | string | undefined)[] = [];
    for await (const item of studio.batch([1, 2, 3, 4, 5, 6].map((code) => flat(6 + code, 5, [code, 0, 0])), look)) {
      painted.push(seen(item));
      look.set('shift', { amount: 0.1 });
    }
    expect(painted).toEqual([1, 2, 3, 4, 5, 6]);
    expect(created).toBeGreaterThan(0);
    look.set('shift', { amount: 0 });
    look.render(grey(10), target);
    expect(texel(await readTexture(device, target), 0, 0)[0]).toBe(20);
    studio.destroy();
    device.destroy();
  });

  test('of what functions open closes everything, late things too, and of what it is given nothing', async ({ studio }) => {
    const look = studio.pipeline(shift());
    const closed: number[] = [];
    const closing = (code: number): Pixels & { close(): void } => ({ ...grey(code), close: () => closed.push(code) });
    let giveLate = (_picture: Pixels): void => {};
    const inputs = [closing(1), () => closing(2), async () => ({ ...closing(3), data: new Uint8ClampedArray(0) }), () => new Promise<Pixels>((resolve) => (giveLate = resolve))];
    const items = studio.batch(inputs, look, { ahead: 3 });
    for (let i = 0; i < 3; i++) await items.next();
    expect(closed.sort()).toEqual([2, 3]);
    await items.return();
    giveLate(closing(4));
    await turns();
    expect(closed).toEqual([2, 3, 4]);
    look.destroy();
  });
});

describe('500 pictures of random sizes', () => {
  test('leave the byte counts where they were, and never hold more than a few of them', async () => {
    const studio = await makeStudio();
    const look = studio.pipeline(tinted({ red: 0.2 }), shift({ amount: 0.2 }));
    await look.read(flat(40, 40, [0, 0, 0]));
    studio.trim();
    const before = studio.metrics();
    const size = (i: number, axis: number): number => 8 + Math.floor(33 * hash(i, axis));
    const inputs = Array.from({ length: 500 }, (_, i) => () => flat(size(i, 0), size(i, 1), [0, i % 200, 0]));
    let most = 0;
    let painted = 0;
    for await (const { index, outputs } of studio.batch(inputs, look, { ahead: 2 })) {
      if (outputs?.width === size(index, 0) && outputs.height === size(index, 1) && texel(outputs, 0, 0)[1] === (index % 200) + 51) painted++;
      const { bytes } = studio.metrics();
      most = Math.max(most, bytes.live + bytes.pooled + bytes.pending + bytes.source + bytes.output + bytes.staging);
    }
    const after = studio.metrics();
    expect(painted).toBe(500);
    expect(bytesOf(after)).toEqual(bytesOf(before));
    expect(after.created - after.destroyed).toBe(before.created - before.destroyed);
    // The largest picture takes 42 kB: its source, import, two slots, tint, result and staging.
    expect(most).toBeLessThan(10 * 42_000);
    studio.destroy();
  });

  test('of one size make nothing new', async () => {
    const studio = await makeStudio();
    const look = studio.pipeline(shift());
    const created: number[] = [];
    for await (const _item of studio.batch(Array.from({ length: 12 }, () => grey(1)), look, { ahead: 0 })) created.push(studio.metrics().created);
    expect(new Set(created.slice(2)).size).toBe(1);
    studio.destroy();
  });
});

describe('an end before the last input', () => {
  test('by break waits for what is in work, and ends the inputs', async ({ studio }) => {
    const look = studio.pipeline(shift());
    await look.read(grey(0));
    studio.trim();
    const before = bytesOf(studio.metrics());
    const ended = vi.fn();
    const inputs = function* (): Generator<Pixels> {
      try {
        for (;;) yield grey(1);
      } finally {
        ended();
      }
    };
    for await (const _item of studio.batch(inputs(), look, { ahead: 2 })) break;
    expect(ended).toHaveBeenCalledTimes(1);
    expect(bytesOf(studio.metrics())).toEqual(before);
    look.destroy();
  });

  test('does not wait for inputs that may never come', async ({ studio }) => {
    const look = studio.pipeline(shift());
    let stopped: AbortSignal | undefined;
    const forever = async function* (): AsyncGenerator<Pixels | ((signal: AbortSignal) => Promise<Pixels>)> {
      yield grey(1);
      yield (signal) => {
        stopped = signal;
        return new Promise(() => {});
      };
      await new Promise(() => {});
    };
    for await (const _item of studio.batch(forever(), look, { ahead: 2 })) break;
    expect(stopped?.aborted).toBe(true);
    look.destroy();
  });

  test('ends inputs that come late when they come, opens none of them, and does not mind how they fail', async ({ studio }) => {
    const look = studio.pipeline(shift());
    let come = (): void => {};
    const coming = new Promise<void>((resolve) => (come = resolve));
    const open = vi.fn(() => grey(2));
    const ended = vi.fn(() => {
      throw new Error('of their end');
    });
    const inputs = async function* (): AsyncGenerator<Pixels | (() => Pixels)> {
      try {
        yield grey(1);
        await coming;
        yield open;
      } finally {
        ended();
      }
    };
    for await (const _item of studio.batch(inputs(), look, { ahead: 1 })) break;
    expect(ended).not.toHaveBeenCalled();
    come();
    await turns();
    expect(ended).toHaveBeenCalledTimes(1);
    expect(open).not.toHaveBeenCalled();
    look.destroy();
  });

  test('by inputs that cannot be begun leaves nothing', async ({ studio }) => {
    const look = studio.pipeline(shift());
    const copy = vi.spyOn(look, 'copy');
    const fault = new Error('of the inputs');
    const inputs: Iterable<Pixels> = {
      [Symbol.iterator]() {
        throw fault;
      },
    };
    await expect(collect(studio.batch(inputs, look))).rejects.toBe(fault);
    expect(copy).not.toHaveBeenCalled();
    look.destroy();
  });

  test('by a signal rejects at once with its reason, submits nothing more and gives everything back', async () => {
    const studio = await makeStudio();
    const look = studio.pipeline(shift());
    await look.read(grey(0));
    studio.trim();
    const before = bytesOf(studio.metrics());
    const controller = new AbortController();
    const reason = new Error('enough');
    const submit = vi.spyOn(GPUQueue.prototype, 'submit');
    const work = (): number => submit.mock.calls.filter(([buffers]) => [...buffers].length > 0).length;
    const endless = function* (): Generator<Pixels> {
      for (;;) yield grey(1);
    };
    const items = studio.batch(endless(), look, { ahead: 2, signal: controller.signal });
    await items.next();
    const next = items.next().catch((error: unknown) => error);
    controller.abort(reason);
    const submitted = work();
    let settled: unknown;
    void next.then((error) => (settled = error));
    for (let i = 0; i < 30; i++) await Promise.resolve();
    expect(settled).toBe(reason);
    expect(await items.next()).toEqual({ done: true, value: undefined });
    await look[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(bytesOf(studio.metrics())).toEqual(before));
    expect(work()).toBe(submitted);
    submit.mockRestore();
    studio.destroy();
  });

  test('by a signal while the loop holds an item', async ({ studio }) => {
    const look = studio.pipeline(shift());
    const controller = new AbortController();
    const items = studio.batch(GREYS.map(grey), look, { signal: controller.signal });
    await items.next();
    controller.abort();
    await expect(items.next()).rejects.toMatchObject({ name: 'AbortError' });
    await expect(studio.batch([grey(1)], look, { signal: controller.signal }).next()).rejects.toMatchObject({ name: 'AbortError' });
    look.destroy();
  });

  test('by the inputs, the loop or onProgress rethrows, after the items before', async ({ studio }) => {
    const look = studio.pipeline(shift());
    const fault = new Error('of the caller');
    const failing = function* (): Generator<Pixels> {
      yield grey(1);
      throw fault;
    };
    const painted: unknown[] = [];
    const loop = async (items: AsyncIterable<BatchItem<unknown, Pixels>>, act = (): void => {}): Promise<void> => {
      for await (const item of items) {
        painted.push(seen(item));
        act();
      }
    };
    const raise = (): never => {
      throw fault;
    };
    await expect(loop(studio.batch(failing(), look, { ahead: 3 }))).rejects.toBe(fault);
    expect(painted).toEqual([1]);
    await expect(loop(studio.batch(GREYS.map(grey), look, { onProgress: raise }))).rejects.toBe(fault);
    expect(painted).toEqual([1]);
    await expect(loop(studio.batch(GREYS.map(grey), look), raise)).rejects.toBe(fault);
    expect(painted).toEqual([1, 10]);
    expect(studio.metrics().bytes).toMatchObject({ live: 0, pooled: 0, source: 0, output: 0, staging: 0 });
    await loop(studio.batch([grey(2)], look));
    expect(painted).toEqual([1, 10, 2]);
    look.destroy();
  });

  test('by the end of the pipeline or the studio rejects with a DestroyedError', async () => {
    for (const end of ['pipeline', 'studio'] as const) {
      const studio = await makeStudio();
      const look = studio.pipeline(shift());
      const items = studio.batch([...GREYS, ...GREYS].map(grey), look, { ahead: 2 });
      await items.next();
      if (end === 'pipeline') look.destroy();
      else studio.destroy();
      await expect(collect(items)).rejects.toThrow(DestroyedError);
      expect(studio.metrics().bytes).toMatchObject({ live: 0, pooled: 0, source: 0, output: 0, staging: 0 });
      studio.destroy();
    }
  });

  test('as an `await using` resource', async ({ studio }) => {
    const look = studio.pipeline(shift());
    const items = studio.batch(GREYS.map(grey), look);
    await items.next();
    await items[Symbol.asyncDispose]();
    expect(await items.next()).toEqual({ done: true, value: undefined });
    look.destroy();
  });
});

describe('what fails for reasons that pass', () => {
  test('is tried again alone; pictures that fit one by one wait for each other', async () => {
    const studio = await makeStudio({ memory: { maxBytes: 1_000_000 } });
    const look = studio.pipeline(shift());
    const read = vi.spyOn(Object.getPrototypeOf(look) as Pipeline, 'read');
    const large = GREYS.map((code) => flat(200, 200, [code, code, code]));
    expect((await collect(studio.batch(large, look, { ahead: 3 }))).map(seen)).toEqual(GREYS);
    expect(read).toHaveBeenCalledTimes(GREYS.length);
    const tooLarge = [grey(1), flat(300, 300, [2, 2, 2]), grey(3)];
    read.mockClear();
    expect((await collect(studio.batch(tooLarge, look, { ahead: 3 }))).map(seen)).toEqual([1, BudgetError.name, 3]);
    expect(read).toHaveBeenCalledTimes(tooLarge.length + 1);
    read.mockRestore();
    studio.destroy();
  });

  test('is painted on the next device when the GPU is lost', async () => {
    const { requestDevice } = GPUAdapter.prototype;
    const devices: GPUDevice[] = [];
    const request = vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (this: GPUAdapter, descriptor) {
      devices.push(await requestDevice.call(this, descriptor));
      return devices.at(-1) as GPUDevice;
    });
    const studio = await makeStudio();
    const look = studio.pipeline(shift());
    const painted: unknown[] = [];
    for await (const item of studio.batch(GREYS.map(grey), look, { ahead: 2 })) {
      painted.push(seen(item));
      if (item.index === 0) devices[0]?.destroy();
    }
    expect(painted).toEqual(GREYS);
    expect(devices).toHaveLength(2);
    request.mockRestore();
    studio.destroy();
  });

  test('ends the batch where nothing comes back by itself', async () => {
    const device = await makeDevice();
    const studio = await makeStudio({ device });
    const items = studio.batch([...GREYS, ...GREYS].map(grey), studio.pipeline(shift()), { ahead: 0 });
    await items.next();
    device.destroy();
    await device.lost;
    await expect(collect(items)).rejects.toThrow(DeviceLostError);
    studio.destroy();
  });
});

test('what cannot be a batch is refused when it is asked for', async ({ studio }) => {
  const look = studio.pipeline(shift());
  const batch = (inputs: unknown, options?: object): unknown => studio.batch(inputs as Pixels[], look, options);
  expect(() => batch(new Blob())).toThrow('batch: the inputs are [object Blob], must be an array or another iterable of pictures');
  expect(() => batch('abc')).toThrow(InputError);
  expect(() => batch(null)).toThrow(InputError);
  expect(() => batch([], { ahead: 1.5 })).toThrow('batch: ahead is 1.5, must be a whole number from 0');
  expect(() => batch([], { ahead: -1 })).toThrow(ParameterError);
  expect(() => batch([], { signal: 'stop' })).toThrow('batch: signal is stop, must be an AbortSignal');
  const other = await makeStudio();
  expect(() => other.batch([], look)).toThrow('the pipeline is of another studio');
  look.destroy();
  expect(() => studio.batch([], look)).toThrow(DestroyedError);
  other.destroy();
});
