import type { Page } from 'puppeteer';
import { describe, expect, onTestFinished } from 'vitest';
import { launchBrowser } from '../../build/browser.ts';
import { openPage, test as pageTest } from '../support/page.ts';

const FIXTURE = 'test/page/fixture/index.html';
/** A video of a few frames, four flat quarters. */
const CLIP = 'test/page/fixture/clip.webm';

/** A page with the library in it, as `fixture`. */
const test = pageTest.extend('fixturePage', async ({ page, site }) => {
  await page.goto(site.url(FIXTURE), { waitUntil: 'load' });
  return page;
});

/** The ways a video comes to the GPU, the best first. */
const WAYS = ['importExternalTexture', 'copy of the video', 'copy of a canvas', 'copyTo'] as const;

/**
 * Paints frames of a small picture in a studio of its own where the best `failing` ways throw, until one is drawn, and gives what was drawn, how often each way was taken by then, and how often for ten frames more.
 * With a texture as target, because not every browser shows a WebGPU canvas.
 */
function paintWithout(page: Page, failing: number) {
  return page.evaluate(
    (ways, refused) =>
      fixture.withStudio(async (same, _studio, device) => {
        const { pictures, frameOf, yuvFrameOf, uploaded } = fixture;
        // Soft colours: browsers are some levels apart at the edge of what YUV can say.
        const scene = pictures.picture(32, 16, (x, y) => [x < 16 ? 150 : 90, y < 8 ? 140 : 100, x < 16 === y < 8 ? 110 : 150]);
        const tall = pictures.picture(16, 32, (x, y) => pictures.texel(scene, y, 15 - x));
        const taken: Record<string, number> = Object.fromEntries(ways.map((way) => [way, 0]));
        const restore: (() => void)[] = [];
        /** What was asked for last: a copy to memory, where it takes time. */
        let copying: Promise<unknown> = Promise.resolve();
        const patch = <T extends object, K extends keyof T & string>(owner: T, name: K, wayOf: (argument: { source: unknown }) => (typeof ways)[number] | undefined): void => {
          const original = owner[name] as (...given: unknown[]) => unknown;
          restore.push(() => void (owner[name] = original as T[K]));
          owner[name] = function (this: unknown, ...given: unknown[]): unknown {
            const way = wayOf(given[0] as { source: unknown });
            if (way !== undefined) taken[way]!++;
            if (way !== undefined && ways.indexOf(way) < refused) throw new DOMException('refused by the test', 'OperationError');
            const result = original.apply(this, given);
            copying = Promise.resolve(result);
            return result;
          } as T[K];
        };
        patch(GPUDevice.prototype, 'importExternalTexture', () => 'importExternalTexture');
        patch(GPUQueue.prototype, 'copyExternalImageToTexture', ({ source }) => (source instanceof OffscreenCanvas ? 'copy of a canvas' : 'copy of the video'));
        patch(VideoFrame.prototype, 'copyTo', () => 'copyTo');
        const blank = pictures.flat(32, 16, [0, 0, 0]);
        const targets = { wide: uploaded(device, blank), tall: uploaded(device, pictures.flat(16, 32, [0, 0, 0])) };
        const kinds: Record<string, [() => VideoFrame, GPUTexture, ReturnType<typeof pictures.flat>]> = {
          rgba: [() => frameOf(scene), targets.wide, scene],
          yuv: [() => yuvFrameOf(scene), targets.wide, scene],
          turned: [() => yuvFrameOf(scene, { rotation: 90 }), targets.tall, tall],
          stretched: [() => yuvFrameOf(pictures.picture(16, 16, (x, y) => pictures.texel(scene, 2 * x, y)), { displayWidth: 32, displayHeight: 16 }), targets.wide, scene],
        };
        /** Of the four quarters: where they meet, frames of a camera have colours in between. */
        const centres = (shown: typeof scene): number[] => [0.25, 0.75].flatMap((v) => [0.25, 0.75].flatMap((u) => [...pictures.texel(shown, u * shown.width, v * shown.height)]));
        const nextTask = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5));
        const answers: Record<string, { difference: number; read: number; first: Record<string, number>; later: Record<string, number> }> = {};
        try {
          // The kernel for the first way comes with the first frames; until then it is not tried.
          while (taken['importExternalTexture'] === 0) {
            same.render(frameOf(scene), targets.wide, { close: true });
            await nextTask();
          }
          for (const [kind, [make, target, expected]] of Object.entries(kinds)) {
            for (const way of ways) taken[way] = 0;
            const paint = (): boolean => same.render(make(), target, { close: true });
            // The last ways take their time.
            while (!paint()) await nextTask();
            const first = { ...taken };
            for (let i = 0; i < 10; i++) {
              await nextTask();
              if (!paint()) throw new Error('a frame was not drawn');
            }
            // What comes through memory is a frame late.
            await copying;
            await nextTask();
            paint();
            const drawn = await same.read(target);
            const later = Object.fromEntries(ways.map((way) => [way, taken[way]! - first[way]!]));
            answers[kind] = { difference: Math.max(...centres(expected).map((value, i) => Math.abs(value - (centres(drawn)[i] as number)))), read: pictures.maxDifference(await same.read(make(), { close: true }), drawn), first, later };
          }
        } finally {
          for (const undo of restore) undo();
        }
        return answers;
      }),
    WAYS,
    failing,
  );
}

describe('the ways a video comes to the GPU', () => {
  test.for(WAYS.map((way, failing) => ({ way, failing })))('$way shows the picture, upright and in its shape, and is remembered', async ({ way, failing }, { fixturePage }) => {
    const answers = await paintWithout(fixturePage, failing);
    for (const [kind, { difference, read, first, later }] of Object.entries(answers)) {
      expect(difference, kind).toBeLessThanOrEqual(4);
      expect(read, `${kind}: read as rendered`).toBeLessThanOrEqual(1);
      for (const tried of WAYS.slice(0, failing)) expect(later[tried], `${kind}: ${tried}, which does not work, after ${first[tried]} tries`).toBe(0);
      expect(later[way], kind).toBeGreaterThan(0);
    }
  });

  test('a browser whose GPU cannot get at videos paints them all the same', async ({ site, browser: any, skip }) => {
    if (any === undefined) return skip('there is no browser');
    const browser = await launchBrowser({ vulkan: false });
    onTestFinished(() => browser.close());
    const problems: string[] = [];
    const page = await openPage(browser, problems);
    await page.goto(site.url(FIXTURE), { waitUntil: 'load' });
    for (const [kind, { difference, later }] of Object.entries(await paintWithout(page, 0))) {
      expect(difference, kind).toBeLessThanOrEqual(4);
      expect([later['importExternalTexture'], later['copy of the video']], kind).toEqual([0, 0]);
    }
    expect(problems).toEqual([]);
  });
});

describe('a video that plays', () => {
  test('makes no object of ours from frame to frame, and is submitted in the task that imports it', async ({ fixturePage }) => {
    const { steady, later, imports, split, difference } = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same, studio) => {
        const { pictures, drawn, playing, shownOn } = fixture;
        const scene = pictures.picture(32, 24, (x, y) => [60 + 4 * x, 80 + 4 * y, 120]);
        const shown = drawn(scene);
        const video = await playing(shown.captureStream(60));
        const target = new OffscreenCanvas(32, 24);
        const seen = { imported: 0 };
        let open = false;
        let apart = 0;
        const { importExternalTexture } = GPUDevice.prototype;
        const { submit } = GPUQueue.prototype;
        GPUDevice.prototype.importExternalTexture = function (descriptor) {
          seen.imported++;
          open = true;
          // What is still open when the script that imported it has run was not submitted by it.
          queueMicrotask(() => (apart += Number(open)));
          return importExternalTexture.call(this, descriptor);
        };
        GPUQueue.prototype.submit = function (commands) {
          open = false;
          return submit.call(this, commands);
        };
        const paint = async (frames: number): Promise<void> => {
          for (let i = 0; i < frames; i++) {
            // A frame that has the same picture and is another one.
            shown.getContext('2d')?.putImageData(new ImageData(scene.data as Uint8ClampedArray<ArrayBuffer>, 32, 24), 0, 0);
            await new Promise((resolve) => setTimeout(resolve));
            if (!same.render(video, target)) throw new Error('a frame was not drawn');
          }
        };
        try {
          while (seen.imported < 3) await paint(1);
          const before = studio.metrics();
          const importedBefore = seen.imported;
          await paint(30);
          const after = studio.metrics();
          return { steady: before, later: after, imports: seen.imported - importedBefore, split: apart, difference: pictures.maxDifference(shownOn(target), scene) };
        } finally {
          Object.assign(GPUDevice.prototype, { importExternalTexture });
          Object.assign(GPUQueue.prototype, { submit });
          video.pause();
        }
      }),
    );
    expect(imports).toBe(30);
    expect(split).toBe(0);
    expect(later.created).toBe(steady.created);
    expect(later.bytes).toEqual(steady.bytes);
    expect(later.transient - steady.transient).toBeLessThanOrEqual(3 * 30);
    // No texture holds the video.
    expect(steady.bytes.source).toBe(0);
    expect(difference).toBeLessThanOrEqual(8);
  });

  test('is refused where it has no picture, or one of another origin, and nothing stays leased', async ({ fixturePage, site }) => {
    const answers = await fixturePage.evaluate(
      (own, foreign) =>
        fixture.withStudio(async (same, studio) => {
          const { pictures, errorOf, frameOf, playing } = fixture;
          const target = new OffscreenCanvas(8, 8);
          const closed = frameOf(pictures.flat(8, 8, [90, 90, 90]));
          closed.close();
          const other = await playing(foreign);
          const unplayed = Object.assign(document.createElement('video'), { muted: true, src: own });
          await new Promise((resolve) => unplayed.addEventListener('loadeddata', resolve));
          const codes = {
            closed: await errorOf(() => same.render(closed, target)),
            closedRead: await errorOf(() => same.read(closed)),
            empty: await errorOf(() => same.render(document.createElement('video'), target)),
            emptyRead: await errorOf(() => same.read(document.createElement('video'))),
            unplayedRead: await errorOf(() => same.read(unplayed)),
            tainted: await errorOf(() => same.render(other, target)),
            taintedRead: await errorOf(() => same.read(other)),
            input: await errorOf(() => same.render(pictures.flat(8, 8, [0, 0, 0]), target, { inputs: { mask: other } })),
          };
          const { live, pending, source, output, staging } = studio.metrics().bytes;
          const shown = await same.read(await playing(own), { maxSize: 32 });
          return { codes, held: live + pending + source + output + staging, corners: [[8, 6], [24, 6], [8, 18], [24, 18]].map(([x, y]) => pictures.texel(shown, x as number, y as number)) };
        }),
      site.url(CLIP),
      site.foreignUrl(CLIP),
    );
    expect(answers.codes).toEqual({
      closed: 'InputError source-closed',
      closedRead: 'InputError source-closed',
      empty: 'InputError not-ready',
      emptyRead: 'InputError not-ready',
      unplayedRead: 'InputError not-ready',
      tainted: 'InputError tainted',
      taintedRead: 'InputError tainted',
      input: 'InputError input',
    });
    expect(answers.held).toBe(0);
    const colors = [[180, 70, 80], [70, 150, 90], [80, 90, 170], [190, 180, 110]];
    for (const [i, [r, g, b]] of answers.corners.entries()) expect(Math.max(...[r, g, b].map((value, channel) => Math.abs((value as number) - (colors[i]?.[channel] as number)))), `quarter ${i}`).toBeLessThanOrEqual(8);
  });
});

describe('close', () => {
  test('ends each frame of a call once, whatever becomes of it, and no other', async ({ fixturePage }) => {
    const { counts, kept, ours } = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same, studio, device) => {
        const { library, pictures, frameOf, drawn, playing } = fixture;
        const scene = pictures.flat(32, 16, [90, 120, 150]);
        const closes = new Map<VideoFrame, number>();
        const made: VideoFrame[] = [];
        const Frame = VideoFrame;
        const { close, clone } = Frame.prototype;
        Frame.prototype.close = function () {
          closes.set(this, (closes.get(this) ?? 0) + 1);
          close.call(this);
        };
        Frame.prototype.clone = function () {
          const copy = clone.call(this);
          made.push(copy);
          return copy;
        };
        globalThis.VideoFrame = new Proxy(Frame, {
          construct(target, given) {
            const frame = Reflect.construct(target, given) as VideoFrame;
            made.push(frame);
            return frame;
          },
        });
        const canvas = new OffscreenCanvas(32, 16);
        const nowhere = new OffscreenCanvas(0, 0);
        const masked = studio.pipeline(library.mask([library.adjust({ saturation: 0 })]));
        const gone = studio.pipeline(library.adjust());
        gone.destroy();
        const caching = await library.Studio.create({ device, cache: new library.ResultCache() });
        const cached = caching.pipeline(library.adjust());
        await Promise.all([masked.ready, cached.ready]);
        const aborted = AbortSignal.abort(new Error('stopped'));
        const record = (source: VideoFrame, target: OffscreenCanvas): ReturnType<typeof same.encode> => {
          const encoder = device.createCommandEncoder();
          const recorded = same.encode(encoder, { source, target, close: true });
          // Where it was closed too early, the GPU would refuse this.
          device.queue.submit([encoder.finish()]);
          return recorded;
        };
        const quietly = async (call: () => unknown): Promise<void> => void (await Promise.resolve().then(call).catch(() => {}));
        const nextTask = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 5));
        const calls: Record<string, (source: VideoFrame) => unknown> = {
          'drawn, copied': (source) => same.render(source, canvas, { close: true }),
          'with no room to draw': (source) => same.render(source, nowhere, { close: true }),
          'before it is ready': (source) => studio.pipeline(library.oilPainting({ size: 3 })).render(source, canvas, { close: true }),
          'on a target that is none': (source) => same.render(source, null as never, { close: true }),
          'with an input that is none': (source) => same.render(source, canvas, { close: true, inputs: { other: scene } }),
          'after destroy()': (source) => gone.render(source, canvas, { close: true }),
          'as source and input': (source) => masked.render(source, canvas, { close: true, inputs: { mask: source } }),
          'as input': (source) => masked.render(scene, canvas, { close: true, inputs: { mask: source } }),
          'read': (source) => same.read(source, { close: true }),
          'read twice at once, with a cache': (source) => Promise.all([cached.read(source, { close: true }), cached.read(scene)]),
          'to a file': (source) => same.toBlob(source, { close: true }),
          'profiled': (source) => same.profile(source, { close: true }),
          'stopped before': (source) => same.read(source, { close: true, signal: aborted }),
          'stopped meanwhile': async (source) => {
            const stop = new AbortController();
            const reading = same.read(source, { close: true, signal: stop.signal });
            stop.abort();
            await reading;
          },
          'destroyed meanwhile': async (source) => {
            const short = studio.pipeline(library.adjust({ brightness: 0.1 }));
            const reading = short.read(source, { close: true });
            short.destroy();
            await reading;
          },
          'recorded, and told of the submit': (source) => record(source, canvas)?.submitted(),
          'recorded, and submitted': (source) => record(source, canvas),
          'recorded nowhere': (source) => record(source, nowhere),
        };
        const found: Record<string, number | undefined> = {};
        const video = await playing(drawn(scene).captureStream(60));
        try {
          for (const [what, call] of Object.entries(calls)) {
            const frame = frameOf(scene);
            await quietly(() => call(frame));
            await nextTask();
            found[what] = closes.get(frame);
          }
          // At the latest now frames are sampled where they lie, for which a frame needs three objects.
          for (let needed = 0; needed < 3; ) {
            const sampled = frameOf(scene);
            const before = studio.metrics().transient;
            same.render(sampled, canvas, { close: true });
            needed = studio.metrics().transient - before;
            found['drawn, sampled'] = closes.get(sampled);
            await nextTask();
          }
          const sampled = frameOf(scene);
          record(sampled, canvas);
          found['recorded, sampled, closed before the task ends'] = (closes.get(sampled) ?? 0) + 1;
          await nextTask();
          found['recorded, sampled'] = closes.get(sampled);
          const bitmap = await createImageBitmap(drawn(scene));
          same.render(bitmap, canvas, { close: true });
          found['a bitmap'] = Number(bitmap.width === 0);
          const mine = frameOf(scene);
          same.render(mine, canvas);
          await same.read(mine);
          const left = closes.get(mine) ?? 0;
          mine.close();
          await same.read(video, { close: true });
          await quietly(async () => {
            const stop = new AbortController();
            const reading = same.read(video, { signal: stop.signal });
            stop.abort();
            await reading;
          });
          await nextTask();
          return { counts: found, kept: left, ours: made.map((frame) => closes.get(frame) ?? 0) };
        } finally {
          globalThis.VideoFrame = Frame;
          Object.assign(Frame.prototype, { close, clone });
          caching.destroy();
          video.pause();
        }
      }),
    );
    expect(counts).toEqual(Object.fromEntries(Object.keys(counts).map((what) => [what, 1])));
    expect(kept).toBe(0);
    expect(ours.length).toBeGreaterThan(5);
    expect(ours.filter((closes) => closes !== 1)).toEqual([]);
  });
});
