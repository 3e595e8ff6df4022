import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { readTar } from './tar.ts';
import { writeWhole } from './writeWhole.ts';

const PACKAGE = '@sparticuz/chromium';
const ARCHIVE = join('bin', 'swiftshader.tar.br');
const DRIVER_FILES = ['libvk_swiftshader.so', 'libvulkan.so.1', 'vk_swiftshader_icd.json'];

/**
 * The folder of the installed `@sparticuz/chromium`, or `undefined` where it is not installed.
 * Its `exports` hide everything but its entry, so the folders Node would search are searched by hand.
 *
 * @example
 * ```ts
 * const folder = findSwiftShaderPackage();
 * ```
 */
export function findSwiftShaderPackage(): string | undefined {
  const searched = createRequire(import.meta.url).resolve.paths(PACKAGE) ?? [];
  return searched.map((modules) => join(modules, PACKAGE)).find((folder) => existsSync(join(folder, ARCHIVE)));
}

/**
 * The user's cache folder for this library: `$XDG_CACHE_HOME/atelier-gpu`, else `~/.cache/atelier-gpu`. It may not exist yet.
 *
 * @example
 * ```ts
 * const folder = userCacheFolder(); // /home/me/.cache/atelier-gpu
 * ```
 */
export function userCacheFolder(): string {
  const xdg = process.env['XDG_CACHE_HOME'] ?? '';
  // The XDG specification: a relative path is invalid and ignored.
  return join(isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'atelier-gpu');
}

/**
 * Unpacks the SwiftShader driver of `@sparticuz/chromium` into `cache/swiftshader-<version>`, once: later calls find it there.
 * Processes may do this at the same time, since each file appears whole, under its final name, or not at all.
 *
 * @param packageFolder - where the package is installed
 * @param cache - the folder to unpack below; made if it does not exist
 * @returns the folder that holds `libvk_swiftshader.so`, `libvulkan.so.1` and `vk_swiftshader_icd.json`
 * @throws Error where the package cannot be read or the cache folder cannot be written.
 * @example
 * ```ts
 * const folder = await unpackSwiftShader(findSwiftShaderPackage()!, userCacheFolder());
 * ```
 */
export async function unpackSwiftShader(packageFolder: string, cache: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const folder = join(cache, `swiftshader-${version}`);
  const absent = DRIVER_FILES.filter((name) => !existsSync(join(folder, name)));
  if (absent.length === 0) return folder;

  const files = readTar(await promisify(brotliDecompress)(await readFile(join(packageFolder, ARCHIVE))));
  // Code is loaded from here, so nobody else may write to it.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of absent) {
    const bytes = files.get(name);
    if (!bytes) throw new Error(`${join(packageFolder, ARCHIVE)} has no ${name}; reinstall ${PACKAGE}`);
    await writeWhole(join(folder, name), bytes);
  }
  return folder;
}
