import { describe, expect, vi } from 'vitest';
import { ParameterError } from '../../src/core/errors.ts';
import { blend } from '../../src/effects/blend.ts';
import { equalized, grown, looked, masked, repainted, shift, tinted, trail } from '../support/effects.ts';
import { flat, maxDifference, picture, texel } from '../support/pictures.ts';
import { makeDevice, test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';
import { Studio } from '../../src/studio/studio.ts';

const DARK = flat(9, 7, [10, 20, 30]);

describe('graph.history', () => {
  test('carries a texture from frame to frame in render, and starts from none in read', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const target = makeTexture(device, 9, 7);
    const look = studio.pipeline(trail());
    await look.ready;
    const frames: number[][] = [];
    for (let i = 0; i < 3; i++) {
      expect(look.render(DARK, target)).toBe(true);
      frames.push(texel(await readTexture(device, target), 4, 3));
    }
    expect(frames).toEqual([[10, 20, 30, 255], [20, 40, 60, 255], [30, 60, 90, 255]]);
    expect(texel(await look.read(DARK), 4, 3)).toEqual([10, 20, 30, 255]);
    look.render(DARK, target);
    expect(texel(await readTexture(device, target), 4, 3)).toEqual([40, 80, 120, 255]);
    const held = studio.metrics().bytes.live;
    expect(held).toBe(2 * 9 * 7 * 4);
    look.destroy();
    expect(studio.metrics().bytes.live).toBe(0);
    studio.destroy();
    device.destroy();
  });

  test('is one for each use of an effect, and goes on only where it is shown', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const [chain, other] = [makeTexture(device, 9, 7), makeTexture(device, 9, 7)];
    const looks = studio.pipeline({ chain: [trail(), trail()], other: trail() });
    await looks.ready;
    const red = async (target: GPUTexture): Promise<number> => texel(await readTexture(device, target), 4, 3)[0]!;
    const frames: number[][] = [];
    for (const shown of [{ chain, other }, { chain }, { other }, { chain, other }]) {
      looks.render(DARK, shown);
      frames.push([await red(chain), await red(other)]);
    }
    // The first of the chain gives 10, 20, 30; the second sums them.
    expect(frames).toEqual([[10, 10], [30, 10], [30, 20], [60, 30]]);
    studio.destroy();
    device.destroy();
  });

  test('begins with what is recorded for that, in its first frame and in every read', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const [plain, later] = [makeTexture(device, 9, 7), makeTexture(device, 9, 7)];
    const looks = studio.pipeline({ plain: grown(), later: grown({ red: 0.4 }) });
    await looks.ready;
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    const frames: number[][] = [];
    for (const shown of [{ plain }, { plain }, { plain, later }, { plain, later }]) {
      dispatch.mockClear();
      looks.render(DARK, shown);
      frames.push([dispatch.mock.calls.length, ...(await Promise.all(Object.values(shown).map(async (target) => texel(await readTexture(device, target), 4, 3)[0]!)))]);
    }
    // The import, one or two passes for each that is shown, and at first two that clear.
    expect(frames).toEqual([[5, 61], [2, 71], [4, 81, 112], [3, 91, 122]]);
    for (let i = 0; i < 2; i++) expect(texel((await looks.read(DARK)).later, 4, 3)).toEqual([112, 20, 30, 255]);
    dispatch.mockRestore();
    looks.destroy();
    expect(studio.metrics().bytes.live).toBe(0);
    studio.destroy();
    device.destroy();
  });
});

describe('graph.baked', () => {
  test('is painted in the first frame only, and shared by pipelines', async ({ studio }) => {
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    const looks = [studio.pipeline(tinted()), studio.pipeline(tinted())] as const;
    const dispatched: number[] = [];
    for (const look of [looks[0], looks[0], looks[1]]) {
      dispatch.mockClear();
      expect(texel(await look.read(DARK), 0, 0)).toEqual([61, 20, 30, 255]);
      dispatched.push(dispatch.mock.calls.length);
    }
    dispatch.mockRestore();
    expect(dispatched).toEqual([3, 2, 2]);
    expect(studio.metrics().bytes.live).toBe(9 * 7 * 4);
    looks[0].destroy();
    expect(studio.metrics().bytes.live).toBe(9 * 7 * 4);
    looks[1].destroy();
    expect(studio.metrics().bytes.live).toBe(0);
  });

  test('can be inspected, also when it is painted already', async ({ studio }) => {
    const look = studio.pipeline(tinted());
    for (let i = 0; i < 2; i++) {
      expect(texel(await look.read(DARK, { inspect: 'tint' }), 4, 4)).toEqual([51, 0, 0, 255]);
      await look.read(DARK);
    }
    look.destroy();
  });

  test('another key is another texture', async ({ studio }) => {
    const look = studio.pipeline(tinted());
    await look.read(DARK);
    look.set('tinted', { red: 0.4 });
    expect(texel(await look.read(DARK), 0, 0)).toEqual([112, 20, 30, 255]);
    look.destroy();
  });
});

describe('optional inputs', () => {
  test('are bound by name, and the effect paints without them', async ({ studio }) => {
    const look = studio.pipeline(masked());
    const mask = flat(3, 3, [100, 0, 0]);
    expect(texel(await look.read(DARK), 0, 0)).toEqual([10, 20, 30, 255]);
    expect(texel(await look.read(DARK, { inputs: { mask } }), 8, 6)).toEqual([110, 20, 30, 255]);
    await expect(look.read(DARK, { inputs: { mask: new Blob() as never } })).rejects.toThrow('the input "mask" is an encoded picture (Blob); decode it first');
    await expect(look.read(DARK, { inputs: { mash: mask } })).rejects.toThrow('there is no input "mash"; the effects of this pipeline have mask');
    look.destroy();
  });
});

describe('graph.buffer', () => {
  test('is cleared before each frame', async ({ studio }) => {
    const ramp = picture(16, 16, (x, y) => [16 * y + x, 0, 0]);
    const look = studio.pipeline(equalized());
    const first = await look.read(ramp);
    expect(texel(first, 15, 15)).toEqual([255, 255, 255, 255]);
    expect(texel(first, 0, 8)[0]).toBe(Math.round((129 / 256) * 255));
    expect(maxDifference(await look.read(ramp), first)).toBe(0);
    look.destroy();
  });
});

describe('graph.inspect', () => {
  test('shows a named intermediate instead of the result; of several of one name the last, or that of one effect', async ({ studio }) => {
    const look = studio.pipeline(looked({ grey: 0.25 }), blend(looked({ grey: 0.5 }), [equalized(), shift({ amount: 0.1 })]));
    const shown = async (inspect: string): Promise<number[]> => texel(await look.read(DARK, { inspect }), 0, 0);
    expect(await shown('looked.input')).toEqual([10, 20, 30, 255]);
    expect(await shown('input')).toEqual([10, 20, 30, 255]);
    expect(await shown('grey')).toEqual([128, 128, 128, 255]);
    await expect(look.read(DARK, { inspect: 'nothing' })).rejects.toThrow('there is no intermediate "nothing"; this pipeline has looked.grey, looked.small, looked.signed, looked.input, equalized.input');
    await expect(look.read(DARK, { inspect: 'nothing' })).rejects.toThrow(ParameterError);
    look.destroy();
  });

  test('shows textures of any size and format at the size of the picture, opaque', async ({ studio }) => {
    const look = studio.pipeline(looked());
    // The small one holds its first two columns and three rows.
    const glass = picture(9, 7, (x, y) => [20 * x, 40 * y, 30, 60]);
    const { width, height, data } = await look.read(glass, { inspect: 'small' });
    expect([width, height]).toEqual([9, 7]);
    expect([texel({ data, width, height }, 0, 0), texel({ data, width, height }, 8, 6)]).toEqual([[0, 0, 45, 255], [30, 120, 45, 255]]);
    expect(texel(await look.read(glass, { inspect: 'signed' }), 4, 4)).toEqual([64, 64, 64, 255]);
    expect(texel(await look.read(glass), 4, 4)[3]).toBe(60);
    look.destroy();
  });

  test('shows what a texture holds when it is named, not what it holds later', async ({ studio }) => {
    const look = studio.pipeline(repainted());
    expect(texel(await look.read(DARK, { inspect: 'first' }), 0, 0)).toEqual([36, 46, 56, 255]);
    expect(texel(await look.read(DARK), 0, 0)).toEqual([112, 122, 132, 255]);
    look.destroy();
  });

  test('costs nothing where nobody looks, and of several outputs gives those that have it', async ({ studio }) => {
    const looks = studio.pipeline({ plain: shift(), a: looked(), b: [shift({ amount: 0.1 }), looked()] });
    const read = await looks.read(DARK, { inspect: 'input' });
    expect(Object.entries(read).map(([name, picture]) => [name, texel(picture, 0, 0)[0]])).toEqual([['a', 10], ['b', 36]]);
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    await looks.read(DARK);
    expect(dispatch).toHaveBeenCalledTimes(4);
    dispatch.mockRestore();
    looks.destroy();
  });
});

describe('encode', () => {
  test('keeps each recording its own textures and uniforms until the encoder is submitted', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const look = studio.pipeline(shift({ amount: 0.1 }));
    await look.ready;
    const targets = [0, 1].map(() => makeTexture(device, 9, 7)) as [GPUTexture, GPUTexture];
    look.render(DARK, targets[0]);
    const encoder = device.createCommandEncoder();
    const first = look.encode(encoder, { source: DARK, target: targets[0] });
    look.set('shift', { amount: 0.2 });
    const second = look.encode(encoder, { source: DARK, target: targets[1] });
    expect(studio.metrics().bytes.pending).toBeGreaterThan(0);
    look.render(DARK, makeTexture(device, 9, 7));
    device.queue.submit([encoder.finish()]);
    first?.submitted();
    second?.submitted();
    second?.submitted();
    expect(studio.metrics().bytes).toMatchObject({ pending: 0, live: 0, source: 0 });
    expect(texel(await readTexture(device, targets[0]), 0, 0)).toEqual([36, 46, 56, 255]);
    expect(texel(await readTexture(device, targets[1]), 0, 0)).toEqual([61, 71, 81, 255]);
    studio.destroy();
    device.destroy();
  });

  test('lets go by itself in the next task', async () => {
    const device = await makeDevice();
    const studio = await Studio.create({ device });
    const look = studio.pipeline(shift());
    await look.ready;
    const encoder = device.createCommandEncoder();
    const target = makeTexture(device, 9, 7);
    look.render(DARK, target);
    look.encode(encoder, { source: DARK, target });
    device.queue.submit([encoder.finish()]);
    await new Promise((resolve) => setTimeout(resolve));
    expect(studio.metrics().bytes.pending).toBe(0);
    studio.destroy();
    device.destroy();
  });
});
