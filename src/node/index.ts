/**
 * Paints in Node: the same {@link Studio} on Dawn, and picture files read and written with sharp. Needs the optional peers `webgpu` and `sharp`; on Linux without a GPU also `@sparticuz/chromium`.
 *
 * The process ends by itself when its work is done, whether or not a studio was destroyed: nothing here keeps it running, and `process.exit()` is not needed. Destroy a studio to give its memory back earlier.
 * A worker thread can have a studio of its own. On a machine without a real GPU it must be started with `new Worker(file, { env: SHARE_ENV })`, or the main thread must call {@link createGpu} first.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { pencilDodge } from 'atelier-gpu';
 * import { decode, encode, Studio } from 'atelier-gpu/node';
 *
 * const studio = await Studio.create();
 * const drawing = await studio.pipeline(pencilDodge()).read(await decode('photo.jpg', { maxSize: 2048 }));
 * await writeFile('drawing.png', await encode(drawing));
 * studio.destroy();
 * ```
 * @packageDocumentation
 */
export { Studio, type NodeStudio } from './studio.ts';
export { createGpu } from './gpu.ts';
export { decode, type DecodeOptions } from './decode.ts';
export { encode, type EncodeFormat, type EncodeOptions } from './encode.ts';
export * from '../core/errors.ts';
export type { Pixels } from '../io/pixels.ts';
export type { InputLimits } from '../io/inputLimits.ts';
export type { StudioOptions } from '../studio/studio.ts';
