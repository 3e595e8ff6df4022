import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGpu } from '../../src/node/gpu.ts';
import { findSwiftShaderPackage, unpackSwiftShader } from '../../src/node/swiftShaderPackage.ts';
import { buildModules, removeFolder, runNode, type Ended } from '../support/nodeProcess.ts';

let built: string;
let home: string;

beforeAll(async () => {
  built = await buildModules(['node/gpu.ts', 'node/dawn.ts', 'node/openGpu.ts', 'node/softwareGpu.ts']);
  home = await mkdtemp(join(tmpdir(), 'atelier-home-'));
}, 60_000);
afterAll(async () => {
  await removeFolder(built);
  await rm(home, { recursive: true, force: true });
});

/** Runs a module that sees the built files as `createGpu`, `openGpu`, …, in an environment of PATH and an empty home. */
function runBuilt(body: string, env: Record<string, string> = {}, folder: string = built): Promise<Ended> {
  const imports = ['gpu', 'dawn', 'openGpu', 'softwareGpu'].map((name) => `const ${name} = await import(${JSON.stringify(join(folder, `${name}.mjs`))});`);
  return runNode([...imports, body].join('\n'), { PATH: process.env['PATH'], HOME: home, ...env });
}

const ADAPTER = 'console.log((await g.requestAdapter())?.info.vendor);';

describe('in this process', () => {
  test('two calls give the same GPU', async () => {
    const gpu = await createGpu();
    expect(await createGpu()).toBe(gpu);
    expect(await gpu.requestAdapter()).not.toBeNull();
  });

  test('it computes', async () => {
    const adapter = await (await createGpu()).requestAdapter();
    const device = await adapter!.requestDevice();
    const from = device.createBuffer({ size: 8, usage: GPUBufferUsage.COPY_SRC, mappedAtCreation: true });
    new Uint32Array(from.getMappedRange()).set([7, 11]);
    from.unmap();
    const to = device.createBuffer({ size: 8, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, to, 0, 8);
    device.queue.submit([encoder.finish()]);
    await to.mapAsync(GPUMapMode.READ);
    expect([...new Uint32Array(to.getMappedRange())]).toEqual([7, 11]);
    device.destroy();
  });
});

describe('in a process of its own, with an empty environment', () => {
  test('there is an adapter, nothing is printed, and the process ends by itself', async () => {
    const ended = await runBuilt(`const g = await gpu.createGpu(); ${ADAPTER}`);
    expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(ended.stdout).toMatch(/^\w+\n$/);
  });

  test('it ends by itself also with a device that nobody destroyed', async () => {
    const ended = await runBuilt(`const g = await gpu.createGpu(); globalThis.device = await (await g.requestAdapter()).requestDevice(); console.log('made');`);
    expect(ended).toEqual({ code: 0, signal: null, stderr: '', stdout: 'made\n' });
  });

  test('missing globals are added, those there are kept', async () => {
    const ended = await runBuilt(`globalThis.GPUMapMode = 'mine'; await gpu.createGpu(); console.log(GPUMapMode, GPUTextureUsage.COPY_SRC, GPUBufferUsage.MAP_READ, GPUShaderStage.COMPUTE, typeof GPUDevice);`);
    expect(ended.stdout).toBe('mine 1 1 4 function\n');
  });
});

describe.runIf(process.platform === 'linux' && process.arch === 'x64')('on Linux', () => {
  const ONLY_NPM = 'softwareGpu.softwareDrivers({ ...softwareGpu.defaultPlaces(), browsers: [] })';

  test('the driver from npm alone is enough, and is unpacked into the cache folder', async () => {
    const ended = await runBuilt(`const g = await openGpu.openGpu(await dawn.importDawn(), () => ${ONLY_NPM}); ${ADAPTER} console.log(process.env.VK_ICD_FILENAMES);`);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const [vendor, manifest] = ended.stdout.split('\n');
    expect(vendor).toBe('google');
    expect(manifest).toBe(join(home, '.cache/atelier-gpu/swiftshader-147.0.0/vk_swiftshader_icd.json'));
  });

  test('a home that cannot be written does not matter, and nothing is left behind', async () => {
    const temporary = await mkdtemp(join(home, 'tmp-'));
    const ended = await runBuilt(`const g = await openGpu.openGpu(await dawn.importDawn(), () => ${ONLY_NPM}); ${ADAPTER} console.log(process.env.VK_ICD_FILENAMES);`, { HOME: '/dev/null', TMPDIR: temporary });
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`google\n${temporary}/atelier-gpu-`) as string });
    expect(await readdir(temporary)).toEqual([]);
  });

  test('a driver that does not work gives way to the next', async () => {
    const broken = join(home, 'broken.json');
    await writeFile(broken, JSON.stringify({ file_format_version: '1.0.0', ICD: { library_path: './nothing.so', api_version: '1.0.5' } }));
    const list = `async function* () { yield { manifest: ${JSON.stringify(broken)}, loader: '/nowhere/libvulkan.so.1' }; yield* ${ONLY_NPM}; }`;
    const ended = await runBuilt(`const g = await openGpu.openGpu(await dawn.importDawn(), ${list}); ${ADAPTER}`);
    expect(ended).toMatchObject({ code: 0, stdout: 'google\n' });
  });

  test('VK_ICD_FILENAMES decides, and a driver it names that does not work is named in the error', async () => {
    const ended = await runBuilt(`await gpu.createGpu().catch((error) => console.log(error.name, error.code, error.message));`, { VK_ICD_FILENAMES: '/nowhere/icd.json' });
    expect(ended.stdout).toMatch(/^UnsupportedError unsupported createGpu: no adapter: VK_ICD_FILENAMES .* is "\/nowhere\/icd.json".*npm install webgpu @sparticuz\/chromium\n$/);
    expect(ended.code).toBe(0);
  });

  test.skipIf(existsSync('/usr/share/vulkan/icd.d') || existsSync('/etc/vulkan/icd.d'))('without any driver the error lists what was tried and gives the install line', async () => {
    const list = `() => softwareGpu.softwareDrivers({ browsers: ['/nowhere'], npmPackage: undefined, cache: '/nowhere' })`;
    const ended = await runBuilt(`await openGpu.openGpu(await dawn.importDawn(), ${list}).catch((error) => console.log(error.name, error.message));`);
    expect(ended.stdout).toMatch(/^UnsupportedError createGpu: no adapter: .*\/nowhere\/vk_swiftshader_icd.json does not exist; @sparticuz\/chromium is not installed.*npm install webgpu @sparticuz\/chromium\n$/);
    expect(ended.stderr).toBe('');
  });

  /** A system with one Vulkan driver: SwiftShader, installed where the Vulkan loader looks. The list holds a loader, and a driver that does not work. */
  async function systemWithDriver(): Promise<{ env: Record<string, string>; list: string }> {
    const unpacked = await unpackSwiftShader(findSwiftShaderPackage()!, join(home, '.cache/atelier-gpu'));
    const folder = join(home, 'data/vulkan/icd.d');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'soft_icd.json'), JSON.stringify({ file_format_version: '1.0.0', ICD: { library_path: join(unpacked, 'libvk_swiftshader.so'), api_version: '1.0.5' } }));
    const driver = JSON.stringify({ manifest: '/nowhere/icd.json', loader: join(unpacked, 'libvulkan.so.1') });
    return { env: { XDG_DATA_HOME: join(home, 'data') }, list: `async function* () { yield ${driver}; }` };
  }

  test('the software GPU of the system is the last resort', async () => {
    const { env, list } = await systemWithDriver();
    const ended = await runBuilt(`const g = await openGpu.openGpu(await dawn.importDawn(), ${list}); ${ADAPTER} console.log(process.env.VK_ICD_FILENAMES);`, env);
    expect(ended).toMatchObject({ code: 0, stdout: 'google\nundefined\n' });
  });

  test('a real GPU comes first, and no software driver is tried', async () => {
    const { env, list } = await systemWithDriver();
    const ended = await runBuilt(`
      let made = 0;
      const create = () => ({ made: ++made, requestAdapter: async () => ({ info: { isFallbackAdapter: false } }) });
      const g = await openGpu.openGpu({ create, globals: {} }, ${list});
      console.log(g.made, made, process.env.VK_ICD_FILENAMES);`, env);
    expect(ended).toMatchObject({ code: 0, stdout: '1 1 undefined\n' });
  });

  test('a system driver that is no real GPU gives way to the drivers of the list', async () => {
    const { env } = await systemWithDriver();
    const ended = await runBuilt(`const g = await openGpu.openGpu(await dawn.importDawn(), () => ${ONLY_NPM}); ${ADAPTER} console.log(process.env.VK_ICD_FILENAMES);`, env);
    expect(ended).toMatchObject({ code: 0, stdout: `google\n${join(home, '.cache/atelier-gpu/swiftshader-147.0.0/vk_swiftshader_icd.json')}\n` });
  });

  /** Asks for a GPU in a worker thread and prints the vendor or the error. */
  async function runWorker(env: string): Promise<Ended> {
    const file = join(built, 'worker.mjs');
    await writeFile(file, `
      import { parentPort } from 'node:worker_threads';
      import { createGpu } from './gpu.mjs';
      createGpu().then((gpu) => gpu.requestAdapter()).then((adapter) => parentPort.postMessage(adapter.info.vendor), (error) => parentPort.postMessage(error.message));`);
    return runBuilt(`const { Worker, SHARE_ENV } = await import('node:worker_threads'); new Worker(${JSON.stringify(file)}, { env: ${env}, execArgv: [] }).on('message', console.log);`);
  }

  test('a worker thread with a shared environment has an adapter', async () => {
    const ended = await runWorker('SHARE_ENV');
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\w+\n$/) as string });
  });

  test.skipIf(existsSync('/usr/share/vulkan/icd.d') || existsSync('/etc/vulkan/icd.d'))('a worker thread with an environment of its own is told about SHARE_ENV', async () => {
    const ended = await runWorker('undefined');
    expect(ended.stdout).toMatch(/worker thread.*env: SHARE_ENV/);
    expect(ended.code).toBe(0);
  });
});

test('where the package webgpu is not installed the error gives the install line', async () => {
  const bare = await mkdtemp(join(tmpdir(), 'atelier-bare-'));
  await cp(built, bare, { recursive: true });
  const ended = await runBuilt(`await gpu.createGpu().catch((error) => console.log(error.name, error.message));`, {}, bare);
  await rm(bare, { recursive: true, force: true });
  expect(ended.stdout).toMatch(/^UnsupportedError createGpu: the npm package "webgpu" is not installed.*npm install webgpu @sparticuz\/chromium\n$/);
});
