import { constants, homedir } from 'node:os';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const LIBRARY = 'libvulkan.so.1';
// glibc's value on every architecture; os.constants has no name for it.
const RTLD_NODELETE = 0x1000;

/**
 * Makes sure that this process has a Vulkan loader, so that Dawn's own `dlopen('libvulkan.so.1')` finds one: the system's, else the first of `paths` that loads. Linux only.
 *
 * @param paths - absolute paths of further `libvulkan.so.1` files, best first
 * @returns whether there is one now
 * @example
 * ```ts
 * loadVulkan(['/usr/lib/chromium/libvulkan.so.1']);
 * ```
 */
export function loadVulkan(paths: readonly string[] = []): boolean {
  return [LIBRARY, ...paths].some(loads);
}

// Node loads the file, finds that it is no addon and closes it again; RTLD_NODELETE keeps it in the process, where dlopen finds it by its name.
function loads(path: string): boolean {
  try {
    process.dlopen({ exports: {} }, path, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
    return true;
  } catch (error) {
    return error instanceof Error && error.message.includes('did not self-register');
  }
}

/**
 * Whether a Vulkan driver is installed where the Vulkan loader looks for one. Without this question Dawn would complain on stderr on every machine that has none.
 *
 * @param env - the environment to read `HOME` and the `XDG_…` folders from
 * @see {@link https://github.com/KhronosGroup/Vulkan-Loader/blob/main/docs/LoaderDriverInterface.md#driver-discovery-on-linux | Driver discovery on Linux}
 * @example
 * ```ts
 * if (hasVulkanDriver()) console.log('a Mesa or NVIDIA driver is installed');
 * ```
 */
export function hasVulkanDriver(env: NodeJS.ProcessEnv = process.env): boolean {
  const home = env['HOME'] || homedir();
  return [
    env['XDG_CONFIG_HOME'] || join(home, '.config'),
    ...(env['XDG_CONFIG_DIRS'] || '/etc/xdg').split(':'),
    '/etc',
    env['XDG_DATA_HOME'] || join(home, '.local/share'),
    ...(env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':'),
  ].some((folder) => hasManifest(join(folder, 'vulkan', 'icd.d')));
}

function hasManifest(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.json'));
  } catch {
    return false;
  }
}
