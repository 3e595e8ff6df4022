import type { Browser, Page } from 'puppeteer';
import { describe, expect } from 'vitest';
import { gpuProcess, residentBytes } from '../support/gpuProcess.ts';
import { drawnSizes, faultsOf, IS_LONG, keepCurve, SOAK, type MemorySample } from '../support/memoryCurve.ts';
import { test, type Site } from '../support/page.ts';

const BUDGET = 32e6;
/** Frames that are enough to see a library that leaks. */
const FEW = 150;
const TIMEOUT_MS = IS_LONG ? 3 * 3_600_000 : 600_000;

/** Paints frames of random sizes in a page and looks at the memory of the browser's GPU process now and then. `broken` lets nothing be destroyed. */
async function soak(page: Page, browser: Browser, site: Site, frames: number, broken: boolean): Promise<{ samples: MemorySample[]; baseline: number }> {
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  const stage = await page.evaluateHandle(async (maxBytes, leaks) => {
    if (leaks) {
      const kept: GPUTexture[] = [];
      GPUTexture.prototype.destroy = function (this: GPUTexture): undefined {
        kept.push(this);
      };
    }
    const { library, pictures } = fixture;
    const studio = await library.Studio.create({ memory: { maxBytes } });
    const look = studio.pipeline(library.adjust({ contrast: 1.1 }));
    await look.ready;
    return { studio, look, canvas: new OffscreenCanvas(64, 48), source: pictures.scene(480, 270) };
  }, BUDGET, broken);
  const gpu = await gpuProcess(browser);
  const heap = await page.createCDPSession();
  const sizes = drawnSizes(frames);
  const baseline = residentBytes(gpu);
  const samples: MemorySample[] = [];
  for (let frame = 0; frame < frames; frame += SOAK.every) {
    const held = await stage.evaluate(async ({ studio, look, canvas, source }, crops) => {
      for (const crop of crops) {
        while (!look.render(source, canvas, { crop: { x: 0, y: 0, ...crop } })) await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => setTimeout(resolve));
      }
      // Reading waits for the GPU, and what was destroyed returns at a submit.
      await look.read(source, { maxSize: 16 });
      const { live, pending, pooled, source: sources, output, uniforms, staging } = studio.metrics().bytes;
      return live + pending + pooled + sources + output + uniforms + staging;
    }, sizes.slice(frame, frame + SOAK.every));
    // New sizes need new views and bind groups, and a browser frees those it was told to forget when it collects garbage: a page of 10,000 sizes has 60 MB of them by then.
    await heap.send('HeapProfiler.collectGarbage');
    samples.push({ frame, resident: residentBytes(gpu), held });
  }
  await stage.evaluate(({ studio }) => studio.destroy());
  return { samples, baseline };
}

describe(`${SOAK.frames} frames of random sizes`, () => {
  test('leave the memory of the GPU process where it was', async ({ page, browser, site }) => {
    const { samples, baseline } = await soak(page, browser as Browser, site, SOAK.frames, false);
    if (IS_LONG) keepCurve('chromium', samples);
    expect(faultsOf(samples, baseline, BUDGET, SOAK)).toEqual([]);
  }, TIMEOUT_MS);

  test('a library that keeps the memory of what it destroys is seen', async ({ page, browser, site }) => {
    const { samples, baseline } = await soak(page, browser as Browser, site, FEW, true);
    expect(faultsOf(samples, baseline, BUDGET, { ...SOAK, warmUp: 50 })).not.toEqual([]);
  }, TIMEOUT_MS);
});
