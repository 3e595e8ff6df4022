import { Studio as AnyStudio, type StudioOptions } from '../studio/studio.ts';
import { sharpCodec } from './codec.ts';
import { importDawn } from './dawn.ts';
import { createGpu } from './gpu.ts';

/** What {@link Studio} can do as a value. */
export interface NodeStudio {
  /**
   * Makes a studio on the GPU of this process, or on a `gpu` or `device` of yours. Blobs are read and written with sharp unless `codec` is given.
   * @throws {@link UnsupportedError} where the package `webgpu` is not installed, or nothing here has an adapter.
   * @throws {@link ParameterError} for a limit that is no positive number.
   */
  create(options?: StudioOptions): Promise<AnyStudio>;
  /** Studios made here and in a browser are of the same class. */
  [Symbol.hasInstance](value: unknown): value is AnyStudio;
}

/** As {@link AnyStudio | the browser's}: the same class. */
export type Studio = AnyStudio;

/**
 * The front door in Node: as the browser's, on Dawn.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * const studio = await Studio.create();
 * const blob = await studio.pipeline(pencilDodge()).toBlob(new Blob([await readFile('photo.jpg')]));
 * ```
 */
export const Studio: NodeStudio = Object.freeze({
  async create(options: StudioOptions = {}): Promise<AnyStudio> {
    return AnyStudio.create({ ...options, codec: options.codec ?? sharpCodec, ...(await gpuFor(options)) });
  },
  [Symbol.hasInstance]: (value: unknown): value is AnyStudio => value instanceof AnyStudio,
});

async function gpuFor({ device, gpu }: StudioOptions): Promise<{ gpu?: GPU }> {
  if (device === undefined && gpu === undefined) return { gpu: await createGpu() };
  // A device of the caller's own Dawn comes without WebGPU's constants unless the caller made them global.
  if (!('GPUBufferUsage' in globalThis)) await importDawn();
  return {};
}
