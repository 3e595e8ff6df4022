import type { Browser } from 'puppeteer';
import { expect } from 'vitest';
import { findBrowser, launchBrowser } from '../../build/browser.ts';
import { gpuProcess, residentBytes } from '../support/gpuProcess.ts';
import { faultsOf, IS_LONG, keepCurve, type MemorySample } from '../support/memoryCurve.ts';
import { test as pageTest } from '../support/page.ts';

/** Of each way that frames come. `npm run soak` takes the long form. */
const FRAMES = IS_LONG ? 600 : 30;
const EVERY = 15;
const WARM_UP = EVERY;
const BUDGET = 32e6;
const UNCLOSED = 'garbage collected without being closed';

const test = pageTest.extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser | undefined> => {
  if ('missing' in (await findBrowser({ install: false }))) return undefined;
  const browser = await launchBrowser({ fakeCamera: true });
  onCleanup(() => browser.close());
  return browser;
});

for (const way of ['track', 'stream'] as const) {
  test(`${FRAMES} frames of a webcam, taken as a ${way}, make no GPU object after the first ones, leave the memory of the GPU process where it was, and are all closed`, async ({ page, browser, site }) => {
    const complaints: string[] = [];
    page.on('console', (message) => message.text().includes(UNCLOSED) && complaints.push(message.text()));
    await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
    const stage = await page.evaluateHandle(async (taken, maxBytes) => {
      const { library } = fixture;
      const studio = await library.Studio.create({ memory: { maxBytes } });
      const pipeline = studio.pipeline(library.adjust({ contrast: 1.1 }));
      const [track] = (await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })).getVideoTracks() as [MediaStreamVideoTrack];
      const canvas = document.body.appendChild(Object.assign(document.createElement('canvas'), { width: 640, height: 480 }));
      const live = pipeline.attach(taken === 'track' ? track : new MediaStreamTrackProcessor({ track }).readable, canvas, { resize: false });
      return { studio, live, track };
    }, way, BUDGET);
    const gpu = await gpuProcess(browser as Browser);
    const heap = await page.createCDPSession();
    const baseline = residentBytes(gpu);
    const samples: MemorySample[] = [];
    const created: number[] = [];
    for (let frame = 0; frame < FRAMES; frame += EVERY) {
      const seen = await stage.evaluate(async ({ studio, live }, until) => {
        await Promise.race([fixture.until(() => live.stats.painted >= until), live.ended]);
        const { bytes: { peak: _peak, budget: _budget, ...held }, created: made, transient, frames } = studio.metrics();
        return { held: Object.values(held).reduce((sum, bytes) => sum + bytes, 0), created: made, transient, frames };
      }, frame + EVERY);
      // Frames that nobody closed are told when they are collected; and what a browser holds for WebGPU's forgotten objects goes then.
      await heap.send('HeapProfiler.collectGarbage');
      expect(seen.transient).toBeLessThanOrEqual(3 * seen.frames);
      samples.push({ frame, resident: residentBytes(gpu), held: seen.held });
      if (frame >= WARM_UP) created.push(seen.created);
    }
    const rest = await stage.evaluate(({ studio, live, track }) => {
      live.stop();
      track.stop();
      studio.destroy();
      const { created: made, destroyed } = studio.metrics();
      return made - destroyed;
    });
    await heap.send('HeapProfiler.collectGarbage');
    if (IS_LONG) keepCurve(`webcam-${way}`, samples);
    expect(new Set(created).size, created.join()).toBe(1);
    expect(faultsOf(samples, baseline, BUDGET, { frames: FRAMES, every: EVERY, warmUp: WARM_UP })).toEqual([]);
    expect(rest).toBe(0);
    expect(complaints).toEqual([]);
  }, 600_000);
}
