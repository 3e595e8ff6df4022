import type { Browser, Page } from 'puppeteer';
import { expect } from 'vitest';
import { findBrowser, launchBrowser } from '../../build/browser.ts';
import { test as pageTest } from '../support/page.ts';

/** A page with the library in it, as `fixture`, on a display with two pixels for each of CSS: emulated ones are not what `device-pixel-content-box` tells. */
const test = pageTest
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser | undefined> => {
    if ('missing' in (await findBrowser({ install: false }))) return undefined;
    const browser = await launchBrowser({ flags: ['--force-device-scale-factor=2'] });
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('fixturePage', async ({ page, site }): Promise<Page> => {
    // Else puppeteer emulates a display with one.
    await page.setViewport(null);
    await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
    return page;
  });

test('each frame of a canvas is painted on one of the page, which takes the size it is shown at; where nobody can see it, it rests', async ({ fixturePage }) => {
  const seen = await fixturePage.evaluate(() =>
    fixture.withStudio(async (same, studio) => {
      const { drawn, pictures, nextFrame, shownOn, until } = fixture;
      const scene = pictures.scene(40, 30);
      const source = drawn(scene);
      const target = document.createElement('canvas');
      target.style.cssText = 'display: block; width: 20px; height: 15px';
      document.body.replaceChildren(target);
      let difference = Infinity;
      const live = same.attach(source, target, {
        onFrame: ({ painted }) => {
          // A canvas can be read in the task that drew it only.
          if (painted === 20) difference = pictures.maxDifference(shownOn(target), scene);
        },
      });
      await until(() => live.stats.painted >= 10);
      const { created } = studio.metrics();
      const size = [target.width, target.height];
      await until(() => live.stats.painted >= 24);
      const made = studio.metrics().created - created;

      target.style.width = '30px';
      await until(() => target.width === 60);
      const resized = [target.width, target.height];
      live.set({ resize: false });
      target.style.width = '25px';
      await until(() => live.stats.painted >= 30);
      const fixed = [target.width, target.height];

      const spacer = document.createElement('div');
      spacer.style.height = '2000px';
      document.body.prepend(spacer);
      await until(() => live.paused);
      const { painted } = live.stats;
      for (let frame = 0; frame < 3; frame++) await nextFrame();
      const whileAway = live.stats.painted - painted;
      spacer.remove();
      await until(() => live.stats.painted > painted);

      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      const hidden = live.paused;
      Object.defineProperty(document, 'hidden', { value: false, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      const { painted: before } = live.stats;
      await until(() => live.stats.painted > before);
      live.stop();
      await live.ended;
      return { difference, size, made, resized, fixed, whileAway, hidden, visible: !live.paused };
    }),
  );
  expect(seen).toEqual({ difference: expect.any(Number), size: [40, 30], made: 0, resized: [60, 30], fixed: [60, 30], whileAway: 0, hidden: true, visible: true });
  expect(seen.difference).toBeLessThanOrEqual(1);
});

test('a canvas whose layout follows its own size keeps that, one in no document is painted as it is, and one larger than the GPU can have is smaller', async ({ fixturePage }) => {
  const sizes = await fixturePage.evaluate(() =>
    fixture.withStudio(async (same, _studio, device) => {
      const { drawn, pictures, until } = fixture;
      const source = drawn(pictures.scene(40, 30));
      const make = (css: string): HTMLCanvasElement => Object.assign(document.createElement('canvas'), { width: 40, height: 30, style: css });
      const canvases = { follows: make(''), loose: make('width: 20px'), scaled: make('width: 50%; height: auto'), huge: make(`position: absolute; height: 10px; width: ${device.limits.maxTextureDimension2D}px`) };
      document.body.style.width = '160px';
      document.body.replaceChildren(canvases.follows, canvases.scaled, canvases.huge);
      const given: Record<string, number[]> = {};
      for (const [name, canvas] of Object.entries(canvases)) {
        const live = same.attach(source, canvas);
        await until(() => live.stats.painted >= 6);
        given[name] = [canvas.width, canvas.height];
        live.stop();
      }
      return { ...given, limit: device.limits.maxTextureDimension2D };
    }),
  );
  expect(sizes).toEqual({ follows: [40, 30], loose: [40, 30], scaled: [160, 120], huge: [sizes.limit, 10], limit: sizes.limit });
});

test('where a browser tells neither of new frames of a video nor of pixels of the device, videos are followed and canvases get their size all the same', async ({ fixturePage }) => {
  const seen = await fixturePage.evaluate(() => {
    Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestVideoFrameCallback');
    const { observe } = ResizeObserver.prototype;
    ResizeObserver.prototype.observe = function (target, options) {
      if (options?.box === 'device-pixel-content-box') throw new TypeError('no such box');
      observe.call(this, target, options);
    };
    Reflect.deleteProperty(ResizeObserverEntry.prototype, 'devicePixelContentBoxSize');
    return fixture.withStudio(async (same) => {
      const { until, video } = fixture;
      const element = Object.assign(document.createElement('video'), { muted: true, srcObject: video.redCanvas().captureStream() });
      await element.play();
      await until(() => element.readyState >= 2);
      const target = document.createElement('canvas');
      target.style.cssText = 'display: block; width: 20px; height: 15px';
      document.body.replaceChildren(target);
      let colour = '';
      const live = same.attach(element, target, { onFrame: () => (colour = video.colourOf(target)) });
      // More than there are without a new frame.
      await until(() => live.stats.painted >= 5);
      target.style.width = '30px';
      await until(() => target.width === 60);
      await until(() => colour === 'red');
      element.pause();
      await fixture.nextFrame();
      await fixture.nextFrame();
      const { painted } = live.stats;
      for (let frame = 0; frame < 5; frame++) await fixture.nextFrame();
      const whileItStands = live.stats.painted - painted;
      live.stop();
      return { size: [target.width, target.height], whileItStands };
    });
  });
  expect(seen).toEqual({ size: [60, 30], whileItStands: 0 });
});

test('after a loss of the device it goes on by itself; a tainted source ends it, and the console stays empty', async ({ fixturePage, site }) => {
  const answers = await fixturePage.evaluate(
    async (foreign) => {
      const { drawn, errorOf, library, pictures, shownOn, until } = fixture;
      const requestDevice = GPUAdapter.prototype.requestDevice;
      const devices: GPUDevice[] = [];
      GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor): Promise<GPUDevice> {
        const device = await requestDevice.call(this, descriptor);
        devices.push(device);
        return device;
      };
      const studio = await library.Studio.create();
      GPUAdapter.prototype.requestDevice = requestDevice;
      const scene = pictures.scene(24, 16);
      const target = new OffscreenCanvas(24, 16);
      let difference = Infinity;
      const live = studio.pipeline(library.adjust()).attach(drawn(scene), target, { onFrame: () => (difference = pictures.maxDifference(shownOn(target), scene)) });
      await until(() => live.stats.painted >= 2);
      const restored = new Promise((resolve) => studio.addEventListener('devicerestored', resolve));
      devices[0]?.destroy();
      await restored;
      const { painted } = live.stats;
      difference = Infinity;
      await until(() => live.stats.painted > painted);
      live.stop();

      const image = new Image();
      image.src = foreign;
      await image.decode();
      const tainted = studio.pipeline(library.adjust()).attach(image, target);
      const error = await errorOf(() => tainted.ended);
      const other = document.createElement('canvas');
      other.getContext('2d');
      const taken = await errorOf(() => studio.pipeline(library.adjust()).attach(drawn(scene), other));
      studio.destroy();
      return { difference, error, taken };
    },
    site.foreignUrl('samples/still-life.jpg'),
  );
  expect(answers).toEqual({ difference: expect.any(Number), error: 'InputError tainted', taken: 'InputError canvas-context' });
  expect(answers.difference).toBeLessThanOrEqual(1);
});

test('a video, its track and a stream of its frames are painted as they come, make no GPU object, and every frame is closed once', async ({ fixturePage }) => {
  const seen = await fixturePage.evaluate(() =>
    fixture.withStudio(async (same, studio) => {
      const { drawn, nextFrame, pictures, shownOn, until } = fixture;
      // Soft colours and large areas: what a video can say.
      const scene = pictures.picture(64, 48, (x, y) => [x < 32 ? 150 : 90, y < 24 ? 140 : 100, 120]);
      const camera = drawn(scene);
      const stream = camera.captureStream();
      const [track] = stream.getVideoTracks() as [MediaStreamTrack];
      const context = camera.getContext('2d') as CanvasRenderingContext2D;
      let films = true;
      const film = (): void => {
        context.drawImage(camera, 0, 0);
        if (films) requestAnimationFrame(film);
      };
      film();
      const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true, srcObject: stream });
      await video.play();
      const target = new OffscreenCanvas(64, 48);
      const corners = (): number => Math.max(...[[8, 8], [56, 8], [8, 40], [56, 40]].flatMap(([x = 0, y = 0]) => pictures.texel(shownOn(target), x, y).map((value, i) => Math.abs(value - (pictures.texel(scene, x, y)[i] as number)))));
      const differences: Record<string, number> = {};

      const live = same.attach(video, target, { onFrame: ({ painted }) => painted === 8 && (differences['video'] = corners()) });
      await until(() => live.stats.painted >= 10);
      const { created } = studio.metrics();
      await until(() => live.stats.painted >= 70);
      const made = studio.metrics().created - created;
      video.pause();
      for (let frame = 0; frame < 5; frame++) await nextFrame();
      const { painted: still } = live.stats;
      // It stands still, and yet it is to be seen mirrored.
      live.set({ mirror: true });
      await until(() => live.stats.painted > still);
      await nextFrame();
      const mirrored = pictures.texel(await same.read(video, { mirror: true }), 8, 8)[0]! < 120;
      live.stop();

      const ofTrack = same.attach(track.clone(), target, { onFrame: ({ painted }) => painted === 3 && (differences['track'] = corners()) });
      await until(() => ofTrack.stats.painted >= 4);
      ofTrack.stop();
      const ending = track.clone();
      const ended = same.attach(ending, target);
      await until(() => ended.stats.painted >= 1);
      ending.stop();
      await ended.ended;

      const closings = new Map<VideoFrame, number>();
      const counting = new TransformStream<VideoFrame, VideoFrame>({
        transform(frame, controller) {
          closings.set(frame, 0);
          const close = frame.close.bind(frame);
          frame.close = () => {
            closings.set(frame, (closings.get(frame) as number) + 1);
            close();
          };
          controller.enqueue(frame);
        },
      });
      const { readable } = new (globalThis as unknown as { MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => { readable: ReadableStream<VideoFrame> } }).MediaStreamTrackProcessor({ track });
      const ofStream = same.attach(readable.pipeThrough(counting), target, { onFrame: ({ painted }) => painted === 3 && (differences['stream'] = corners()) });
      await until(() => ofStream.stats.painted >= 5);
      ofStream.pause();
      const before = closings.size;
      await until(() => closings.size >= before + 2);
      ofStream.resume();
      await until(() => ofStream.stats.painted >= 8);
      ofStream.stop();
      await ofStream.ended;
      await nextFrame();
      films = false;
      track.stop();
      return { differences, made, mirrored, closings: [...new Set(closings.values())] };
    }),
  );
  expect(seen).toEqual({ differences: { video: expect.any(Number), track: expect.any(Number), stream: expect.any(Number) }, made: 0, mirrored: true, closings: [1] });
  expect(Math.max(...Object.values(seen.differences))).toBeLessThanOrEqual(8);
});
