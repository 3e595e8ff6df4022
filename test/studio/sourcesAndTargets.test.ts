import { describe, expect } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { Studio } from '../../src/studio/studio.ts';
import { shift } from '../support/effects.ts';
import { flat, maxDifference, mirrored, picture, scene, texel, transposed } from '../support/pictures.ts';
import { makeDevice, test } from '../support/studioTest.ts';
import { makeTexture, readTexture, textureOf } from '../support/textures.ts';

const same = shift({ amount: 0 });

/** Colours that matter only as much as they are opaque. */
function premultiplied(source: Pixels): Pixels {
  return picture(source.width, source.height, (x, y) => {
    const [r = 0, g = 0, b = 0, a = 0] = texel(source, x, y);
    return [(r * a) / 255, (g * a) / 255, (b * a) / 255, a];
  });
}

describe('a picture that nothing changes', () => {
  test.for([[1, 1], [1, 7], [5, 3], [17, 33], [256, 1], [1, 256], [255, 129]] as const)('comes out as it went in: %j', async ([width, height], { render }) => {
    const source = scene(width, height);
    expect(maxDifference(await render(same, source), source)).toBe(0);
  });

  test.for([[8192, 1], [1, 8192], [4096, 3]] as const)('up to the limit of the device: %j', async ([width, height], { render }) => {
    const source = scene(width, height);
    expect(maxDifference(await render(same, source), source)).toBe(0);
  });

  test('keeps an alpha ramp, premultiplied to within 1/255', async ({ render }) => {
    const ramp = picture(256, 4, (x, y) => [200 - 40 * y, 30 + 50 * y, x / 2, x]);
    expect(maxDifference(premultiplied(await render(same, ramp)), premultiplied(ramp))).toBeLessThanOrEqual(1);
  });

  test('takes the colour of hidden pixels from their nearest opaque neighbour, so nothing dark bleeds in', async ({ studio }) => {
    const hidden = picture(40, 20, (x) => (x < 10 ? [250, 120, 10, 255] : [0, 0, 0, 0]));
    const look = studio.pipeline(same);
    const inside = studio.pipeline(shift({ amount: 0.1 }));
    const shown = await look.read(hidden);
    expect(texel(shown, 9, 5)).toEqual([250, 120, 10, 255]);
    expect(texel(shown, 10, 5)).toEqual([0, 0, 0, 0]);
    look.destroy();
    inside.destroy();
  });
});

describe('placement', () => {
  const source = scene(24, 18);

  test('mirror, orientation and crop are exact', async ({ render }) => {
    expect(maxDifference(await render(same, source, { mirror: true }), mirrored(source))).toBe(0);
    const crop = await render(same, source, { crop: { x: 5, y: 7, width: 11, height: 4 } });
    expect(maxDifference(crop, picture(11, 4, (x, y) => texel(source, x + 5, y + 7)))).toBe(0);
  });

  test.for([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i is undone', async (orientation, { render }) => {
    // For each orientation, where the stored picture shows the pixel (x, y) of the upright one.
    const { width: w, height: h } = source;
    const upright = (u: number, v: number): number[] => texel(source, u, v);
    const stored: Record<number, Pixels> = {
      1: source,
      2: mirrored(source),
      3: picture(w, h, (x, y) => upright(w - 1 - x, h - 1 - y)),
      4: picture(w, h, (x, y) => upright(x, h - 1 - y)),
      5: transposed(source),
      6: picture(h, w, (x, y) => upright(w - 1 - y, x)),
      7: picture(h, w, (x, y) => upright(w - 1 - y, h - 1 - x)),
      8: picture(h, w, (x, y) => upright(y, h - 1 - x)),
    };
    expect(maxDifference(await render(same, stored[orientation] as Pixels, { orientation }), source)).toBe(0);
  });

  test('maxSize scales down by the mean of the covered area', async ({ render }) => {
    const blocks = picture(32, 16, (x, y) => ((Math.floor(x / 4) + Math.floor(y / 4)) % 2 === 0 ? [255, 0, 0] : [0, 0, 200]));
    expect(maxDifference(await render(same, blocks, { maxSize: 8 }), picture(8, 4, (x, y) => ((x + y) % 2 === 0 ? [255, 0, 0] : [0, 0, 200])))).toBe(0);
    expect(texel(await render(same, blocks, { maxSize: 4 }), 1, 1)).toEqual([128, 0, 100, 255]);
    const half = await render(same, blocks, { scale: 0.5 });
    expect([half.width, half.height]).toEqual([16, 8]);
  });

  test('scaling down weighs colours by their alpha', async ({ render }) => {
    const fringe = picture(2, 1, (x) => (x === 0 ? [200, 100, 0, 255] : [0, 255, 255, 0]));
    expect(texel(await render(same, fringe, { maxSize: 1 }), 0, 0)).toEqual([200, 100, 0, 128]);
  });

  test.for([
    [{ maxSize: 0 }, 'maxSize is 0'],
    [{ maxSize: Number.NaN }, 'maxSize is NaN'],
    [{ scale: 0 }, 'scale is 0'],
    [{ scale: 1.5 }, 'scale is 1.5'],
    [{ orientation: 9 }, 'orientation is 9'],
    [{ fit: 'covr' as 'budget' }, 'fit is "covr", must be one of contain, cover, fill, budget'],
    [{ crop: { x: 20, y: 0, width: 10, height: 2 } }, 'crop is 10x2 at (20, 0), must lie inside the source of 24x18'],
  ] as const)('%j is refused', async ([options, message], { studio }) => {
    const look = studio.pipeline(same);
    const before = studio.metrics();
    await expect(look.read(source, options)).rejects.toThrow(message);
    expect(studio.metrics()).toEqual(before);
    look.destroy();
  });
});

describe('sources that are no pictures', () => {
  test.for([
    [{ data: new Uint8ClampedArray(0), width: 0, height: 0 }, 'width is 0'],
    [{ data: new Uint8ClampedArray(4), width: Number.NaN, height: 1 }, 'width is NaN'],
    [{ data: new Uint8ClampedArray(4), width: 1.5, height: 1 }, 'width is 1.5'],
    [{ data: new Uint8ClampedArray(15), width: 2, height: 2 }, 'data has 15 bytes'],
    [null, 'is null'],
    ['photo.png', 'photo.png'],
  ] as const)('%j is refused before any GPU call', async ([source, message], { studio }) => {
    const look = studio.pipeline(same);
    const before = studio.metrics();
    const failure = await look.read(source as unknown as Pixels).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect(String(failure)).toContain(message);
    expect(studio.metrics()).toEqual(before);
    look.destroy();
  });

  test('larger than the device takes, with its number', async ({ studio }) => {
    const look = studio.pipeline(same);
    await expect(look.read(flat(20000, 1, [1, 2, 3]))).rejects.toThrow(/20000x1, and at most \d+ pixels a side can be taken/);
    look.destroy();
  });
});

describe('GPU textures', () => {
  test('serve as source and as target, of another size and format too', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const look = studio.pipeline(same);
    await look.ready;
    const source = scene(24, 18);
    const from = textureOf(device, source);
    const target = makeTexture(device, 24, 18);
    const bgra = makeTexture(device, 24, 18, 'bgra8unorm');
    for (const place of [target, bgra, { view: target.createView(), format: 'rgba8unorm', width: 24, height: 18 } as const]) {
      for (let tries = 0; tries < 100 && !look.render(from, place); tries++) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(maxDifference(await readTexture(device, target), source)).toBe(0);
    const swapped = await readTexture(device, bgra);
    expect(texel(swapped, 3, 4)).toEqual([2, 1, 0, 3].map((channel) => texel(source, 3, 4)[channel]));
    studio.destroy();
    device.destroy();
  });

  test('that cannot be read or drawn on are refused, saying what is missing', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const look = studio.pipeline(same);
    await look.ready;
    const plain = device.createTexture({ size: [4, 4], format: 'rgba8unorm', usage: GPUTextureUsage.COPY_DST });
    const target = makeTexture(device, 4, 4);
    expect(() => look.render(plain, target)).toThrow('lacks the usage TEXTURE_BINDING');
    expect(() => look.render(target, plain)).toThrow('lacks the usage RENDER_ATTACHMENT');
    expect(() => look.render(flat(4, 4, [1, 1, 1]), null as unknown as GPUTexture)).toThrow('the target is null');
    expect(() => look.render(device.createTexture({ size: [4, 4], format: 'r8unorm', usage: GPUTextureUsage.TEXTURE_BINDING }), target)).toThrow('format r8unorm');
    expect(studio.metrics().bytes.live).toBe(0);
    studio.destroy();
    device.destroy();
  });

  test('NaN and infinities in a float source come out finite', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const look = studio.pipeline(same);
    const texture = makeTexture(device, 3, 1, 'rgba16float');
    // Half floats: NaN, +infinity, -infinity; alpha 1.
    const halves = new Uint16Array([0x7e00, 0x3800, 0, 0x3c00, 0x7c00, 0x3800, 0, 0x3c00, 0xfc00, 0x3800, 0, 0x3c00]);
    device.queue.writeTexture({ texture }, halves, { bytesPerRow: 24 }, [3, 1]);
    const out = await look.read(texture);
    expect([0, 1, 2].map((x) => texel(out, x, 0))).toEqual([[0, 128, 0, 255], [0, 128, 0, 255], [0, 128, 0, 255]]);
    studio.destroy();
    device.destroy();
  });
});

describe('fit', () => {
  test('contain leaves transparent bars, cover cuts, fill stretches', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const look = studio.pipeline(same);
    await look.ready;
    const source = picture(8, 4, (x) => (x < 4 ? [255, 0, 0] : [0, 0, 255]));
    const target = makeTexture(device, 8, 8);
    const at = async (fit: 'contain' | 'cover' | 'fill', points: readonly (readonly [number, number])[]): Promise<number[][]> => {
      look.render(source, target, { fit });
      const shown = await readTexture(device, target);
      return points.map(([x, y]) => texel(shown, x, y));
    };
    look.render(source, target);
    await look.read(source);
    const red = [255, 0, 0, 255];
    const blue = [0, 0, 255, 255];
    const clear = [0, 0, 0, 0];
    expect(await at('contain', [[1, 0], [1, 1], [1, 2], [6, 5], [1, 6]])).toEqual([clear, clear, red, blue, clear]);
    expect(await at('cover', [[0, 0], [2, 7], [6, 0]])).toEqual([red, red, blue]);
    expect(await at('fill', [[0, 0], [2, 7], [5, 3]])).toEqual([red, red, blue]);
    studio.destroy();
    device.destroy();
  });
});
