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

/** What a page says about frames that nobody closed. */
const UNCLOSED = /garbage collected without being closed/;

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
