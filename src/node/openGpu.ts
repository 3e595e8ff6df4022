import { dirname, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { UnsupportedError } from '../core/errors.ts';
import { tryDawn, type Dawn } from './dawn.ts';
import { softwareDrivers, type SoftwareDriver } from './softwareGpu.ts';
import { hasVulkanDriver, loadVulkan } from './vulkanLoader.ts';

/** Lists the software drivers to try, best first; a string says why a place has none. */
export type DriverList = () => AsyncIterable<SoftwareDriver | string>;

/**
 * Opens a GPU that has an adapter: the one that `VK_ICD_FILENAMES` names, else a real one, else the first of `drivers` that works, else whatever software GPU the system has.
 * With one of `drivers` it sets `process.env.VK_ICD_FILENAMES` for the rest of the process. It opens a new one each time: see {@link createGpu}.
 *
 * @throws {@link UnsupportedError} where nothing has an adapter; the message lists what was tried.
 * @example
 * ```ts
 * const gpu = await openGpu(await importDawn());
 * ```
 */
export async function openGpu(dawn: Dawn, drivers: DriverList = softwareDrivers): Promise<GPU> {
  const found = process.platform === 'linux' ? await openOnLinux(dawn, drivers) : await openPlain(dawn);
  if (typeof found !== 'string') return found;
  throw new UnsupportedError(`createGpu: no adapter: ${found}. ${whatToDo()}`);
}

function whatToDo(): string {
  const install = 'Install a graphics driver, or the software GPU: npm install webgpu @sparticuz/chromium';
  if (isMainThread) return install;
  return `This is a worker thread, where process.env is a copy that Vulkan never sees: start it with new Worker(file, { env: SHARE_ENV }), or call createGpu() in the main thread first. Else: ${install}`;
}

// macOS has Metal, Windows has Direct3D 12: Dawn needs no help there.
async function openPlain(dawn: Dawn): Promise<GPU | string> {
  const { gpu, adapter } = await tryDawn(dawn);
  return adapter ? gpu : `Dawn finds none on ${process.platform}`;
}

async function openOnLinux(dawn: Dawn, drivers: DriverList): Promise<GPU | string> {
  const named = process.env['VK_DRIVER_FILES'] || process.env['VK_ICD_FILENAMES'];
  if (named) return openNamed(dawn, named, drivers);
  const system = await openSystem(dawn, drivers);
  if (system?.isReal) return system.gpu;
  const software = await openSoftware(dawn, drivers);
  if (typeof software !== 'string') return software;
  return system?.gpu ?? `the system has no Vulkan driver that works; ${software}`;
}

async function openNamed(dawn: Dawn, named: string, drivers: DriverList): Promise<GPU | string> {
  await loadAnyVulkan(drivers, named.split(':').map((manifest) => join(dirname(manifest), 'libvulkan.so.1')));
  const { gpu, adapter } = await tryDawn(dawn);
  return adapter ? gpu : `VK_ICD_FILENAMES (or VK_DRIVER_FILES) is "${named}" and gives none; correct it or unset it`;
}

async function openSystem(dawn: Dawn, drivers: DriverList): Promise<{ gpu: GPU; isReal: boolean } | undefined> {
  if (!hasVulkanDriver() || !(await loadAnyVulkan(drivers))) return undefined;
  const { gpu, adapter } = await tryDawn(dawn);
  return adapter ? { gpu, isReal: !adapter.info.isFallbackAdapter } : undefined;
}

async function openSoftware(dawn: Dawn, drivers: DriverList): Promise<GPU | string> {
  const reasons: string[] = [];
  for await (const driver of drivers()) {
    if (typeof driver === 'string') {
      reasons.push(driver);
      continue;
    }
    loadVulkan([driver.loader]);
    process.env['VK_ICD_FILENAMES'] = driver.manifest;
    const { gpu, adapter } = await tryDawn(dawn);
    if (adapter) return gpu;
    delete process.env['VK_ICD_FILENAMES'];
    reasons.push(`${driver.manifest} gives no adapter`);
  }
  return reasons.join('; ');
}

// Containers often mount a driver without a loader: then the loader of a software driver serves the real one.
async function loadAnyVulkan(drivers: DriverList, paths: readonly string[] = []): Promise<boolean> {
  if (loadVulkan(paths)) return true;
  for await (const driver of drivers()) {
    if (typeof driver !== 'string' && loadVulkan([driver.loader])) return true;
  }
  return false;
}
