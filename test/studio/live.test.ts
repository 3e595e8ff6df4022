import { describe, expect, onTestFinished } from 'vitest';
import { DestroyedError, InputError } from '../../src/core/errors.ts';
import type { Live } from '../../src/studio/live.ts';
import type { Pipeline } from '../../src/studio/pipeline.ts';
import { tinted } from '../support/effects.ts';
import { maxDifference, scene } from '../support/pictures.ts';
import { makeDevice, makeStudio, test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const SOURCE = scene(24, 16);

/** A studio on a device of ours, a pipeline and a texture to paint on. */
async function stage() {
  const device = await makeDevice();
  const studio = await makeStudio({ device });
  onTestFinished(() => studio.destroy());
  return { device, studio, pipeline: studio.pipeline(tinted()), target: makeTexture(device, 24, 16) };
}

/** Attaches, and gives what resolves when so many frames were painted since. */
function attached(pipeline: Pipeline, target: GPUTexture): { readonly live: Live; frames(count: number): Promise<void> } {
  let tell = (): void => {};
  const live = pipeline.attach(SOURCE, target, { frameRate: 240, onFrame: () => tell() });
  const frames = (count: number): Promise<void> => {
    const wanted = live.stats.painted + count;
    return Promise.race([live.ended, new Promise<void>((resolve) => (tell = () => live.stats.painted >= wanted && resolve()))]);
  };
  return { live, frames };
}

describe('attach, in Node', () => {
  test('paints what render paints, frame by frame, and makes no GPU object in doing so', async () => {
    const { device, studio, pipeline, target } = await stage();
    const { live, frames } = attached(pipeline, target);
    await frames(3);
    const { created } = studio.metrics();
    await frames(5);
    expect(studio.metrics().created).toBe(created);
    expect(maxDifference(await readTexture(device, target), await pipeline.read(SOURCE))).toBeLessThanOrEqual(1);
    live.stop();
    await live.ended;
    const { painted } = live.stats;
    expect(painted).toBeGreaterThanOrEqual(8);
    // Another attaching of the same pipeline is none of its business.
    const other = attached(pipeline, target);
    await other.frames(1);
    expect(live.stats.painted).toBe(painted);
    other.live.stop();
  });

  test('a pipeline or studio that is destroyed ends it with a DestroyedError, and counts are zero; await using stops it', async () => {
    const { studio, pipeline, target } = await stage();
    const first = attached(pipeline, target);
    await first.frames(1);
    // Also where no frame would ever tell.
    first.live.pause();
    pipeline.destroy();
    await expect(first.live.ended).rejects.toThrow(DestroyedError);
    {
      await using passing = studio.pipeline(tinted());
      await attached(passing, target).frames(1);
    }
    const second = attached(studio.pipeline(tinted()), target);
    await second.frames(1);
    studio.destroy();
    await expect(second.live.ended).rejects.toThrow(DestroyedError);
    const { created, destroyed, bytes } = studio.metrics();
    expect(destroyed).toBe(created);
    expect(bytes).toMatchObject({ live: 0, pooled: 0, pending: 0, source: 0, uniforms: 0 });
  });

  test('a target or option that can never be painted is refused at once, a source ends it', async () => {
    const { pipeline, target } = await stage();
    expect(() => pipeline.attach(SOURCE, null as never)).toThrow(InputError);
    expect(() => pipeline.attach(SOURCE, target, { scale: 0 })).toThrow(InputError);
    await expect(pipeline.attach('a picture' as never, target).ended).rejects.toThrow(InputError);
  });
});
