import type { Browser, Page } from 'puppeteer';
import sharp from 'sharp';
import { expect, onTestFinished } from 'vitest';
import { launchBrowser } from '../../build/browser.ts';
import { gpuProcess } from '../support/gpuProcess.ts';
import { openPage, test } from '../support/page.ts';

const KILLS = 3;
// Else a browser takes WebGPU from a page after the second time, and itself goes on without a GPU.
const PATIENT_FLAGS = ['--disable-domain-blocking-for-3d-apis', '--disable-gpu-process-crash-limit'];

/** What the canvas in the corner shows on the screen: a canvas that was read once cannot be read after the GPU process ended, but it still presents. */
async function screen(page: Page): Promise<string> {
  const shot = await page.screenshot({ clip: { x: 0, y: 0, width: 24, height: 16 } });
  return (await sharp(shot).removeAlpha().raw().toBuffer()).join();
}

test(`a page whose GPU process is killed ${KILLS} times in a row goes on each time with the same picture`, async ({ site, browser: any, skip }) => {
  if (any === undefined) return skip('there is no browser');
  // A browser of its own: what is killed here is nobody else's.
  const browser: Browser = await launchBrowser({ flags: PATIENT_FLAGS });
  onTestFinished(() => browser.close());
  const problems: string[] = [];
  const page = await openPage(browser, problems);
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  const stage = await page.evaluateHandle(async () => {
    const { library, pictures } = fixture;
    const studio = await library.Studio.create();
    const told: string[] = [];
    studio.addEventListener('devicelost', (event) => told.push((event as InstanceType<typeof library.DeviceLostEvent>).state));
    studio.addEventListener('devicerestored', () => told.push('restored'));
    const look = studio.pipeline(library.presets.cv2.oil);
    const scene = pictures.scene(24, 16);
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 24, height: 16 });
    canvas.style.cssText = 'position: fixed; inset: 0 auto auto 0';
    document.body.append(canvas);
    await look.ready;
    /** A picture in memory, and one on the canvas as soon as it can be drawn and is presented. */
    const paint = async (): Promise<string> => {
      const { data } = await look.read(scene);
      while (!look.render(scene, canvas)) await new Promise((resolve) => setTimeout(resolve, 10));
      for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      return data.join();
    };
    return { studio, told, paint };
  });
  const read = await stage.evaluate(({ paint }) => paint());
  const shown = await screen(page);
  expect(new Set(shown.split(',')).size, 'a picture is on the screen').toBeGreaterThan(9);
  for (let kill = 1; kill <= KILLS; kill++) {
    const restored = stage.evaluate(({ studio }) => new Promise<void>((resolve) => studio.addEventListener('devicerestored', () => resolve(), { once: true })));
    process.kill(await gpuProcess(browser), 'SIGKILL');
    await restored;
    expect(await stage.evaluate(({ paint }) => paint()), `what is read after kill ${kill}`).toBe(read);
    expect(await screen(page), `what the screen shows after kill ${kill}`).toBe(shown);
  }
  const { told, end } = await stage.evaluate(({ studio, told: all }) => {
    studio.destroy();
    return { told: all, end: studio.metrics() };
  });
  expect(told).toEqual(Array.from({ length: KILLS }, () => ['recovering', 'restored']).flat());
  expect(end.created).toBe(end.destroyed);
  const { budget: _budget, peak: _peak, ...held } = end.bytes;
  expect(Object.values(held).every((bytes) => bytes === 0), JSON.stringify(held)).toBe(true);
  expect(problems).toEqual([]);
});
