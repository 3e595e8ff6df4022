import { describe, expect, vi } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { DecodeError, DestroyedError, InputError, ParameterError } from '../../src/core/errors.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { mask } from '../../src/effects/mask.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { sharpCodec } from '../../src/node/codec.ts';
import { encode } from '../../src/node/encode.ts';
import { ResultCache } from '../../src/studio/resultCache.ts';
import { Studio } from '../../src/studio/studio.ts';
import { shift } from '../support/effects.ts';
import { flat, scene } from '../support/pictures.ts';
import { makeDevice, makeStudio, test as base } from '../support/studioTest.ts';
import { makeTexture } from '../support/textures.ts';

const test = base
  .extend('cache', ({}, { onCleanup }) => {
    const cache = new ResultCache();
    onCleanup(() => cache.destroy());
    return cache;
  })
  .extend('keeping', async ({ cache }, { onCleanup }) => {
    const studio = await makeStudio({ cache, codec: sharpCodec });
    onCleanup(() => studio.destroy());
    return studio;
  });

const PICTURE = scene(24, 16);
const file = async (picture: Pixels = PICTURE): Promise<Blob> => new Blob([(await encode(picture)) as Uint8Array<ArrayBuffer>], { type: 'image/png' });
const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

describe('toBlob and read', () => {
  test('of equal files paint once, and equal to the byte', async ({ keeping, cache, studio }) => {
    const look = keeping.pipeline(shift({ amount: 0.2 }));
    const first = await look.toBlob(await file());
    expect(keeping.metrics().frames).toBe(1);
    const created = keeping.metrics().created;
    const second = await look.toBlob(await file());
    expect([keeping.metrics().frames, keeping.metrics().created]).toEqual([1, created]);
    expect(await bytesOf(second)).toEqual(await bytesOf(first));
    expect(await keeping.pipeline([shift({ amount: 0.2 })]).toBlob(await file())).toBe(second);
    expect(cache.metrics()).toMatchObject({ entries: 1, bytes: first.size, hits: 2, misses: 1 });
    // As without a cache.
    const plain = await studio.pipeline(shift({ amount: 0.2 })).read(PICTURE);
    expect(await look.read(PICTURE)).toEqual(plain);
    expect(await look.read({ ...PICTURE, data: PICTURE.data.slice() })).toEqual(plain);
    expect([keeping.metrics().frames, cache.metrics().hits]).toEqual([2, 3]);
  });

  test('paint anew for anything else that changes the picture', async ({ keeping }) => {
    const look = keeping.pipeline(shift({ amount: 0.2 }));
    const blob = await file();
    await look.toBlob(blob);
    let frames = 1;
    const differs = async (paint: () => Promise<unknown>): Promise<void> => {
      for (let again = 0; again < 2; again++) await paint();
      expect(keeping.metrics().frames).toBe(++frames);
    };
    await differs(() => look.read(blob));
    for (const options of [{ maxSize: 12 }, { scale: 0.5 }, { mirror: true }, { orientation: 3 }, { crop: { x: 0, y: 0, width: 8, height: 8 } }, { crop: { x: 1, y: 0, width: 8, height: 8 } }, { type: 'image/jpeg' }, { type: 'image/jpeg', quality: 0.5 }] as const) await differs(() => look.toBlob(blob, options));
    await differs(async () => look.toBlob(await file(flat(24, 16, [1, 2, 3]))));
    await differs(() => look.toBlob(new Blob([blob])));
    await differs(() => keeping.pipeline(shift({ amount: 0.3 })).toBlob(blob));
    await differs(() => keeping.pipeline(shift({ amount: 0.2 }), adjust()).toBlob(blob));
    await differs(() => keeping.pipeline({ a: shift({ amount: 0.2 }) }).toBlob(blob));
    // The same bytes as a picture of another shape.
    await differs(() => look.read(PICTURE));
    await differs(() => look.read({ data: PICTURE.data, width: 16, height: 24 }));
    look.set('shift', { amount: 0.4 });
    await differs(() => look.toBlob(blob));
    look.set('shift', { amount: 0.2 });
    await look.toBlob(blob);
    expect(keeping.metrics().frames).toBe(frames);
  });

  test('an option that does not fit is refused as without a cache', async ({ keeping }) => {
    const look = keeping.pipeline(shift());
    const blob = await file();
    await look.read(blob);
    for (const maxSize of [NaN, 0]) await expect(look.read(blob, { maxSize })).rejects.toThrow('maxSize is');
    await expect(look.read({ data: new Uint8Array(4), width: 1, height: 1 } as never)).rejects.toThrow(InputError);
    await expect(look.read(null as never)).rejects.toThrow(InputError);
    await expect(look.read(blob, { inspect: 'nothing' })).rejects.toThrow(ParameterError);
  });

  test('several outputs are kept together, and what a caller writes into them stays with the caller', async ({ keeping, cache }) => {
    const two = keeping.pipeline({ a: shift({ amount: 0.1 }), b: adjust() });
    const first = await two.read(PICTURE);
    first.a.data.fill(0);
    const second = await two.read(PICTURE);
    second.b.data.fill(0);
    const third = await two.read(PICTURE);
    expect([third.a.data.every((byte) => byte === 0), third.b]).toEqual([false, PICTURE]);
    expect([keeping.metrics().frames, cache.metrics().bytes]).toEqual([1, 2 * PICTURE.data.length]);
  });

  test('masks are part of the question where they are pixels', async ({ keeping }) => {
    const look = keeping.pipeline(mask(shift({ amount: 0.5 }), 'where'));
    const read = (shade: number): Promise<Pixels> => look.read(PICTURE, { inputs: { where: flat(24, 16, [shade, shade, shade]) } });
    const white = await read(255);
    expect(await read(255)).toEqual(white);
    expect(keeping.metrics().frames).toBe(1);
    expect(await read(0)).not.toEqual(white);
    expect(keeping.metrics().frames).toBe(2);
  });

  test('two effects of one name are two', async ({ keeping }) => {
    const make = (amount: number): Effect<object> => defineEffect<object>({ name: 'twin', params: {}, build: (graph, inputs) => shift.build(graph, inputs, { amount } as never, {}) });
    const [dark, light] = [await keeping.pipeline(make(0)()).read(PICTURE), await keeping.pipeline(make(0.5)()).read(PICTURE)];
    expect(light).not.toEqual(dark);
  });

  test('textures are painted each time', async ({ cache }) => {
    const device = await makeDevice();
    const studio = await Studio.create({ device, cache });
    const look = studio.pipeline(shift());
    const texture = makeTexture(device, 4, 4);
    for (let i = 0; i < 2; i++) await look.read(texture);
    expect(studio.metrics().frames).toBe(2);
    expect(cache.metrics()).toMatchObject({ entries: 0, hits: 0, misses: 0 });
    studio.destroy();
    device.destroy();
  });
});

describe('at once', () => {
  test('equal calls are one frame, in whichever pipeline', async ({ keeping, cache }) => {
    const pipelines = [keeping.pipeline(shift({ amount: 0.2 })), keeping.pipeline(shift({ amount: 0.2 }))];
    const blob = await file();
    const results = await Promise.all([...pipelines, ...pipelines].map((look) => look.read(blob)));
    for (const result of results) expect(result).toEqual(results[0]);
    expect(new Set(results.map(({ data }) => data)).size).toBe(4);
    expect([keeping.metrics().frames, cache.metrics().shared]).toEqual([1, 3]);
  });

  test('a studio that is destroyed while it paints leaves that of another alone', async ({ keeping, cache }) => {
    const doomed = await makeStudio({ cache, codec: sharpCodec });
    const blob = await file();
    const [lost, won] = [doomed.pipeline(shift({ amount: 0.2 })).read(blob), keeping.pipeline(shift({ amount: 0.2 })).read(blob)];
    await vi.waitFor(() => expect(cache.metrics()).toMatchObject({ misses: 1, shared: 1 }));
    doomed.destroy();
    await expect(lost).rejects.toThrow(DestroyedError);
    expect(await won).toMatchObject({ width: 24, height: 16 });
    expect(keeping.metrics().frames).toBe(1);
  });

  test('a parameter that changes while it is painted: what is kept is true', async ({ keeping, cache, studio }) => {
    const look = keeping.pipeline(shift({ amount: 0.2 }));
    const blob = await file();
    const changing = look.read(blob);
    await vi.waitFor(() => expect(cache.metrics().misses).toBe(1));
    look.set('shift', { amount: 0.6 });
    await changing;
    for (const amount of [0.2, 0.6]) {
      look.set('shift', { amount });
      expect(await look.read(blob)).toEqual(await studio.pipeline(shift({ amount })).read(PICTURE));
    }
  });
});

describe('a call that is given up', () => {
  test('rejects at once with the reason of its signal, and what was not begun is not painted', async ({ keeping, studio }) => {
    for (const painter of [keeping, studio]) {
      const frames = painter.metrics().frames;
      const look = painter.pipeline(shift({ amount: 0.2 }));
      const stop = new AbortController();
      const call = look.read(PICTURE, { signal: stop.signal });
      stop.abort('enough');
      await expect(call).rejects.toBe('enough');
      await expect(look.toBlob(PICTURE, { signal: AbortSignal.abort('before') })).rejects.toBe('before');
      expect(await look.read(flat(2, 2, [0, 0, 0]))).toBeDefined();
      expect(painter.metrics().frames).toBe(frames + 1);
      expect(painter.metrics().bytes).toMatchObject({ live: 0, source: 0, output: 0, staging: 0 });
    }
  });

  test('also while a file is decoded that takes for ever', async ({ cache }) => {
    const codec = { ...sharpCodec, decode: () => new Promise<never>(() => {}) };
    for (const kept of [{ cache }, {}]) {
      using studio = await makeStudio({ codec, ...kept });
      const stop = new AbortController();
      const call = studio.pipeline(shift()).read(new Blob(['picture']), { signal: stop.signal });
      await Promise.resolve();
      stop.abort('enough');
      await expect(call).rejects.toBe('enough');
    }
  });

  test('leaves an equal call alone, also where it was the first', async ({ keeping }) => {
    const look = keeping.pipeline(shift({ amount: 0.2 }));
    const stop = new AbortController();
    const [first, second] = [look.read(PICTURE, { signal: stop.signal }), look.read(PICTURE)];
    await Promise.resolve();
    stop.abort('enough');
    await expect(first).rejects.toBe('enough');
    expect(await second).toMatchObject({ width: 24, height: 16 });
    expect(keeping.metrics().frames).toBe(1);
  });
});

test('a file that is no picture is tried once in a while', async ({ cache }) => {
  const decode = vi.fn<typeof sharpCodec.decode>(sharpCodec.decode);
  const studio = await makeStudio({ cache, codec: { ...sharpCodec, decode } });
  const look = studio.pipeline(shift());
  for (let i = 0; i < 3; i++) await expect(look.read(new Blob(['no picture at all']))).rejects.toThrow(DecodeError);
  expect(decode).toHaveBeenCalledTimes(1);
  await expect(look.read(new Blob(['another']))).rejects.toThrow(DecodeError);
  expect(decode).toHaveBeenCalledTimes(2);
  studio.destroy();
});

test('with SHA-256 too', async () => {
  using cache = new ResultCache({ hash: 'sha-256' });
  using studio = await makeStudio({ cache, codec: sharpCodec });
  const look = studio.pipeline(shift());
  expect(await look.read(await file())).toEqual(await look.read(await file()));
  expect(cache.metrics()).toMatchObject({ hits: 1, misses: 1 });
});

test('a cache that is none, or was destroyed', async ({ keeping, cache }) => {
  await expect(Studio.create({ cache: true as never })).rejects.toThrow('Studio.create: cache is true, must be a ResultCache');
  await expect(Studio.create({ cache: null as never })).rejects.toThrow(ParameterError);
  const look = keeping.pipeline(shift());
  await look.read(PICTURE);
  cache.destroy();
  expect(cache.metrics().bytes).toBe(0);
  await expect(look.read(PICTURE)).rejects.toThrow(DestroyedError);
});

test('a studio that is destroyed leaves the cache as it is', async () => {
  using cache = new ResultCache();
  const studio = await makeStudio({ cache });
  await studio.pipeline(shift()).read(PICTURE);
  studio.destroy();
  expect(cache.metrics().entries).toBe(1);
});
