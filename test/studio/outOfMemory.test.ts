import { describe, expect, onTestFinished, vi } from 'vitest';
import { OutOfMemoryError } from '../../src/core/errors.ts';
import { Studio, type StudioOptions } from '../../src/studio/studio.ts';
import { grown, shift, tinted } from '../support/effects.ts';
import { FaultyGpu } from '../support/faultyGpu.ts';
import { scene } from '../support/pictures.ts';
import { makeDevice, PATIENT, test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const LOOK = [shift({ amount: 0.1 }), tinted(), grown()];
const SOURCE = scene(12, 9);

async function makeBorrowed(options: StudioOptions = {}): Promise<{ studio: Studio; device: GPUDevice }> {
  const device = await makeDevice();
  const studio = await Studio.create({ device, memory: PATIENT, ...options });
  onTestFinished(() => {
    studio.destroy();
    expect(studio.metrics()).toMatchObject({ created: studio.metrics().destroyed });
    device.destroy();
  });
  return { studio, device };
}

/** Refuses memory for the allocations that `at` says, while `work` runs. */
async function refusing<T>(at: (call: number) => boolean, work: () => T | Promise<T>): Promise<T> {
  const faulty = new FaultyGpu('memory', at);
  try {
    return await work();
  } finally {
    faulty.restore();
  }
}

describe('memory that the GPU refuses', () => {
  test('is asked for once more when a picture is read, after what is free was given up', async () => {
    const { studio } = await makeBorrowed();
    const pipeline = studio.pipeline(LOOK);
    const before = await pipeline.read(SOURCE);
    await studio.pipeline(shift()).read(scene(40, 30));
    const other = studio.pipeline(LOOK);
    const read = await refusing((call) => call === 2, () => other.read(scene(13, 9)));
    expect(read.width).toBe(13);
    expect(studio.metrics().evictions.trim).toBeGreaterThan(0);
    expect(await pipeline.read(SOURCE)).toEqual(before);
  });

  test('twice in a row is an error with the numbers, and the next read works', async () => {
    const { studio } = await makeBorrowed();
    const pipeline = studio.pipeline(LOOK);
    await pipeline.ready;
    const error: unknown = await refusing(() => true, () => pipeline.read(scene(200, 150)).catch((reason: unknown) => reason));
    expect(error).toBeInstanceOf(OutOfMemoryError);
    expect(String(error)).toMatch(/the GPU has no memory for 1\.1 MB more \(refused by the test\); 0\.\d MB are in use by this studio: give a smaller maxSize/);
    // What plans keep, the paper and the state of the frame before, is given up when they are next used.
    pipeline.destroy();
    expect(studio.metrics().bytes).toMatchObject({ live: 0, source: 0, output: 0, staging: 0, pooled: 0 });
    const again = studio.pipeline(LOOK);
    expect((await again.read(SOURCE)).width).toBe(12);
  });

  test('a live frame that got none is made up for by the next', async () => {
    const { studio, device } = await makeBorrowed();
    const pipeline = studio.pipeline(LOOK);
    await pipeline.ready;
    const [target, expected] = [makeTexture(device, 12, 9), makeTexture(device, 12, 9)];
    await draw(pipeline.render.bind(pipeline, SOURCE, expected));
    pipeline.destroy();
    studio.trim();
    const again = studio.pipeline(LOOK);
    await again.ready;
    await refusing((call) => call === 3, async () => {
      await draw(again.render.bind(again, SOURCE, target));
      await device.queue.onSubmittedWorkDone();
    });
    await settled();
    await draw(again.render.bind(again, SOURCE, target));
    expect(await readTexture(device, target)).toEqual(await readTexture(device, expected));
  });

  test('a live pipeline that gets none twice in a row says so once', async () => {
    const { studio, device } = await makeBorrowed();
    const pipeline = studio.pipeline(LOOK);
    await pipeline.ready;
    const target = makeTexture(device, 12, 9);
    await refusing(() => true, async () => {
      for (let frame = 0; frame < 2; frame++) {
        await draw(pipeline.render.bind(pipeline, SOURCE, target));
        await device.queue.onSubmittedWorkDone();
        await settled();
      }
    });
    expect(() => pipeline.render(SOURCE, target)).toThrow(OutOfMemoryError);
    await draw(pipeline.render.bind(pipeline, SOURCE, target));
  });

  test('leaves two pipelines right that share what is baked', async () => {
    const { studio, device } = await makeBorrowed();
    const [a, b] = [studio.pipeline(LOOK), studio.pipeline(LOOK)];
    await Promise.all([a.ready, b.ready]);
    const expected = makeTexture(device, 12, 9);
    await draw(a.render.bind(a, SOURCE, expected));
    await draw(b.render.bind(b, SOURCE, makeTexture(device, 12, 9)));
    const [first, second] = [makeTexture(device, 16, 9), makeTexture(device, 16, 9)];
    const wide = scene(16, 9);
    // Both in one task: each has found the texture of the other by the time it is known that there is none.
    await refusing((call) => call <= 4, async () => {
      while (!a.render(wide, first) || !b.render(wide, second)) await settled();
      await device.queue.onSubmittedWorkDone();
    });
    await settled();
    for (let frame = 0; frame < 3; frame++) for (const [pipeline, target] of [[a, first], [b, second]] as const) await draw(pipeline.render.bind(pipeline, wide, target));
    const { created } = studio.metrics();
    await draw(a.render.bind(a, wide, first));
    await draw(b.render.bind(b, wide, second));
    expect(studio.metrics().created, 'made in a frame afterwards').toBe(created);
    const fresh = studio.pipeline(LOOK);
    const read = await fresh.read(wide);
    const witness = await (await makeBorrowed()).studio.pipeline(LOOK).read(wide);
    expect(read).toEqual(witness);
  });

  test('once in a read leaves the next read its second try', async () => {
    const { studio } = await makeBorrowed();
    const pipeline = studio.pipeline(LOOK);
    await pipeline.ready;
    await refusing(() => true, () => pipeline.read(SOURCE).catch(() => {}));
    expect((await refusing((call) => call === 1, () => pipeline.read(scene(13, 9)))).width).toBe(13);
  });
});

describe('an error of a frame that allocates', () => {
  test('is told, though no call can tell of it any more', async () => {
    const { studio } = await makeBorrowed({ validation: 'full' });
    const pipeline = studio.pipeline(LOOK);
    await pipeline.ready;
    const told = new Promise<Error>((resolve) => studio.addEventListener('gpuerror', ({ error }) => resolve(error), { once: true }));
    const other = await makeDevice();
    await draw(pipeline.render.bind(pipeline, SOURCE, makeTexture(other, 12, 9)));
    expect((await told).message).toContain('the GPU refused something');
    other.destroy();
  });
});

describe('validation', () => {
  test.for([['off', 0, 0], ['alloc', 2, 0], ['full', 2, 2]] as const)('%s asks the GPU %i times in a frame that allocates, %i times in one that does not', async ([validation, first, later]) => {
    const { studio, device } = await makeBorrowed({ validation });
    const pipeline = studio.pipeline(LOOK);
    await pipeline.ready;
    const target = makeTexture(device, 12, 9);
    const asked = vi.spyOn(device, 'pushErrorScope');
    await draw(pipeline.render.bind(pipeline, scene(14, 9), target));
    const before = asked.mock.calls.length;
    // While it is not known whether there was memory, every frame asks.
    await device.queue.onSubmittedWorkDone();
    await settled();
    await draw(pipeline.render.bind(pipeline, scene(14, 9), target));
    expect([before > 0 ? first : 0, asked.mock.calls.length - before]).toEqual([first, later]);
    if (first === 0) expect(before).toBe(0);
  });

  test('is one of three words', async () => {
    await expect(Studio.create({ device: await makeDevice(), validation: 'some' as 'off' })).rejects.toThrow('validation is "some", must be one of off, alloc, full');
  });
});

/** Draws as soon as the kernels of that size are compiled. */
async function draw(render: () => boolean): Promise<void> {
  while (!render()) await settled();
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
