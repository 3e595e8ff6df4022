import { expect } from 'vitest';
import { test } from '../support/page.ts';

const FRAMES = 126;
const WARM_UP = 10;
/** Few enough that one call to the page ends in time on a busy machine. */
const FRAMES_PER_CALL = 29;
const TIMEOUT_MS = 600_000;

test(`${FRAMES} frames through both presets make no GPU object after the tenth, and nothing is left at the end`, async ({ page, site }) => {
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  const stage = await page.evaluateHandle(async () => {
    const { library, pictures } = fixture;
    const studio = await library.Studio.create();
    const pipelines = [studio.pipeline(library.presets.studio), studio.pipeline(library.presets.cv2)];
    const targets = pipelines.map(() => ({ sketch: new OffscreenCanvas(24, 16), pencil: new OffscreenCanvas(24, 16), oil: new OffscreenCanvas(24, 16), watercolor: new OffscreenCanvas(24, 16) }));
    const scene = pictures.scene(24, 16);
    const bitmaps = await Promise.all([scene, pictures.mirrored(scene)].map((picture) => createImageBitmap(fixture.drawn(picture))));
    await Promise.all(pipelines.map(({ ready }) => ready));
    const paint = (frame: number): boolean => pipelines.map((pipeline, i) => pipeline.render(bitmaps[frame % bitmaps.length] as ImageBitmap, targets[i] as (typeof targets)[number])).every(Boolean);
    /** Ends the task, so that canvases present as they do in a page. */
    const nextTask = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));
    // The kernels for this size are compiled once it was asked for.
    while (!paint(0)) await nextTask();
    return { studio, targets, paint, nextTask };
  });
  const paintFrames = (from: number, to: number) =>
    stage.evaluate(
      async ({ studio, paint, nextTask }, first, end) => {
        for (let frame = first; frame < end; frame++) {
          if (!paint(frame)) throw new Error(`frame ${frame} was not drawn`);
          await nextTask();
        }
        return studio.metrics();
      },
      from,
      to,
    );

  const steady = await paintFrames(0, WARM_UP);
  for (let frame = WARM_UP; frame < FRAMES; frame += FRAMES_PER_CALL) {
    const { created, destroyed, misses, bytes } = await paintFrames(frame, frame + FRAMES_PER_CALL);
    expect({ created, destroyed, misses, bytes }, `after frame ${frame + FRAMES_PER_CALL}`).toEqual({ created: steady.created, destroyed: steady.destroyed, misses: steady.misses, bytes: steady.bytes });
  }
  expect(steady.bytes.peak).toBeLessThan(steady.bytes.budget);

  const { kinds, end } = await stage.evaluate(({ studio, targets, paint }) => {
    paint(0);
    const kindsIn = targets.map((canvases) => new Set(Object.values(canvases).map((canvas) => fixture.shownOn(canvas).data.join())).size);
    studio.destroy();
    return { kinds: kindsIn, end: studio.metrics() };
  });
  expect(kinds, 'different artworks in each preset').toEqual([4, 4]);
  const { budget: _budget, peak: _peak, ...held } = end.bytes;
  expect(Object.values(held).every((bytes) => bytes === 0), JSON.stringify(held)).toBe(true);
  expect(end.destroyed).toBe(end.created);
}, TIMEOUT_MS);
