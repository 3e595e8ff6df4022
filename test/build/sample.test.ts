import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { renderRows } from '../../build/sample/render.ts';
import { develop } from '../../build/sample/tone.ts';

const small = { width: 48, height: 32, samples: 25 };
const picture = fileURLToPath(new URL('../../samples/still-life.jpg', import.meta.url));

function renderSmall(): Uint8Array {
  return develop(renderRows(small, 0, small.height), small.width, small.height);
}

async function shrunkPicture(): Promise<Uint8Array> {
  return sharp(picture).resize(small.width, small.height, { kernel: 'linear' }).removeAlpha().raw().toBuffer();
}

/** Peak signal-to-noise ratio of two 8-bit pictures, in decibels. */
function likeness(a: Uint8Array, b: Uint8Array): number {
  const squares = a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * a.length) / squares);
}

describe('the bundled still life', () => {
  it('is what the code renders', async () => {
    expect(likeness(renderSmall(), await shrunkPicture())).toBeGreaterThan(25);
  });

  it('is rendered the same every time', () => {
    const crop = { ...small, samples: 2 };
    expect(renderRows(crop, 14, 22)).toEqual(renderRows(crop, 14, 22));
  });

  it('has the size the package promises', async () => {
    const { width, height, format, size } = await sharp(picture).metadata();
    expect({ width, height, format, small: (size ?? 0) <= 300_000 }).toEqual({ width: 960, height: 640, format: 'jpeg', small: true });
  });
});
