import { describe, expect } from 'vitest';
import { adjust } from '../../src/effects/adjust.ts';
import { classicKuwahara } from '../../src/effects/classicKuwahara.ts';
import { BudgetError, InputError } from '../../src/core/errors.ts';
import type { Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import type { Pipeline, RenderOptions } from '../../src/studio/pipeline.ts';
import { maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { makeStudio, test as studioTest } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

/** Renders a picture as soon as its kernels are compiled. */
async function drawn(pipeline: Pipeline, source: Pixels, target: GPUTexture, options: RenderOptions): Promise<void> {
  while (!pipeline.render(source, target, options)) await new Promise((resolve) => setTimeout(resolve));
}

/** `paint` renders a picture on a texture of `size`, that of the picture unless given, and gives what it shows. */
const test = studioTest.extend('stage', { scope: 'file' }, async ({ device, studio }) => {
  const paint = async (look: Look, source: Pixels, options: RenderOptions, size: { readonly width: number; readonly height: number } = source): Promise<Pixels> => {
    const pipeline = studio.pipeline(look);
    const target = makeTexture(device, size.width, size.height);
    await drawn(pipeline, source, target, options);
    const shown = await readTexture(device, target);
    target.destroy();
    pipeline.destroy();
    return shown;
  };
  return { device, studio, paint };
});

describe('upsample: edges', () => {
  test('shows the edges of the source where they are, whatever the shape of the target, mirrored too', async ({ stage: { paint } }) => {
    const source = picture(48, 32, (x, y) => (x + 0.5 * y < 27 ? [70, 90, 60] : [210, 180, 90]));
    const edges = await paint(adjust(), source, { scale: 0.5, upsample: 'edges' });
    expect(psnr(edges, source)).toBeGreaterThan(psnr(await paint(adjust(), source, { scale: 0.5 }), source) + 6);
    expect(maxDifference(await paint(adjust(), source, { scale: 0.5, upsample: 'edges', mirror: true }), mirrored(edges))).toBeLessThanOrEqual(1);
    const wide = await paint(adjust(), source, { scale: 0.5, upsample: 'edges', fit: 'fill' }, { width: 96, height: 32 });
    expect(texel(wide, 20, 16)).toEqual(texel(edges, 10, 16));
    const turned = await paint(adjust(), source, { scale: 0.5, upsample: 'edges', orientation: 3 });
    expect(maxDifference(turned, picture(48, 32, (x, y) => texel(edges, 47 - x, 31 - y)))).toBeLessThanOrEqual(1);
  });

  test('a painting is nearer to that of full size', async ({ stage: { paint } }) => {
    const source = scene(96, 64);
    const whole = await paint(classicKuwahara({ radius: 4 }), source, {});
    const [edges, smooth] = [await paint(classicKuwahara({ radius: 4 }), source, { scale: 0.5, upsample: 'edges' }), await paint(classicKuwahara({ radius: 4 }), source, { scale: 0.5 })];
    expect(psnr(edges, whole)).toBeGreaterThan(psnr(smooth, whole) + 0.3);
  });

  test('at full size it is nothing more', async ({ stage: { studio, paint } }) => {
    const source = scene(31, 23);
    const before = await paint(adjust({ hue: 40 }), source, { upsample: 'smooth' });
    const { misses } = studio.metrics();
    expect(maxDifference(await paint(adjust({ hue: 40 }), source, { upsample: 'edges', scale: 1 }), before)).toBe(0);
    expect(studio.metrics().misses).toEqual(misses);
  });

  test('the alpha is that of the source at full size', async ({ stage: { paint } }) => {
    const source = picture(32, 24, (x) => [200, 40, 90, x < 17 ? 255 : 0]);
    const shown = await paint(adjust(), source, { scale: 0.5, upsample: 'edges' });
    for (const x of [0, 16, 17, 31]) expect(texel(shown, x, 12)[3]).toBe(x < 17 ? 255 : 0);
    expect(texel(shown, 16, 12).slice(0, 3)).toEqual([200, 40, 90]);
  });

  test('frames in turn with and without it each have their own plan, and make no object after the first', async ({ stage: { device, studio } }) => {
    const source = scene(40, 30);
    const pipeline = studio.pipeline(adjust());
    const target = makeTexture(device, 40, 30);
    const ways = [{ scale: 0.5 }, { scale: 0.5, upsample: 'edges' }, {}] as const;
    await pipeline.ready;
    for (const options of ways) await drawn(pipeline, source, target, options);
    const shown = [];
    const { created } = studio.metrics();
    for (const options of [...ways, ...ways]) {
      expect(pipeline.render(source, target, options)).toBe(true);
      shown.push(await readTexture(device, target));
    }
    expect(studio.metrics().created).toBe(created);
    expect(shown.slice(3)).toEqual(shown.slice(0, 3));
    pipeline.destroy();
  });

  test('where memory is short, none is spent on it', async ({ device }) => {
    const small = await makeStudio({ device, memory: { maxBytes: 120_000 } });
    const source = scene(120, 100);
    const pipeline = small.pipeline(adjust());
    const target = makeTexture(device, 120, 100);
    await expect(drawn(pipeline, source, target, { scale: 0.9, upsample: 'edges' })).rejects.toThrow(BudgetError);
    await drawn(pipeline, source, target, { scale: 0.9, upsample: 'edges', fit: 'budget' });
    small.destroy();
  });

  test('another word is refused', async ({ stage: { studio, device } }) => {
    const pipeline = studio.pipeline(adjust());
    expect(() => pipeline.render(scene(4, 4), makeTexture(device, 4, 4), { upsample: 'sharp' as never })).toThrow(InputError);
    pipeline.destroy();
  });
});
