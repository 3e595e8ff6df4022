import type { Browser, Page } from 'puppeteer';
import { describe, expect } from 'vitest';
import { gpuProcess, residentBytes } from '../support/gpuProcess.ts';
import { test as base } from '../support/page.ts';

const test = base.extend('painterPage', async ({ page, site }): Promise<Page> => {
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  return page;
});

/** A picture whose painting holds more than 100 MB. */
const LARGE = [2500, 2000] as const;
/** A bound for the test; it takes 0.2 s where nothing else runs, and as long as what is on the GPU where much does. */
const GIVEN_BACK_MS = 30_000;
const DARK = { effect: 'adjust', params: { brightness: -0.2 } } as const;

describe('a painter in a worker', () => {
  test('paints what a studio in the page paints, with typed errors', async ({ painterPage }) => {
    const result = await painterPage.evaluate(async (look) => {
      const { library, pictures, paint } = fixture;
      const { painter } = await paint({ looks: look, limits: { maxSide: 400 } });
      const scene = pictures.scene(40, 24);
      const bitmap = await createImageBitmap(fixture.drawn(scene));
      const studio = await library.Studio.create();
      const pipeline = studio.pipeline(library.adjust({ brightness: -0.2 }));
      const here = await pipeline.read(scene);
      const differences: Record<string, number> = {};
      for (const [kind, source] of Object.entries({ pixels: scene, bitmap, canvas: fixture.drawn(scene), blob: await fixture.png(scene) })) differences[kind] = pictures.maxDifference(await painter.read(source), here);
      const usable = bitmap.width;
      await painter.set('adjust', { brightness: 0.2 });
      pipeline.set('adjust', { brightness: 0.2 });
      const after = pictures.maxDifference(await painter.read(scene), await pipeline.read(scene));
      const { errorOf } = fixture;
      const stop = new AbortController();
      const stopped = errorOf(() => painter.read(scene, { signal: stop.signal }));
      stop.abort(new Error('enough'));
      const errors = {
        parameter: await errorOf(() => painter.set('adjust', { brightness: 9 })),
        step: await errorOf(() => painter.set('oil', {})),
        decode: await errorOf(() => painter.read(new Blob(['no picture']))),
        large: await errorOf(() => painter.read({ data: new Uint8ClampedArray(4 * 9 * 401), width: 401, height: 9 })),
        size: await errorOf(() => painter.resize(0, 4)),
        closed: await errorOf(() => (bitmap.close(), painter.read(bitmap))),
        stopped: await stopped,
      };
      const { frames } = await painter.metrics();
      const waiting = errorOf(() => painter.read(scene));
      await painter.destroy();
      await painter.destroy();
      return { differences, usable, after, errors, frames, waiting: await waiting, later: await errorOf(() => painter.metrics()) };
    }, DARK);
    for (const [kind, difference] of Object.entries(result.differences)) expect(difference, kind).toBeLessThanOrEqual(kind === 'pixels' ? 0 : 1);
    expect(result.usable, 'a bitmap stays the caller’s').toBe(40);
    expect(result.after).toBe(0);
    expect(result.errors).toEqual({
      parameter: 'ParameterError parameter',
      step: 'ParameterError parameter',
      decode: 'DecodeError decode',
      large: 'InputError input-too-large',
      size: 'InputError input',
      closed: 'InputError input',
      stopped: 'Error: enough',
    });
    expect(result.frames).toBeGreaterThanOrEqual(5);
    expect(result.waiting).toBe('DestroyedError destroyed');
    expect(result.later).toBe('DestroyedError destroyed');
  });

  test('that cannot be made says why, and takes no worker along', async ({ painterPage, problems }) => {
    const errors = await painterPage.evaluate(async () => {
      const { errorOf, paint, WorkerPainter } = fixture;
      const drawn = document.createElement('canvas');
      drawn.getContext('2d');
      const given = document.createElement('canvas');
      given.transferControlToOffscreen();
      const worker = (code: string): Worker => new Worker(URL.createObjectURL(new Blob([code])));
      const create = (code: string, timeout: number): Promise<unknown> => WorkerPainter.create(worker(code), { looks: { effect: 'adjust' }, canvas: new OffscreenCanvas(8, 8), timeout });
      return {
        unknown: await errorOf(() => paint({ looks: { effect: 'fresco' } })),
        params: await errorOf(() => paint({ looks: [{ effect: 'adjust', params: { hue: 'red' } }] })),
        timeout: await errorOf(() => paint({ looks: { effect: 'adjust' }, timeout: 0 })),
        drawn: await errorOf(() => paint({ looks: { effect: 'adjust' }, canvas: drawn })),
        given: await errorOf(() => paint({ looks: { effect: 'adjust' }, canvas: given })),
        silent: await errorOf(() => create('', 50)),
        broken: await errorOf(() => create('throw new Error("no module")', 60_000)),
      };
    });
    expect(errors).toEqual({
      unknown: 'ParameterError parameter',
      params: 'ParameterError parameter',
      timeout: 'ParameterError parameter',
      drawn: 'InputError canvas-context',
      given: 'InputError canvas-context',
      silent: 'WorkerError worker',
      broken: 'WorkerError worker',
    });
    // Some browsers tell of what a worker throws on the console too.
    problems.splice(0);
  });

  test('whose worker is terminated rejects what waits, and the GPU memory comes back', async ({ painterPage, browser }) => {
    const gpu = await gpuProcess(browser as Browser);
    const before = residentBytes(gpu);
    const stage = await painterPage.evaluateHandle(async ([width, height]) => {
      const { painter, worker } = await fixture.paint({ looks: { effect: 'adjust', params: { hue: 90 } } });
      const picture = { data: new Uint8ClampedArray(4 * width * height).fill(200), width, height };
      await painter.read(picture);
      const { bytes } = await painter.metrics();
      return { painter, worker, held: bytes.live + bytes.pooled };
    }, LARGE);
    expect(await stage.evaluate(({ held }) => held)).toBeGreaterThan(100e6);
    expect(residentBytes(gpu) - before, 'while it is held').toBeGreaterThan(100e6);
    const { told, later } = await stage.evaluate(async ({ painter, worker }) => {
      const { errorOf, pictures } = fixture;
      const calls = [errorOf(() => painter.read(pictures.scene(8, 8))), errorOf(() => painter.metrics())];
      worker.terminate();
      return { told: await Promise.all(calls), later: await errorOf(() => painter.metrics()) };
    });
    expect([...told, later]).toEqual(['WorkerError worker', 'WorkerError worker', 'WorkerError worker']);
    await expect.poll(() => residentBytes(gpu) - before, { timeout: GIVEN_BACK_MS, interval: 20 }).toBeLessThan(40e6);
  });
});
