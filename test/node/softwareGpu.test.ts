import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { softwareDrivers, type DriverPlaces, type SoftwareDriver } from '../../src/node/softwareGpu.ts';
import { findSwiftShaderPackage, unpackSwiftShader, userCacheFolder } from '../../src/node/swiftShaderPackage.ts';
import { readTar } from '../../src/node/tar.ts';
import { hasVulkanDriver, loadVulkan } from '../../src/node/vulkanLoader.ts';

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'atelier-driver-'));
  // vitest ends its processes without their exit handlers, which would remove what is unpacked there.
  vi.stubEnv('TMPDIR', scratch);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(scratch, { recursive: true, force: true });
});

async function list(places: DriverPlaces): Promise<(SoftwareDriver | string)[]> {
  const found = [];
  for await (const driver of softwareDrivers(places)) found.push(driver);
  return found;
}

describe('unpacking', () => {
  const FILES = ['libvk_swiftshader.so', 'libvulkan.so.1', 'vk_swiftshader_icd.json'];
  const unpack = (): Promise<string> => unpackSwiftShader(findSwiftShaderPackage()!, scratch);

  test('gives the three files and nothing else', async () => {
    const folder = await unpack();
    expect(folder).toBe(join(scratch, 'swiftshader-147.0.0'));
    expect((await readdir(folder)).sort()).toEqual(FILES);
    expect((await readFile(join(folder, 'libvulkan.so.1'))).subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(JSON.parse(await readFile(join(folder, 'vk_swiftshader_icd.json'), 'utf8'))).toMatchObject({ ICD: { library_path: './libvk_swiftshader.so' } });
    expect((await stat(folder)).mode & 0o077).toBe(0);
  });

  test('happens once: later the package is not even read', async () => {
    const copy = join(scratch, 'package');
    await cp(findSwiftShaderPackage()!, copy, { recursive: true, filter: (path) => !/chromium\.br|fonts|al2023/.test(path) });
    const folder = await unpackSwiftShader(copy, scratch);
    await rm(join(copy, 'bin'), { recursive: true });
    expect(await unpackSwiftShader(copy, scratch)).toBe(folder);
  });

  test('repairs a folder in which a file is missing', async () => {
    const path = join(await unpack(), 'libvulkan.so.1');
    await rm(path);
    await unpack();
    expect(existsSync(path)).toBe(true);
  });

  test('several at the same time all succeed and leave no temporary file', async () => {
    const folders = await Promise.all([unpack(), unpack(), unpack(), unpack()]);
    expect(new Set(folders).size).toBe(1);
    expect((await readdir(folders[0]!)).sort()).toEqual(FILES);
  });

  test('a package that is cut off fails and leaves nothing that looks unpacked', async () => {
    const broken = join(scratch, 'package');
    await mkdir(join(broken, 'bin'), { recursive: true });
    await writeFile(join(broken, 'package.json'), '{ "version": "1" }');
    const archive = join(broken, 'bin/swiftshader.tar.br');
    await writeFile(archive, await readFile(join(findSwiftShaderPackage()!, 'bin/swiftshader.tar.br')));
    await truncate(archive, 1_000_000);
    expect(await list({ browsers: [], npmPackage: broken, cache: scratch })).toEqual([expect.stringContaining('could not be unpacked')]);
    expect(existsSync(join(scratch, 'swiftshader-1'))).toBe(false);
  });
});

describe('the places', () => {
  test('come in order: browsers, then npm', async () => {
    await writeFile(join(scratch, 'vk_swiftshader_icd.json'), '{}');
    const found = await list({ browsers: ['/nowhere', scratch], npmPackage: undefined, cache: scratch });
    expect(found).toEqual([
      '/nowhere/vk_swiftshader_icd.json does not exist',
      { manifest: join(scratch, 'vk_swiftshader_icd.json'), loader: join(scratch, 'libvulkan.so.1') },
      expect.stringContaining('@sparticuz/chromium'),
    ]);
  });

  test.runIf(process.arch === 'x64')('a cache folder that cannot be made is replaced by a private temporary one', async () => {
    const file = join(scratch, 'file');
    await writeFile(file, '');
    const [driver] = await list({ browsers: [], npmPackage: findSwiftShaderPackage(), cache: join(file, 'cache') });
    expect(driver).toMatchObject({ manifest: expect.stringContaining(join(scratch, 'atelier-gpu-')) as string });
    expect(existsSync((driver as SoftwareDriver).manifest)).toBe(true);
  });

  test('the cache folder follows XDG_CACHE_HOME, which counts only if it is absolute', () => {
    vi.stubEnv('HOME', '/home/me');
    vi.stubEnv('XDG_CACHE_HOME', '/var/cache/me');
    expect(userCacheFolder()).toBe('/var/cache/me/atelier-gpu');
    vi.stubEnv('XDG_CACHE_HOME', 'relative');
    expect(userCacheFolder()).toBe('/home/me/.cache/atelier-gpu');
  });
});

describe.runIf(process.platform === 'linux')('the Vulkan loader', () => {
  test('a file that does not exist, or is no library, does not count', async () => {
    // In a machine with a Vulkan loader of its own every answer is true.
    const system = loadVulkan();
    const text = join(scratch, 'libvulkan.so.1');
    await writeFile(text, 'no library');
    await chmod(text, 0o755);
    expect(loadVulkan(['/nowhere/libvulkan.so.1', text])).toBe(system);
  });

  test('a driver counts where its manifest lies in a folder that the loader searches', async () => {
    const env = { HOME: scratch, XDG_CONFIG_DIRS: '/nowhere', XDG_DATA_DIRS: `/nowhere:${scratch}/data` };
    await mkdir(join(scratch, 'data/vulkan/icd.d'), { recursive: true });
    if (!existsSync('/etc/vulkan/icd.d')) expect(hasVulkanDriver(env)).toBe(false);
    await writeFile(join(scratch, 'data/vulkan/icd.d/some_icd.json'), '{}');
    expect(hasVulkanDriver(env)).toBe(true);
  });
});

describe('tar', () => {
  /** One ustar entry, with the fields that the reader looks at. */
  function entry(name: string, body: string, type = '0'): Buffer {
    const block = Buffer.alloc(512 + Math.ceil(body.length / 512) * 512);
    block.write(name, 0);
    block.write(body.length.toString(8).padStart(11, '0'), 124);
    block.write(type, 156);
    block.write(body, 512);
    return block;
  }

  test('gives the files, also an empty one and one that fills its blocks, and skips the rest', () => {
    const archive = Buffer.concat([entry('folder/', '', '5'), entry('empty', ''), entry('a', 'x'.repeat(512)), entry('link', '', '2'), entry('b', 'hello'), Buffer.alloc(1024)]);
    const files = [...readTar(archive)].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
    expect(files).toEqual([['empty', ''], ['a', 'x'.repeat(512)], ['b', 'hello']]);
  });

  test('an archive that ends inside a file is refused', () => {
    expect(() => readTar(entry('a', 'x'.repeat(2000)).subarray(0, 1000))).toThrow(/"a" says 2000 bytes, 488 are left/);
  });
});
