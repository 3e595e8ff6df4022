import { test as base } from 'vitest';
import type { Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { createGpu } from '../../src/node/gpu.ts';
import type { Division } from '../../src/passes/lines.ts';
import { Studio, type StudioOptions } from '../../src/studio/studio.ts';
import type { ReadOptions } from '../../src/studio/pipeline.ts';

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

/** Vitest's `test` with a studio per file, and a short way to paint with it. */
export const test = base
  .extend('studio', { scope: 'file' }, async ({}, { onCleanup }): Promise<Studio> => {
    const studio = await makeStudio();
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
  .extend('studios', { scope: 'file' }, async ({}, { onCleanup }): Promise<Readonly<Record<Division, Studio>>> => {
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
