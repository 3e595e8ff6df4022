import { UnsupportedError } from '../core/errors.ts';

/** What the npm package `webgpu` exports. */
export type Dawn = typeof import('webgpu');

/** A GPU and the adapter it answered with, `null` where it has none. */
export interface DawnTry {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter | null;
}

// Dawn hangs or crashes when the object that `create` returned is collected while anything of it is in use.
const keptAlive: GPU[] = [];

/**
 * Imports the npm package `webgpu` and adds those of its globals (`GPUBufferUsage`, `GPUDevice`, …) that are missing here.
 *
 * @throws {@link UnsupportedError} where the package is not installed or has no build for this machine.
 * @example
 * ```ts
 * const dawn = await importDawn();
 * ```
 */
export async function importDawn(): Promise<Dawn> {
  const dawn = await import('webgpu').catch((cause: unknown) => {
    throw new UnsupportedError(`createGpu: the npm package "webgpu" ${whyNot(cause)}. Install it: npm install webgpu @sparticuz/chromium`, { cause });
  });
  for (const [name, value] of Object.entries(dawn.globals)) {
    if (!(name in globalThis)) Object.assign(globalThis, { [name]: value });
  }
  return dawn;
}

function whyNot(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ERR_MODULE_NOT_FOUND') return 'is not installed';
  if (code === 'MODULE_NOT_FOUND') return `has no build for ${process.platform}-${process.arch} (it has linux x64 and arm64, macOS, Windows x64 and arm64)`;
  return `does not load on this machine (${message})`;
}

/**
 * Makes a Dawn instance and asks it for an adapter. The instance looks for drivers once and remembers the answer, so each try is a new one; all of them live as long as the process.
 *
 * @example
 * ```ts
 * const { gpu, adapter } = await tryDawn(await importDawn());
 * ```
 */
export async function tryDawn(dawn: Dawn): Promise<DawnTry> {
  const gpu = dawn.create([]);
  keptAlive.push(gpu);
  return { gpu, adapter: await gpu.requestAdapter({ featureLevel: 'compatibility' }) };
}
