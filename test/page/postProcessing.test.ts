import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { comic, engraving, pencil, watercolor, type Look, type Pixels, type Studio as BrowserStudio } from '../../src/index.ts';
import { Studio } from '../../src/node/index.ts';
import { psnr } from '../support/pictures.ts';
import { test, type Site } from '../support/page.ts';

const WIDTH = 96;
const HEIGHT = 64;
const MOMENT = 1.5;
const FRAMES = 3;
/** What a painting of one picture may differ by, in dB, between a page and Node. */
const ALIKE = 35;
/** And what it must at least differ by from the picture. */
const UNLIKE = 25;

/** What an example puts on `globalThis`. */
interface OnEasel {
  readonly studio: BrowserStudio;
  readonly original: HTMLCanvasElement;
  readonly canvas: HTMLCanvasElement;
  draw(seconds: number): void;
  paint(seconds: number): boolean;
}

declare global {
  /** Only in the pages of examples. */
  var atelier: OnEasel;
  /** How often each call was made that moves pictures or work between CPU and GPU; only where this file opens a page. */
  var traffic: Record<string, number>;
}

let studio: Studio;
beforeAll(async () => void (studio = await Studio.create()));
afterAll(() => studio.destroy());

/** Counts calls in the page, and asks patiently for the GPU, whose first answer may be none. */
async function prepare(page: Page): Promise<void> {
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await page.evaluateOnNewDocument(() => {
    globalThis.traffic = {};
    const watched = [[GPUQueue, 'submit'], [GPUQueue, 'writeTexture'], [GPUQueue, 'copyExternalImageToTexture'], [GPUBuffer, 'mapAsync'], [GPUCommandEncoder, 'copyTextureToBuffer'], [GPUCommandEncoder, 'copyBufferToTexture']] as const;
    for (const [owner, name] of watched) {
      const calls = owner.prototype as unknown as Record<string, (...values: unknown[]) => unknown>;
      const call = calls[name] as (...values: unknown[]) => unknown;
      calls[name] = function (...values) {
        // One of nothing has memory given back that was not used for a while.
        if (name !== 'submit' || (values[0] as readonly unknown[]).length > 0) globalThis.traffic[name] = (globalThis.traffic[name] ?? 0) + 1;
        return call.apply(this, values);
      };
    }
    const { requestAdapter } = GPU.prototype;
    GPU.prototype.requestAdapter = async function (this: GPU, options) {
      for (let tries = 0; tries < 5; tries++) {
        const adapter = await requestAdapter.call(this, options);
        if (adapter !== null) return adapter;
      }
      return null;
    };
  });
}

async function open(page: Page, site: Site, host: string): Promise<void> {
  await prepare(page);
  await page.goto(`${site.url(`/post-processing-${host}/`)}?size=${WIDTH}x${HEIGHT}`);
  await isPainted(page);
}

/** Waits until the page shows a painted frame, of a look whose words these are. */
async function isPainted(page: Page, look = ''): Promise<void> {
  await page.waitForFunction((words) => document.querySelector<HTMLElement>('#painted')?.hidden === false && document.querySelector('#status')?.textContent?.startsWith(words) && document.querySelector('#status')?.textContent?.endsWith('frame by frame.'), { polling: 50 }, look);
}

/** What the host shows of a moment by itself, and what the page paints of it. */
async function bothOf(page: Page): Promise<{ readonly plain: Pixels; readonly painted: Pixels }> {
  const [plain, painted] = await page.evaluate((moment) => {
    const { original, canvas, draw, paint } = globalThis.atelier;
    // A canvas of WebGPU can be read in the task that drew it.
    const bytesOf = (shown: HTMLCanvasElement): string => {
      const context = new OffscreenCanvas(shown.width, shown.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.drawImage(shown, 0, 0);
      return btoa(Array.from(context.getImageData(0, 0, shown.width, shown.height).data, (byte) => String.fromCharCode(byte)).join(''));
    };
    draw(moment);
    const drawn = bytesOf(original);
    if (!paint(moment)) throw new Error('nothing was painted');
    return [drawn, bytesOf(canvas)];
  }, MOMENT);
  const pixels = (bytes: string | undefined): Pixels => ({ data: new Uint8ClampedArray(Buffer.from(bytes as string, 'base64')), width: WIDTH, height: HEIGHT });
  return { plain: pixels(plain), painted: pixels(painted) };
}

/** Draws a few frames with and without painting, and tells what each took, and how many GPU objects the painted ones made. */
function trafficOf(page: Page): Promise<{ readonly drawn: Record<string, number>; readonly painted: Record<string, number>; readonly made: number }> {
  return page.evaluate(async (moment, frames) => {
    const { studio, draw, paint } = globalThis.atelier;
    // Hosts have a count of their own of the display's frames, and draw shadows once for each: two, so that theirs went on, whoever is called first.
    const nextFrame = async (): Promise<void> => {
      for (let calls = 0; calls < 2; calls++) await new Promise((resolve) => requestAnimationFrame(resolve));
    };
    const count = async (show: (seconds: number) => unknown): Promise<Record<string, number>> => {
      show(moment);
      await nextFrame();
      globalThis.traffic = {};
      for (let frame = 1; frame <= frames; frame++) {
        show(moment + frame / 30);
        await nextFrame();
      }
      const counted = globalThis.traffic;
      globalThis.traffic = {};
      return counted;
    };
    const drawn = await count(draw);
    paint(moment);
    const { created } = studio.metrics();
    const painted = await count(paint);
    return { drawn, painted, made: studio.metrics().created - created };
  }, MOMENT, FRAMES);
}

async function paintedInNode(look: Look, picture: Pixels): Promise<Pixels> {
  await using pipeline = studio.pipeline(look);
  return pipeline.read(picture);
}

describe.for([
  { host: 'three', look: watercolor(), uploads: {} },
  { host: 'pixi', look: comic(), uploads: {} },
  // A 2D canvas belongs to no device, so that its frames must be copied.
  { host: 'canvas', look: engraving(), uploads: { copyExternalImageToTexture: FRAMES } },
])('post-processing of $host', ({ host, look, uploads }) => {
  test('shows what Node paints of the same frame, with one submit more, no readback and no GPU object a frame', async ({ page, site }) => {
    await open(page, site, host);
    const { plain, painted } = await bothOf(page);
    expect(psnr(painted, plain)).toBeLessThan(UNLIKE);
    expect(psnr(painted, await paintedInNode(look, plain))).toBeGreaterThanOrEqual(ALIKE);

    const { drawn, painted: traffic, made } = await trafficOf(page);
    expect(traffic).toEqual({ ...drawn, ...uploads, submit: (drawn['submit'] ?? 0) + FRAMES });
    expect(Object.keys(drawn).filter((call) => call !== 'submit')).toEqual([]);
    expect(made).toBe(0);

    // What the visitor can do, with the keyboard.
    await page.focus('#paint');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelector<HTMLElement>('#painted')?.hidden === true && !globalThis.atelier.original.hidden, { polling: 50 });
    await page.keyboard.press('Space');
    await isPainted(page);

    const left = await page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide'));
      return globalThis.atelier.studio.metrics();
    });
    const { budget: _budget, peak: _peak, ...held } = left.bytes;
    expect(Object.values(held).filter((bytes) => bytes !== 0)).toEqual([]);
    expect(left.destroyed).toBe(left.created);
  });
});

test('another look is chosen with the arrow keys, and the page shows its own code', async ({ page, site }) => {
  await open(page, site, 'canvas');
  const { painted: engraved } = await bothOf(page);
  await page.focus('#look');
  await page.keyboard.press('ArrowDown');
  await isPainted(page, 'Pencil');
  const { plain, painted } = await bothOf(page);
  expect(psnr(painted, engraved)).toBeLessThan(UNLIKE);
  expect(psnr(painted, await paintedInNode(pencil(), plain))).toBeGreaterThanOrEqual(ALIKE);
  await page.focus('summary');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#code')?.textContent?.includes('pipeline.render(drawing, canvas)'), { polling: 50 });
});

test('without WebGPU the drawing is shown as it is, and the page says so', async ({ page, site }) => {
  await prepare(page);
  await page.evaluateOnNewDocument(() => Object.defineProperty(Navigator.prototype, 'gpu', { value: undefined }));
  await page.goto(`${site.url('/post-processing-canvas/')}?size=${WIDTH}x${HEIGHT}`);
  await page.waitForSelector('#notice:not([hidden])');
  expect(await page.$eval('#notice', (notice) => notice.textContent)).toContain('has no WebGPU');
  await page.waitForFunction((width) => document.querySelector<HTMLCanvasElement>('.sheet canvas')?.width === width, { polling: 50 }, WIDTH);
  expect(await page.$eval('.sheet canvas', (canvas) => (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(48, 10, 1, 1).data[2])).toBeGreaterThan(100);
});
