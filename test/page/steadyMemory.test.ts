import { expect } from 'vitest';
import { test } from '../support/page.ts';

const FRAMES = 300;
const WARM_UP = 10;

test(`${FRAMES} frames through both presets make no GPU object after the tenth, and nothing is left at the end`, async ({ page, site }) => {
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  const { steady, last, artworks, end } = await page.evaluate(
    async (frameCount, warmUp) => {
      const { library, pictures } = fixture;
      const studio = await library.Studio.create();
      const pipelines = [studio.pipeline(library.presets.studio), studio.pipeline(library.presets.cv2)];
      const targets = pipelines.map(() => ({ sketch: new OffscreenCanvas(96, 64), pencil: new OffscreenCanvas(96, 64), oil: new OffscreenCanvas(96, 64), watercolor: new OffscreenCanvas(96, 64) }));
      await Promise.all(pipelines.map(({ ready }) => ready));
      const scene = pictures.scene(96, 64);
      const bitmaps = await Promise.all([scene, pictures.mirrored(scene)].map((picture) => createImageBitmap(fixture.drawn(picture))));
      const paint = (frame: number): boolean[] => pipelines.map((pipeline, i) => pipeline.render(bitmaps[frame % bitmaps.length] as ImageBitmap, targets[i] as (typeof targets)[number]));
      // The kernels for this size are compiled once it was asked for.
      while (paint(0).includes(false)) await new Promise((resolve) => setTimeout(resolve));
      let steady = studio.metrics();
      for (let frame = 0; frame < frameCount; frame++) {
        if (paint(frame).includes(false)) throw new Error(`frame ${frame} was not drawn`);
        if (frame === warmUp - 1) steady = studio.metrics();
        // As a page would: canvases present between frames.
        await new Promise((resolve) => setTimeout(resolve));
      }
      const last = studio.metrics();
      paint(0);
      const artworks = targets.map((canvases) => new Set(Object.values(canvases).map((canvas) => fixture.shownOn(canvas).data.join())).size);
      studio.destroy();
      return { steady, last, artworks, end: studio.metrics() };
    },
    FRAMES,
    WARM_UP,
  );
  expect(last.created).toBe(steady.created);
  expect(last.destroyed).toBe(steady.destroyed);
  expect(last.misses).toBe(steady.misses);
  expect(last.bytes).toEqual(steady.bytes);
  expect(last.bytes.peak).toBeLessThan(last.bytes.budget);
  expect(artworks, 'different artworks in each preset').toEqual([4, 4]);
  const { budget: _budget, peak: _peak, ...held } = end.bytes;
  expect(Object.values(held).every((bytes) => bytes === 0), JSON.stringify(held)).toBe(true);
  expect(end.destroyed).toBe(end.created);
});
