import { test as base } from 'vitest';
import type { Look } from '../../src/core/effect.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { createGpu } from '../../src/node/gpu.ts';
import { Studio } from '../../src/studio/studio.ts';
import type { ReadOptions } from '../../src/studio/pipeline.ts';

/** Asks for a device as the project says: of compatibility level, with nothing a core device has beyond it, or the library's own. */
export async function makeStudio(options: Parameters<typeof Studio.create>[0] = {}): Promise<Studio> {
  const gpu = await createGpu();
  if (process.env['ATELIER_DEVICE'] !== 'compatibility') return Studio.create({ gpu, ...options });
  const adapter = await gpu.requestAdapter({ featureLevel: 'compatibility' });
  return Studio.create({ device: await (adapter as GPUAdapter).requestDevice(), ...options });
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
  });
