import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSwiftShaderPackage, unpackSwiftShader, userCacheFolder } from './swiftShaderPackage.ts';

/** A Vulkan driver that computes on the CPU, and the Vulkan loader that lies beside it. */
export interface SoftwareDriver {
  /** The path of the manifest, a value for `VK_ICD_FILENAMES`. */
  readonly manifest: string;
  /** The path of a `libvulkan.so.1` for machines that have none. */
  readonly loader: string;
}

/** Where {@link softwareDrivers} looks. */
export interface DriverPlaces {
  /** Folders of installed browsers. */
  readonly browsers: readonly string[];
  /** The folder of `@sparticuz/chromium`, or `undefined` where it is not installed. */
  readonly npmPackage: string | undefined;
  /** The folder to unpack that package's driver below. */
  readonly cache: string;
}

/**
 * The places of this machine.
 *
 * @example
 * ```ts
 * const drivers = softwareDrivers({ ...defaultPlaces(), browsers: [] }); // only the one from npm
 * ```
 */
export function defaultPlaces(): DriverPlaces {
  return { browsers: ['/usr/lib/chromium'], npmPackage: findSwiftShaderPackage(), cache: userCacheFolder() };
}

/**
 * Finds SwiftShader, best first: the system's Chromium, then the optional peer `@sparticuz/chromium`, which is only unpacked when it is asked for. Linux only.
 *
 * @returns each driver there is, and for each place without one a sentence that says so
 * @example
 * ```ts
 * for await (const found of softwareDrivers()) {
 *   if (typeof found !== 'string') process.env.VK_ICD_FILENAMES = found.manifest;
 * }
 * ```
 */
export async function* softwareDrivers(places: DriverPlaces = defaultPlaces()): AsyncGenerator<SoftwareDriver | string> {
  for (const folder of places.browsers) {
    const driver = driverIn(folder);
    yield existsSync(driver.manifest) ? driver : `${driver.manifest} does not exist`;
  }
  yield await driverFromNpm(places).catch((error: unknown) => `@sparticuz/chromium could not be unpacked (${String(error)})`);
}

async function driverFromNpm({ npmPackage, cache }: DriverPlaces): Promise<SoftwareDriver | string> {
  if (process.arch !== 'x64') return `@sparticuz/chromium has a driver for x64 only, this is ${process.arch}`;
  if (npmPackage === undefined) return '@sparticuz/chromium is not installed';
  try {
    return driverIn(await unpackSwiftShader(npmPackage, cache));
  } catch {
    // A home that cannot be written is common in containers and cloud functions.
    return driverIn(await unpackSwiftShader(npmPackage, await folderUntilExit()));
  }
}

// A fresh private folder, since code is loaded from it and anybody could prepare one with a known name in the shared temporary folder.
async function folderUntilExit(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-gpu-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function driverIn(folder: string): SoftwareDriver {
  return { manifest: join(folder, 'vk_swiftshader_icd.json'), loader: join(folder, 'libvulkan.so.1') };
}
