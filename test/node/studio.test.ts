import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DecodeError, InputError, InputTooLargeError, ParameterError, UnsupportedError } from '../../src/core/errors.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { pencilSketch } from '../../src/effects/pencilSketch.ts';
import { createGpu, decode, encode, Studio } from '../../src/node/index.ts';
import { Studio as BrowserStudio } from '../../src/studio/studio.ts';
import { noisePixels } from '../support/noisePixels.ts';
import { buildModules, removeFolder, runNode } from '../support/nodeProcess.ts';
import { maxDifference } from '../support/pictures.ts';

let studio: Studio;
beforeAll(async () => void (studio = await Studio.create()));
afterAll(() => studio.destroy());

const noise = noisePixels(40, 30);
const file = async (): Promise<Blob> => new Blob([(await encode(noise)) as Uint8Array<ArrayBuffer>]);

test('it is the same class as in a browser', () => {
  expect(studio).toBeInstanceOf(BrowserStudio);
  expect(studio instanceof Studio).toBe(true);
  expect({} instanceof Studio).toBe(false);
});

test('a picture file goes in as a Blob and comes out as one', async () => {
  const pipeline = studio.pipeline(adjust());
  const png = await pipeline.toBlob(await file());
  expect(png.type).toBe('image/png');
  expect(maxDifference(await decode(await png.arrayBuffer()), await pipeline.read(noise))).toBe(0);
  const jpeg = await pipeline.toBlob(noise, { type: 'image/jpeg', quality: 0.5, maxSize: 20 });
  expect(jpeg.type).toBe('image/jpeg');
  expect(await decode(await jpeg.arrayBuffer())).toMatchObject({ width: 20, height: 15 });
  expect((await pipeline.toBlob(noise, { type: 'image/jpeg', quality: 0 })).size).toBeLessThan((await pipeline.toBlob(noise, { type: 'image/jpeg', quality: 1 })).size);
});

test('a Blob that is no picture, too large, or a quality out of range', async () => {
  const pipeline = studio.pipeline(adjust());
  await expect(pipeline.read(new Blob(['text']))).rejects.toThrow(DecodeError);
  for (const quality of [-1, 1.5, NaN]) await expect(pipeline.toBlob(noise, { quality })).rejects.toThrow(ParameterError);
  using small = await Studio.create({ limits: { maxPixels: 1199.5 } });
  await expect(small.pipeline(adjust()).read(await file())).rejects.toThrow(InputTooLargeError);
});

test('limits.maxSide refuses a picture whatever it would be scaled to; one that only this GPU cannot hold is scaled down where it is not painted in tiles', async () => {
  const longest = (await (await createGpu()).requestAdapter())!.limits.maxTextureDimension2D;
  const long = new Blob([(await encode({ data: new Uint8ClampedArray(4 * 2 * (longest + 8)).fill(255), width: longest + 8, height: 2 })) as Uint8Array<ArrayBuffer>]);
  // What tells no halo cannot be painted in tiles.
  const painted = await studio.pipeline(pencilSketch()).read(long);
  expect(painted.width).toBeLessThanOrEqual(longest);
  expect(painted.width).toBeGreaterThan(4096);
  await expect(studio.pipeline(pencilSketch()).read(long, { crop: { x: 0, y: 0, width: 8, height: 2 } })).rejects.toThrow(InputError);
  using strict = await Studio.create({ limits: { maxSide: 39 } });
  await expect(strict.pipeline(adjust()).read(await file(), { maxSize: 10 })).rejects.toThrow(InputTooLargeError);
  await expect(strict.pipeline(adjust()).read(noise)).rejects.toThrow(InputError);
});

test('the sample of the package', async () => {
  const sample = await readFile(join(import.meta.dirname, '../../samples/still-life.jpg'));
  const { width, height } = await studio.pipeline(adjust()).read(new Blob([sample as Uint8Array<ArrayBuffer>]), { maxSize: 32 });
  expect(Math.max(width, height)).toBe(32);
});

describe('what the caller gives is taken', () => {
  test('a device', async () => {
    const adapter = await (await createGpu()).requestAdapter();
    const device = await adapter!.requestDevice();
    const borrowing = await Studio.create({ device });
    borrowing.destroy();
    expect(await Promise.race([device.lost.then(() => 'lost'), device.queue.onSubmittedWorkDone().then(() => 'alive')])).toBe('alive');
    device.destroy();
  });
  test('a GPU', async () => {
    const gpu = { requestAdapter: async () => null } as unknown as GPU;
    await expect(Studio.create({ gpu })).rejects.toThrow(UnsupportedError);
  });
  test('a codec', async () => {
    using own = await Studio.create({ codec: { decode: async () => noisePixels(3, 2), encode: async () => new Blob(['mine']) } });
    expect(await (await own.pipeline(adjust()).toBlob(new Blob(['any']))).text()).toBe('mine');
  });
});

test('a process that has painted ends by itself, with a studio and a cache that nobody destroyed', async () => {
  const built = await buildModules(['node/index.ts', 'effects/adjust.ts', 'studio/resultCache.ts']);
  // What is kept is kept for longer than a process may take.
  const ended = await runNode(`
    const [{ Studio }, { adjust }, { ResultCache }] = await Promise.all(['index', 'adjust', 'resultCache'].map((name) => import(${JSON.stringify(built)} + '/' + name + '.mjs')));
    globalThis.studio = await Studio.create({ memory: { maxAgeMs: 600_000 }, cache: new ResultCache() });
    globalThis.painted = await studio.pipeline(adjust()).read({ data: new Uint8ClampedArray(64), width: 4, height: 4 });
    console.log(painted.width, studio.metrics().frames);`, { PATH: process.env['PATH'], HOME: process.env['HOME'] });
  await removeFolder(built);
  expect(ended).toEqual({ code: 0, signal: null, stdout: '4 1\n', stderr: '' });
});
