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
      await until(() => live.stats.painted >= 30);
      const made = studio.metrics().created - created;

      target.style.width = '30px';
      await until(() => target.width === 60);
      const resized = [target.width, target.height];
      live.set({ resize: false });
      target.style.width = '25px';
      await until(() => live.stats.painted >= 40);
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
