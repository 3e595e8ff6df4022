import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, expect } from 'vitest';
import { pencilDodge, type Live, type Metrics, type Pixels, type Studio as BrowserStudio } from '../../src/index.ts';
import { Studio } from '../../src/node/index.ts';
import type { WorkerPainter } from '../../src/worker/index.ts';
import { psnr } from '../support/pictures.ts';
import { STILL, test } from '../support/stillCamera.ts';

/** What a painting of one picture may differ by, in dB, between a page and Node. */
const ALIKE = 35;
/** And where an encoder of films came between. */
const ALIKE_IN_FILM = 25;
/** And where it is compared with what the camera was given, and on the screen. */
const ALIKE_ON_SCREEN = 25;
/** Frames in which nothing may be created. */
const STEADY = 30;
const PHONE = { width: 390, height: 844 };

/** What the examples put on `globalThis`. */
interface OnEasel {
  readonly studio: BrowserStudio;
  readonly live: Live | undefined;
}

interface InWorker {
  readonly painter: WorkerPainter;
}

interface Posted {
  readonly data: string;
  readonly width: number;
  readonly height: number;
}

declare global {
  /** What the page gave the visitor to save; only where a test opens one. */
  var saved: { readonly download: string; readonly size: number }[];
}

let node: Studio;
beforeAll(async () => void (node = await Studio.create()));
afterAll(() => node.destroy());

function pixelsOf({ data, width, height }: Posted): Pixels {
  return { data: new Uint8ClampedArray(Buffer.from(data, 'base64')), width, height };
}

/** Opens an example, takes a look that is quickly painted, and sees that it fits on a phone and that everything on it has a name. */
async function open(page: Page, address: string): Promise<void> {
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await page.setViewport(PHONE);
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('#look option[value=pencilDodge]');
  await page.select('#look', 'pencilDodge');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
  const nameless = await page.$$eval('button, input, select, canvas, progress, svg[role]', (elements) => elements.filter((element) => {
    const label = element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby') ?? element.textContent.trim();
    return label === '' && ((element as HTMLInputElement).labels?.length ?? 0) === 0;
  }).map(({ outerHTML }) => outerHTML));
  expect(nameless).toEqual([]);
}

/** Waits until so many frames more are painted. */
async function painted(page: Page, frames: number): Promise<void> {
  const count = () => (globalThis as unknown as { atelier: OnEasel }).atelier.live?.stats.painted ?? 0;
  const before = await page.evaluate(count);
  await page.waitForFunction((least) => ((globalThis as unknown as { atelier: OnEasel }).atelier.live?.stats.painted ?? 0) >= least, { polling: 50 }, before + frames);
}

/** Waits for words in an element. */
async function says(page: Page, selector: string, words: string): Promise<void> {
  await page.waitForFunction((place, expected) => document.querySelector(place)?.textContent?.includes(expected), { polling: 50 }, selector, words);
}

/** The picture that comes in, and what is painted of it, pixel by pixel. */
async function bothOf(page: Page): Promise<{ readonly plain: Pixels; readonly painting: Pixels }> {
  const [plain, painting] = await page.evaluate(async () => {
    const live = (globalThis as unknown as { atelier: OnEasel }).atelier.live as Live;
    const video = document.querySelector('#sheet video') as HTMLVideoElement;
    const canvas = document.querySelector('#sheet canvas') as HTMLCanvasElement;
    const { videoWidth: width, videoHeight: height } = video;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
    const take = (shown: CanvasImageSource): Posted => {
      context.drawImage(shown, 0, 0);
      return { data: btoa(Array.from(context.getImageData(0, 0, width, height).data, (byte) => String.fromCharCode(byte)).join('')), width, height };
    };
    live.set({ resize: false });
    Object.assign(canvas, { width, height });
    // What a WebGPU canvas shows can be read in the task that painted it.
    const shown = await new Promise<Posted>((resolve) => live.set({ onFrame: () => resolve(take(canvas)) }));
    live.set({ onFrame: () => {} });
    return [take(video), shown] as const;
  });
  return { plain: pixelsOf(plain), painting: pixelsOf(painting) };
}

/** Waits until no more than so many workers of the page live. */
async function workersLeft(page: Page, most: number): Promise<void> {
  while (page.workers().length > most) await new Promise<void>((resolve) => page.once('workerdestroyed', () => resolve()));
}

function created(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { atelier: OnEasel }).atelier.studio.metrics().created);
}

/** Leaves the page, and tells what its studio still held. */
async function leave(page: Page): Promise<void> {
  const left: Metrics = await page.evaluate(() => {
    const { studio } = (globalThis as unknown as { atelier: OnEasel }).atelier;
    dispatchEvent(new PageTransitionEvent('pagehide'));
    return studio.metrics();
  });
  const { budget: _budget, peak: _peak, ...held } = left.bytes;
  expect(Object.values(held).filter((bytes) => bytes !== 0)).toEqual([]);
  expect(left.destroyed).toBe(left.created);
}

test('webcam: the camera is painted as Node paints its picture, creates nothing in steady state, and is let go', async ({ page, site }) => {
  await open(page, site.url('/webcam/?width=160'));

  // What may be missing, and the drawing in its place.
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const camera = mediaDevices.getUserMedia.bind(mediaDevices);
    const refusals = ['NotFoundError', 'NotAllowedError'];
    mediaDevices.getUserMedia = (constraints) => (refusals[0] === undefined ? camera(constraints) : Promise.reject(new DOMException('no', refusals.shift())));
    const { gpu } = navigator;
    let asked = 0;
    Object.defineProperty(navigator, 'gpu', { get: () => (asked++ === 0 ? undefined : gpu) });
  });
  for (const words of ['no WebGPU', 'There is no camera here', 'The camera was refused']) {
    await page.click('#use-camera');
    await says(page, '#sheet .notice', words);
  }
  await page.click('#use-drawing');
  await painted(page, 2);
  const drawing = await bothOf(page);
  expect([drawing.plain.width, drawing.plain.height]).toEqual([160, 107]);
  await using pencil = node.pipeline(pencilDodge());
  expect(psnr(drawing.painting, await pencil.read(drawing.plain))).toBeGreaterThanOrEqual(ALIKE);
  await page.click('#stop');

  await page.select('#quality', '1');
  await page.click('#use-camera');
  await painted(page, 2);
  const { plain, painting } = await bothOf(page);
  expect(psnr(plain, STILL)).toBeGreaterThanOrEqual(25);
  expect(psnr(painting, await pencil.read(plain, { mirror: true }))).toBeGreaterThanOrEqual(ALIKE);
  const made = await created(page);
  await painted(page, STEADY);
  expect(await created(page)).toBe(made);

  // What the visitor can do, with the keyboard.
  await page.focus('#mirror');
  await page.keyboard.press('Space');
  await page.focus('#params input[type=range]');
  await page.keyboard.press('Home');
  const changed = await bothOf(page);
  await using narrow = node.pipeline(pencilDodge({ sigma: pencilDodge.params.sigma.min }));
  expect(psnr(changed.painting, await narrow.read(plain))).toBeGreaterThanOrEqual(ALIKE);
  await page.focus('#sheet .divider');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  expect(await page.$eval('#sheet', (sheet) => getComputedStyle(sheet).getPropertyValue('--split'))).toBe('0.01');

  // Both go on while the look is painted: a film of it, and the browser's small window.
  await page.evaluate(() => {
    globalThis.saved = [];
    HTMLAnchorElement.prototype.click = function () {
      const { download } = this;
      void fetch(this.href).then(async (file) => globalThis.saved.push({ download, size: (await file.blob()).size }));
    };
  });
  await page.click('#record');
  await page.waitForSelector('#record[aria-pressed=true]');
  await page.click('#float');
  await page.waitForFunction(() => (document.pictureInPictureElement as HTMLVideoElement | null)?.readyState === HTMLMediaElement.HAVE_ENOUGH_DATA, { polling: 50 });
  await page.click('#record');
  await page.waitForFunction(() => globalThis.saved.length > 0, { polling: 50 });
  const [film] = await page.evaluate(() => globalThis.saved);
  expect(film?.download).toMatch(/^pencilDodge\.(webm|mp4)$/);
  expect(film?.size).toBeGreaterThan(1000);

  await page.click('#fullscreen');
  await page.waitForFunction(() => document.fullscreenElement?.contains(document.querySelector('#sheet canvas')), { polling: 50 });
  await painted(page, 1);
  await page.evaluate(() => document.exitFullscreen());

  const track = await page.evaluateHandle(() => ((document.querySelector('#sheet video') as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0] as MediaStreamTrack);
  await leave(page);
  expect(await page.evaluate(({ readyState }) => readyState, track)).toBe('ended');
});

test('worker: the painting goes on while the page is blocked, and with the visitor the worker goes', async ({ page, site }) => {
  await open(page, site.url('/worker/?width=160'));
  await page.click('#use-camera');
  await says(page, '#status', 'Pencil Dodge, painted in a worker.');
  // At the size it has, so that the screen shows it pixel by pixel.
  await page.$eval('#sheet', (sheet) => sheet.setAttribute('style', 'width: 160px; height: 120px; --split: 0'));
  await page.$eval('#sheet .line', (line) => line.setAttribute('style', 'display: none'));
  await page.focus('#block');
  await page.keyboard.press('Enter');
  await says(page, '#blocked', 'Meanwhile the worker painted');
  // A page that blocks takes one core from a GPU in software: on a busy machine not every second brings a frame.
  const meanwhile = await page.evaluate(async (tries, pause) => {
    const { painter } = (globalThis as unknown as { atelier: InWorker }).atelier;
    const painted = async (): Promise<number> => (await painter.stats())?.painted ?? 0;
    for (let i = 0; i < tries; i++) {
      const before = await painted();
      const end = performance.now() + pause;
      while (performance.now() < end);
      const frames = (await painted()) - before;
      if (frames > 0) return frames;
    }
    return 0;
  }, 20, 500);
  expect(meanwhile).toBeGreaterThan(0);
  const shown = await sharp(await (await page.$('#sheet'))!.screenshot()).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  await using pencil = node.pipeline(pencilDodge());
  const painting: Pixels = { data: new Uint8ClampedArray(shown.data), width: shown.info.width, height: shown.info.height };
  expect(psnr(painting, await pencil.read(STILL))).toBeGreaterThanOrEqual(ALIKE_ON_SCREEN);

  // Another look is another worker's; the first ends.
  await page.select('#look', 'adjust');
  await says(page, '#status', 'Adjust, painted in a worker.');
  await page.waitForFunction(() => document.querySelectorAll('#sheet canvas').length === 1, { polling: 50 });
  await workersLeft(page, 1);
  await page.evaluate(() => void dispatchEvent(new PageTransitionEvent('pagehide')));
  await page.waitForFunction(() => (document.querySelector('#sheet video') as HTMLVideoElement).srcObject === null, { polling: 50 });
  await workersLeft(page, 0);
});

test('video file: a film is painted while it plays, and written to a file frame by frame with its sound, unless it is cancelled', async ({ page, site }) => {
  const [width, height, frames] = [64, 48, 8];
  await open(page, site.url('/video-file/'));
  await page.addScriptTag({ type: 'module', url: site.url('assets/film.js') });
  await page.waitForFunction(() => 'films' in globalThis);
  const film = await page.evaluateHandle((...size) => globalThis.films.makeFilm(...size), width, height, frames);
  await page.evaluate((file) => {
    const given = new DataTransfer();
    given.items.add(file);
    const input = document.querySelector('#file') as HTMLInputElement;
    input.files = given.files;
    input.dispatchEvent(new Event('change'));
  }, film);
  await painted(page, 1);
  const { plain, painting } = await bothOf(page);
  await using pencil = node.pipeline(pencilDodge());
  expect(psnr(painting, await pencil.read(plain))).toBeGreaterThanOrEqual(ALIKE);

  await page.evaluate(() => {
    const begin = document.querySelector('#export') as HTMLButtonElement;
    begin.click();
    (document.querySelector('#cancel') as HTMLButtonElement).click();
  });
  await says(page, '#exported', 'Cancelled.');
  expect(await page.$eval('#download', (link) => (link as HTMLElement).hidden)).toBe(true);

  await page.click('#export');
  await says(page, '#exported', 'Painted in');
  const written = await page.evaluate(async (source) => {
    const { href, download } = document.querySelector('#download') as HTMLAnchorElement;
    const blob = await (await fetch(href)).blob();
    const video = document.createElement('video');
    video.muted = true;
    video.src = href;
    await video.play();
    const post = async (of: Blob) => {
      const { frames: list, ...facts } = await globalThis.films.readFilm(of);
      return { ...facts, frames: list.map(({ seconds, data }) => ({ seconds, data: btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')) })) };
    };
    return { download, given: await post(source), got: await post(blob) };
  }, film);
  const { download, given, got } = written;
  expect(download).toMatch(/^disc\.pencilDodge\.(webm|mp4)$/);
  expect(got).toMatchObject({ width, height, isHeard: true });
  expect(given.frames.length).toBe(frames);
  expect(got.frames.map(({ seconds }) => seconds.toFixed(2))).toEqual(given.frames.map(({ seconds }) => seconds.toFixed(2)));
  for (const [i, { data }] of got.frames.entries()) {
    const expected = await pencil.read(pixelsOf({ data: given.frames[i]?.data ?? '', width, height }));
    expect(psnr(pixelsOf({ data, width, height }), expected)).toBeGreaterThanOrEqual(ALIKE_IN_FILM);
  }
  await leave(page);
});
