import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { renderRows } from '../../build/sample/render.ts';
import { develop } from '../../build/sample/tone.ts';

const sketch = { width: 144, height: 96, samples: 2 };
const small = { width: 48, height: 32 };
const picture = fileURLToPath(new URL('../../samples/still-life.jpg', import.meta.url));

/** Few rays, but developed at three times the size: averaging must come after the film curve, as it does in the committed file. */
function renderSmall(): Promise<Uint8Array> {
  const { width, height } = sketch;
  const pixels = develop(renderRows(sketch, 0, height), width, height);
  return shrunk(sharp(pixels, { raw: { width, height, channels: 3 } }));
}

function shrunk(image: Sharp): Promise<Uint8Array> {
  return image.resize(small.width, small.height, { kernel: 'linear' }).removeAlpha().raw().toBuffer();
}

/** Peak signal-to-noise ratio of two 8-bit pictures, in decibels. */
function likeness(a: Uint8Array, b: Uint8Array): number {
  const squares = a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * a.length) / squares);
}

describe('the bundled still life', () => {
  it('is what the code renders', async () => {
    const decibels = likeness(await renderSmall(), await shrunk(sharp(picture)));
    expect(decibels).toBeGreaterThan(28);
  }, 60_000);

  it('is rendered the same every time', () => {
    expect(renderRows(sketch, 60, 63)).toEqual(renderRows(sketch, 60, 63));
  });

  it('has the size the package promises', async () => {
    const { width, height, format, size } = await sharp(picture).metadata();
    expect({ width, height, format, small: (size ?? 0) <= 300_000 }).toEqual({ width: 960, height: 640, format: 'jpeg', small: true });
  });
});
