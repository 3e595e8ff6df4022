import { importDawn } from './dawn.ts';
import { openGpu } from './openGpu.ts';

let opened: Promise<GPU> | undefined;

/**
 * The GPU of this Node process, what `navigator.gpu` is in a browser. Opened at the first call; every later call gives the same one. It never needs to be closed and does not keep the process running.
 *
 * A real GPU comes first. On Linux without one it is SwiftShader, which computes on the CPU: that of the system's Chromium or of the optional peer `@sparticuz/chromium`, unpacked once into `$XDG_CACHE_HOME/atelier-gpu` (else `~/.cache/atelier-gpu`).
 * It then sets `process.env.VK_ICD_FILENAMES`; where that is set already, it decides. The globals of WebGPU (`GPUBufferUsage`, …) that are missing are added to `globalThis`.
 *
 * @throws {@link UnsupportedError} where the package `webgpu` is not installed, or nothing here has an adapter. A worker thread that is the first to ask on a machine without a real GPU must be started with `env: SHARE_ENV`.
 * @example
 * ```ts
 * import { createGpu } from 'atelier-gpu/node';
 *
 * const gpu = await createGpu();
 * const adapter = await gpu.requestAdapter();
 * console.log(adapter?.info.description); // "SwiftShader driver 5.0.0" without a graphics card
 * ```
 */
export function createGpu(): Promise<GPU> {
  return (opened ??= importDawn().then((dawn) => openGpu(dawn)));
}
