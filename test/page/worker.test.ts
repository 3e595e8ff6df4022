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
const GIVEN_BACK_MS = 60_000;
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
        closed: await painter.read(bitmap, { close: true }).then(() => errorOf(() => painter.read(bitmap))),
        stopped: await stopped,
      };
      const { frames } = await painter.metrics();
      const waiting = errorOf(() => painter.read(scene));
      await painter.destroy();
      await painter.destroy();
      return { differences, usable, after, errors, frames, waiting: await waiting, later: await errorOf(() => painter.metrics()) };
    }, DARK);
    for (const [kind, difference] of Object.entries(result.differences)) expect(difference, kind).toBeLessThanOrEqual(kind === 'pixels' ? 0 : 1);
    expect(result.usable, 'a bitmap stays the caller’s, unless it says close').toBe(40);
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
      const workerOf = (code: string): Worker => new Worker(URL.createObjectURL(new Blob([code])));
      const blocks = async (): Promise<string> => {
        const { painter, worker } = await paint({ looks: { effect: 'adjust' } });
        // A clock that is a thousand times as fast.
        const { setTimeout: wait } = globalThis;
        globalThis.setTimeout = ((run: () => void, ms: number) => wait(run, ms / 1000)) as typeof setTimeout;
        worker.postMessage('block');
        const outcome = await errorOf(() => painter.metrics());
        globalThis.setTimeout = wait;
        return outcome;
      };
      const create = (code: string, timeout: number): Promise<unknown> => WorkerPainter.create(workerOf(code), { looks: { effect: 'adjust' }, canvas: new OffscreenCanvas(8, 8), timeout });
      return {
        unknown: await errorOf(() => paint({ looks: { effect: 'fresco' } })),
        params: await errorOf(() => paint({ looks: [{ effect: 'adjust', params: { hue: 'red' } }] })),
        timeout: await errorOf(() => paint({ looks: { effect: 'adjust' }, timeout: 0 })),
        drawn: await errorOf(() => paint({ looks: { effect: 'adjust' }, canvas: drawn })),
        given: await errorOf(() => paint({ looks: { effect: 'adjust' }, canvas: given })),
        silent: await errorOf(() => create('', 50)),
        broken: await errorOf(() => create('throw new Error("no module")', 60_000)),
        blocked: await blocks(),
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
      blocked: 'WorkerError worker',
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
    const { told, later, why } = await stage.evaluate(async ({ painter, worker }) => {
      const { errorOf, pictures } = fixture;
      const calls: Promise<string>[] = [];
      const live = await painter.attach(fixture.video.redCanvas());
      calls.push(errorOf(() => live.ended), errorOf(() => painter.read(pictures.scene(8, 8))));
      worker.terminate();
      return { told: await Promise.all(calls), later: await errorOf(() => painter.metrics()), why: await live.ended.catch((error: Error) => error.message) };
    });
    expect([...told, later], 'what is attached, what is asked, what comes later').toEqual(Array.from({ length: 3 }, () => 'WorkerError worker'));
    expect(why, 'it is known, not guessed from silence').toContain('was terminated');
    await expect.poll(() => residentBytes(gpu) - before, { timeout: GIVEN_BACK_MS, interval: 20 }).toBeLessThan(40e6);
  });

  test('paints each frame of a track, a video, a canvas and a stream on the canvas of the page, and closes it once', async ({ painterPage }) => {
    const seen = await painterPage.evaluate(async () => {
      const { paint, video, until, errorOf } = fixture;
      const watch = video.watchFrames();
      const canvas = document.createElement('canvas');
      canvas.style.cssText = 'display: block; width: 20px; height: 15px';
      document.body.replaceChildren(canvas);
      const { painter, worker } = await paint({ looks: { effect: 'adjust', params: { hue: -120 } }, canvas });
      const red = video.redCanvas();
      const global = globalThis as { MediaStreamTrackProcessor?: unknown };
      const Processor = MediaStreamTrackProcessor;
      const found: Record<string, string> = {};
      /** Attaches a source until it is seen on the canvas, in blue, and in its own colour when the worker was told so. */
      const shows = async (way: string, source: Parameters<typeof painter.attach>[0], end: () => unknown): Promise<void> => {
        await painter.set('adjust', { hue: 0 });
        const live = await painter.attach(source);
        await until(() => video.colourOf(canvas) === 'red');
        await painter.set('adjust', { hue: -120 });
        await until(() => video.colourOf(canvas) === 'blue');
        const stats = await painter.stats();
        await end();
        found[way] = `${await live.ended.then(() => 'ended', (error: Error) => error.name)} ${(stats?.painted ?? 0) > 0}`;
      };
      const track = video.trackOf(red);
      await shows('frames of a track', track, () => track.stop());
      const size = [canvas.width, canvas.height];
      canvas.style.width = '30px';
      const video1 = await video.playing(red.captureStream());
      await shows('video', video1, async () => {
        await until(() => canvas.width === 30);
        await painter.detach();
      });
      await shows('canvas', red, () => painter.detach());
      let cancelled = false;
      const frames = new ReadableStream<VideoFrame>({
        async pull(controller) {
          await fixture.nextFrame();
          if (!cancelled) controller.enqueue(new VideoFrame(red, { timestamp: performance.now() * 1000 }));
        },
        cancel: () => void (cancelled = true),
      });
      await shows('stream', frames, () => painter.detach());
      // Chromium transfers no tracks: one that is posted is played here, and its frames go over.
      delete global.MediaStreamTrackProcessor;
      const played = video.trackOf(red);
      await shows('played track', played, () => played.stop());
      // Another browser transfers them: here its frames go in its place.
      const { postMessage } = MessagePort.prototype;
      const copies: MediaStreamTrack[] = [];
      MessagePort.prototype.postMessage = function (this: MessagePort, message: { sent?: { frames?: unknown } }, transfer: Transferable[] = []) {
        const copy = message.sent?.frames;
        if (!(copy instanceof MediaStreamTrack)) return postMessage.apply(this, [message, transfer] as never);
        copies.push(copy);
        const { readable } = new Processor({ track: copy as MediaStreamVideoTrack });
        return postMessage.apply(this, [{ ...message, sent: { ...message.sent, frames: readable } }, [readable]] as never);
      } as typeof postMessage;
      const transferred = video.trackOf(red);
      await shows('transferred track', transferred, () => transferred.stop());
      const copied = copies.map((copy) => copy !== transferred);
      MessagePort.prototype.postMessage = postMessage;

      const [sound] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks() as [MediaStreamTrack];
      const errors = { sound: await errorOf(() => painter.attach(sound)), scale: await errorOf(() => painter.attach(video1, { scale: 2 })), picture: await errorOf(() => painter.attach(frames)) };
      const inWorker = new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data), { once: true }));
      worker.postMessage('frames');
      const counts = (await inWorker) as { seen: number; open: number; closedAgain: number };
      await until(() => watch.open() === 0);
      const framesPainted = async (): Promise<number> => (await painter.stats())?.painted ?? 0;
      /** After so many frames of the display what was under way has arrived. */
      const aWhile = async (): Promise<void> => {
        for (let frame = 0; frame < 10; frame++) await fixture.nextFrame();
      };
      const earlier = await painter.attach(red, { resize: false });
      const controlled = await painter.attach(red);
      await earlier.pause();
      const going = await framesPainted();
      await until(async () => (await framesPainted()) > going);
      await controlled.pause();
      await aWhile();
      const resting = await framesPainted();
      await aWhile();
      const rested = (await framesPainted()) === resting;
      await controlled.resume();
      await controlled.set({ scale: 0.5 });
      await until(async () => (await painter.stats())?.scale === 0.5);
      const refused = await errorOf(() => controlled.set({ scale: 2 }));
      await painter.detach();
      await controlled.ended;
      const control = { rested, refused, afterEnd: await errorOf(() => controlled.set({ scale: 2 })) };
      const last = await painter.attach(red);
      await painter.destroy();
      const rest = { ended: await last.ended.catch((error: Error) => error.name), closedAgain: watch.closedAgain(), open: watch.open() };
      return { found, size, cancelled, copied, errors, counts, rest, control };
    });
    const ended = 'ended true';
    expect(seen.found).toEqual({ 'frames of a track': ended, video: ended, canvas: ended, stream: ended, 'played track': ended, 'transferred track': ended });
    expect(seen.errors).toEqual({ sound: 'InputError input', scale: 'InputError input', picture: 'InputError input' });
    expect(seen).toMatchObject({ size: [20, 15], cancelled: true, copied: [true], counts: { open: 0, closedAgain: 0 }, rest: { ended: 'DestroyedError', closedAgain: 0, open: 0 } });
    // What was replaced controls nothing any more.
    expect(seen.control).toEqual({ rested: true, refused: 'InputError input', afterEnd: 'no error' });
    expect(seen.counts.seen).toBeGreaterThan(12);
  });
});
