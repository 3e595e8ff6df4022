import { afterEach, describe, expect, vi } from 'vitest';
import { adjust } from '../../src/effects/adjust.ts';
import { paperTexture } from '../../src/effects/paperTexture.ts';
import { pencilDodge } from '../../src/effects/pencilDodge.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { Studio } from '../../src/studio/studio.ts';
import { maxDifference, scene } from '../support/pictures.ts';
import { PATIENT, test as studioTest } from '../support/studioTest.ts';
import { makeTexture, readTexture, textureOf } from '../support/textures.ts';

const WIDTH = 32;
const HEIGHT = 24;
const FRAMES = 12;
const WARM_UP = 3;

/** A renderer that is not ours: it has one pass, which shows a texture in its opposite colours. */
class Host {
  readonly #pipeline: GPURenderPipeline;
  readonly #device: GPUDevice;

  constructor(device: GPUDevice) {
    const module = device.createShaderModule({
      code: `@group(0) @binding(0) var shown: texture_2d<f32>;
        @vertex fn corner(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f { return vec4f(f32(i & 1u) * 4 - 1, f32(i >> 1u) * 4 - 1, 0, 1); }
        @fragment fn opposite(@builtin(position) at: vec4f) -> @location(0) vec4f { return vec4f(1 - textureLoad(shown, vec2i(at.xy), 0).rgb, 1); }`,
    });
    this.#device = device;
    this.#pipeline = device.createRenderPipeline({ layout: 'auto', vertex: { module }, fragment: { module, targets: [{ format: 'rgba8unorm' }] } });
  }

  draw(encoder: GPUCommandEncoder, from: GPUTexture, to: GPUTexture): void {
    const pass = encoder.beginRenderPass({ colorAttachments: [{ view: to.createView(), loadOp: 'clear', storeOp: 'store' }] });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#device.createBindGroup({ layout: this.#pipeline.getBindGroupLayout(0), entries: [{ binding: 0, resource: from.createView() }] }));
    pass.draw(3);
    pass.end();
  }
}

const opposite = ({ data, ...size }: Pixels): Pixels => ({ ...size, data: data.map((value, i) => (i % 4 === 3 ? value : 255 - value)) });

const test = studioTest.extend('guest', { scope: 'file' }, async ({ device }, { onCleanup }): Promise<Studio> => {
  const guest = await Studio.create({ device, memory: PATIENT });
  onCleanup(() => guest.destroy());
  return guest;
});

afterEach(() => vi.restoreAllMocks());

describe('in an encoder of another renderer', () => {
  test('its pass comes first, then two pipelines, then its pass again: one submit, which is its own, and nothing goes through the CPU', async ({ device, guest }) => {
    const host = new Host(device);
    const drawing = guest.pipeline(adjust({ saturation: 0 }));
    const warm = guest.pipeline(adjust({ contrast: 0.5, brightness: 0.1 }));
    await Promise.all([drawing.ready, warm.ready]);
    const picture = scene(WIDTH, HEIGHT);
    const given = textureOf(device, picture);
    const [drawn, sketched, warmed, shown] = [0, 1, 2, 3].map(() => makeTexture(device, WIDTH, HEIGHT)) as [GPUTexture, GPUTexture, GPUTexture, GPUTexture];
    const frame = (): boolean => {
      const encoder = device.createCommandEncoder();
      host.draw(encoder, given, drawn);
      const recorded = [drawing.encode(encoder, { source: drawn, target: sketched }), warm.encode(encoder, { source: sketched, target: warmed })];
      host.draw(encoder, warmed, shown);
      device.queue.submit([encoder.finish()]);
      for (const one of recorded) one?.submitted();
      return recorded.every((one) => one !== undefined);
    };
    // Kernels for this size are compiled once it was asked for.
    while (!frame()) await new Promise((resolve) => setTimeout(resolve));

    const spies = {
      submit: vi.spyOn(GPUQueue.prototype, 'submit'),
      writeTexture: vi.spyOn(GPUQueue.prototype, 'writeTexture'),
      mapAsync: vi.spyOn(GPUBuffer.prototype, 'mapAsync'),
      copyTextureToBuffer: vi.spyOn(GPUCommandEncoder.prototype, 'copyTextureToBuffer'),
      createCommandEncoder: vi.spyOn(GPUDevice.prototype, 'createCommandEncoder'),
    };
    frame();
    const calls = Object.fromEntries(Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]));
    vi.restoreAllMocks();
    expect(calls).toEqual({ submit: 1, writeTexture: 0, mapAsync: 0, copyTextureToBuffer: 0, createCommandEncoder: 1 });

    const expected = opposite(await warm.read(await drawing.read(opposite(picture))));
    expect(maxDifference(await readTexture(device, shown), expected)).toBeLessThanOrEqual(1);
    drawing.destroy();
    warm.destroy();
  });

  test('frame after frame makes no GPU object, whether it says that it submitted or leaves that to the next task', async ({ device, guest }) => {
    const look = guest.pipeline(pencilDodge(), paperTexture());
    await look.ready;
    const source = textureOf(device, scene(WIDTH, HEIGHT));
    const target = makeTexture(device, WIDTH, HEIGHT);
    const frame = async (tells: boolean): Promise<boolean> => {
      const encoder = device.createCommandEncoder();
      const recorded = look.encode(encoder, { source, target });
      device.queue.submit([encoder.finish()]);
      if (tells) recorded?.submitted();
      await new Promise((resolve) => setTimeout(resolve));
      return recorded !== undefined;
    };
    while (!(await frame(true))) continue;
    for (const tells of [true, false]) {
      for (let i = 0; i < WARM_UP; i++) await frame(tells);
      const { created, bytes, frames } = guest.metrics();
      for (let i = 0; i < FRAMES; i++) await frame(tells);
      expect(guest.metrics()).toMatchObject({ created, bytes, frames: frames + FRAMES });
      expect(bytes.pending).toBe(0);
    }
    look.destroy();
  });

  test('an encoder that is thrown away costs nothing but the frame', async ({ device, guest }) => {
    const look = guest.pipeline(adjust({ brightness: 0.2 }));
    await look.ready;
    const picture = scene(WIDTH, HEIGHT);
    const source = textureOf(device, picture);
    const target = makeTexture(device, WIDTH, HEIGHT);
    look.render(source, target);
    const before = guest.metrics();
    look.encode(device.createCommandEncoder(), { source, target });
    await new Promise((resolve) => setTimeout(resolve));
    expect(guest.metrics().bytes).toEqual(before.bytes);
    expect(look.render(source, target)).toBe(true);
    expect(guest.metrics().created).toBe(before.created);
    expect(maxDifference(await readTexture(device, target), await look.read(picture))).toBeLessThanOrEqual(1);
    look.destroy();
  });
});
