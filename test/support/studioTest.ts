import { expect, test as base } from 'vitest';
import { acquireDevice } from '../../src/core/device.ts';
import type { Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { createGpu } from '../../src/node/gpu.ts';
import type { Division } from '../../src/passes/lines.ts';
import { Studio, type StudioOptions } from '../../src/studio/studio.ts';
import type { Pipeline, ReadOptions } from '../../src/studio/pipeline.ts';
import { makeTexture, readTexture } from './textures.ts';

/** A core device, or one of compatibility level, with nothing a core device has beyond it. */
export async function makeDevice(level: 'core' | 'compatibility' = 'core'): Promise<GPUDevice> {
  const gpu = await createGpu();
  const adapter = (await gpu.requestAdapter({ featureLevel: 'compatibility' })) as GPUAdapter;
  return adapter.requestDevice({ requiredFeatures: level === 'core' ? (['core-features-and-limits'] as unknown as GPUFeatureName[]) : [] });
}

/** On a loaded machine seconds pass between two frames of a test, and what is tested is not the idle timer. */
export const PATIENT = { maxAgeMs: 3_600_000 };

/** A studio on a device of its own. */
export async function makeStudio(options: StudioOptions = {}): Promise<Studio> {
  const all = { ...options, memory: { ...PATIENT, ...options.memory } };
  return Studio.create({ gpu: await createGpu(), ...all });
}

/** Paints a picture with a look into memory. */
export type Render = (look: Look, picture: Pixels, options?: ReadOptions) => Promise<Pixels>;

/** Shows frames of a look one after the other, each on a texture of its size, and gives what was drawn. */
export type Play = (look: Look, frames: readonly Pixels[], before?: (frame: number, pipeline: Pipeline) => void) => Promise<Pixels[]>;

/** Vitest's `test` with a device and a studio on it for all files of a process, because compiling takes longer than painting, and a short way to paint with it. Devices that are to be lost, and studios whose counts matter, a test makes itself. */
export const test = base
  // As the library itself asks for one.
  .extend('device', { scope: 'worker' }, async ({}, { onCleanup }): Promise<GPUDevice> => {
    const device = await acquireDevice({ gpu: await createGpu() });
    onCleanup(() => device.destroy());
    return device.handle;
  })
  .extend('studio', { scope: 'worker' }, async ({ device }, { onCleanup }): Promise<Studio> => {
    const studio = await makeStudio({ device });
    onCleanup(() => studio.destroy());
    return studio;
  })
  .extend('render', ({ studio }): Render => async (look, picture, options) => {
    const pipeline = studio.pipeline(look);
    try {
      return await pipeline.read(picture, options);
    } finally {
      pipeline.destroy();
    }
  })
  .extend('play', ({ device, studio }): Play => async (look, frames, before) => {
    const pipeline = studio.pipeline(look);
    await pipeline.ready;
    const drawn: Pixels[] = [];
    for (const [i, frame] of frames.entries()) {
      before?.(i, pipeline);
      const target = makeTexture(device, frame.width, frame.height);
      expect(pipeline.render(frame, target)).toBe(true);
      drawn.push(await readTexture(device, target));
      target.destroy();
    }
    pipeline.destroy();
    return drawn;
  })
  .extend('studios', { scope: 'worker' }, async ({}, { onCleanup }): Promise<Readonly<Record<Division, Studio>>> => {
    const studios = {
      serial: await makeStudio({ lineKernels: 'serial' }),
      block: await makeStudio({ lineKernels: 'block', device: await makeDevice() }),
      subgroups: await makeStudio({ lineKernels: 'block' }),
    };
    onCleanup(() => Object.values(studios).forEach((studio) => studio.destroy()));
    return studios;
  })
  // As `render`, with that division of lines whatever suits the device; `subgroups` only where it has them, else as `block`.
  .extend('renderWith', ({ studios }) => (division: Division): Render => async (look, picture, options) => {
    const pipeline = studios[division].pipeline(look);
    try {
      return await pipeline.read(picture, options);
    } finally {
      pipeline.destroy();
    }
  });
