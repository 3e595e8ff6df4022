import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer';
import { findBrowser, launchBrowser } from '../../build/browser.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { test as pageTest } from './page.ts';
import { picture } from './pictures.ts';

const WIDTH = 160;
const HEIGHT = 120;

/** What the camera sees, in BT.601 video levels: a slope of light with a disc on it, and colours that change slowly. */
function yuvAt(x: number, y: number): readonly [number, number, number] {
  const light = 40 + (150 * x) / WIDTH + (Math.hypot(x - 60, y - 70) < 30 ? 40 : 0);
  return [light, 128 + 30 * Math.sin((2 * Math.PI * x) / WIDTH), 128 + 30 * Math.cos((2 * Math.PI * y) / HEIGHT)];
}

/** What the camera sees, as a picture. */
export const STILL: Pixels = picture(WIDTH, HEIGHT, (x, y) => {
  const [luma, blue, red] = yuvAt(x, y);
  const gray = 1.164 * (luma - 16);
  return [gray + 1.596 * (red - 128), gray - 0.392 * (blue - 128) - 0.813 * (red - 128), gray + 2.017 * (blue - 128)];
});

/** One frame of a y4m film, which a browser plays again and again. */
function stillFilm(): Uint8Array {
  const plane = (step: number, channel: number): Uint8Array => Uint8Array.from({ length: (WIDTH * HEIGHT) / step ** 2 }, (_, i) => yuvAt(step * (i % (WIDTH / step)), step * Math.floor((step * i) / WIDTH))[channel] as number);
  const text = new TextEncoder();
  return Buffer.concat([text.encode(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F30:1 Ip A1:1 C420jpeg\nFRAME\n`), plane(1, 0), plane(2, 1), plane(2, 2)]);
}

/** The page tests' `test` in a browser whose camera always sees {@link STILL}. */
export const test = pageTest.extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser | undefined> => {
  if ('missing' in (await findBrowser({ install: false }))) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'atelier-camera-'));
  const film = join(folder, 'still.y4m');
  await writeFile(film, stillFilm());
  const browser = await launchBrowser({ fakeCamera: true, flags: [`--use-file-for-fake-video-capture=${film}`] });
  onCleanup(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });
  return browser;
});
