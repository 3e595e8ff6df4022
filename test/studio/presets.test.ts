import { expect } from 'vitest';
import { presets } from '../../src/studio/presets.ts';
import { picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const NAMES = ['sketch', 'pencil', 'oil', 'watercolor'] as const;
const MEGABYTE = 1e6;

/** The scene, half transparent in its lower right corner. */
const source = picture(96, 64, (x, y) => [...texel(scene(96, 64), x, y).slice(0, 3), x > 60 && y > 40 ? 128 : 255]);

for (const preset of ['studio', 'cv2'] as const) {
  test(`${preset} paints four different artworks, and the same ones again`, async ({ studio }) => {
    const pipeline = studio.pipeline(presets[preset]);
    const [first, second] = [await pipeline.read(source), await pipeline.read(source)];
    expect(Object.keys(first)).toEqual(NAMES);
    for (const name of NAMES) {
      const artwork = first[name];
      expect([artwork.width, artwork.height]).toEqual([96, 64]);
      expect(artwork.data).toEqual(second[name].data);
      expect(artwork.data.filter((_, i) => i % 4 === 3)).toEqual(source.data.filter((_, i) => i % 4 === 3));
      expect(psnr(artwork, source)).toBeLessThan(40);
      for (const other of NAMES) if (other !== name) expect(psnr(artwork, first[other])).toBeLessThan(30);
    }
    pipeline.destroy();
  });
}

test('the sketch is grey but for the colour of its paper, and the others are not', async ({ studio }) => {
  const pipeline = studio.pipeline(presets.studio);
  const painted = await pipeline.read(source);
  const widest = (name: (typeof NAMES)[number]): number => {
    const { data } = painted[name];
    let most = 0;
    for (let i = 0; i < data.length; i += 4) most = Math.max(most, Math.max(data[i]!, data[i + 1]!, data[i + 2]!) - Math.min(data[i]!, data[i + 1]!, data[i + 2]!));
    return most;
  };
  expect(widest('sketch')).toBeLessThan(20);
  for (const name of ['pencil', 'oil', 'watercolor'] as const) expect(widest(name)).toBeGreaterThan(60);
  pipeline.destroy();
});

test('the four artworks of a full-HD picture fit in 145 MB', ({ studio }) => {
  for (const preset of [presets.studio, presets.cv2]) {
    const pipeline = studio.pipeline(preset);
    expect(pipeline.estimate(1920, 1080)).toBeLessThanOrEqual(145 * MEGABYTE);
    expect(pipeline.estimate(1920, 1080)).toBeGreaterThan(8 * MEGABYTE);
    pipeline.destroy();
  }
});

test('one step of a preset can be set by its name, as the README does', async ({ studio }) => {
  const pipeline = studio.pipeline(presets.studio);
  const before = await pipeline.read(source);
  pipeline.set('oil', { variation: 2 });
  const after = await pipeline.read(source);
  expect(psnr(before.oil, after.oil)).toBeLessThan(60);
  expect(after.sketch.data).toEqual(before.sketch.data);
  pipeline.destroy();
});

test('nobody can change a preset', () => {
  for (const value of [presets, presets.studio, presets.cv2, presets.studio.oil]) expect(Object.isFrozen(value)).toBe(true);
});
