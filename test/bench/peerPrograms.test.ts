import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anisotropicKuwahara } from '../reference/anisotropicKuwahara.ts';
import { psnr, scene } from '../support/pictures.ts';

const PROGRAMS: string = new URL('../../bench/peers', import.meta.url).pathname;
const hasPython = spawnSync('python3', ['--version']).status === 0;
const hasCompiler = spawnSync('g++', ['--version']).status === 0;

// Stand-ins with just what the programs call: an operation that takes a minute, and one that fails.
const CV2 = `
import time
COLOR_BGR2GRAY, COLOR_GRAY2RGBA, COLOR_BGR2RGBA = 'gray', 'from gray', 'from bgr'
__version__ = '0.1'
getNumThreads = lambda: 4
setNumThreads = lambda count: None
slow = lambda image: time.sleep(60)
def broken(image): raise ValueError('no good')
`;
const NUMPY = `
uint8 = 0
class fromfile:
    def __init__(self, *given): pass
    def reshape(self, *sides): return self
    def __getitem__(self, part): return self
    def copy(self): return self
`;
const OPENCV_JS = `
module.exports = { getBuildInformation: () => 'OpenCV 0.2.0 =====', then() {} };
setTimeout(() => module.exports.onRuntimeInitialized());
`;

let folder = '';
let child: ChildProcessWithoutNullStreams | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-programs-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

interface Conversation {
  /** What it answers to a request; without one, the next line it writes. */
  ask(request?: object): Promise<unknown>;
  /** Ends its input as the end of the parent would; resolves when the program has ended. */
  leave(): Promise<void>;
}

function talk(command: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Conversation {
  const started = spawn(command, words, { env: { ...process.env, ...env } });
  child = started;
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      if (request !== undefined) started.stdin.write(`${JSON.stringify(request)}\n`);
      return JSON.parse((await lines.next()).value as string) as unknown;
    },
    leave: () =>
      new Promise((resolve) => {
        started.once('exit', () => resolve());
        started.stdin.end();
      }),
  };
}

const request = (operation: string): object => ({ operation, arguments: {}, threads: 1, times: 1, image: { file: join(folder, 'photo'), width: 1, height: 1 } });

describe.skipIf(!hasPython)('openCv.py', () => {
  const start = async (): Promise<Conversation> => {
    await writeFile(join(folder, 'cv2.py'), CV2);
    await writeFile(join(folder, 'numpy.py'), NUMPY);
    await writeFile(join(folder, 'photo'), new Uint8Array(4));
    return talk('python3', [join(PROGRAMS, 'openCv.py')], { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' });
  };

  test('says who it is, and what it has not', async () => {
    const { ask } = await start();
    expect(await ask()).toEqual({ version: 'OpenCV 0.1', threads: 4, modules: [] });
    expect(await ask(request('xphoto.oilPainting'))).toEqual({ missing: expect.stringMatching(/^OpenCV 0\.1 of .* has no xphoto\.oilPainting$/) as string });
    expect(await ask(request('broken'))).toEqual({ error: 'ValueError: no good' });
  });

  test('ends with its input, in the middle of an operation too', async () => {
    const { ask, leave } = await start();
    await ask();
    child?.stdin.write(`${JSON.stringify(request('slow'))}\n`);
    await leave();
    expect(child?.exitCode).toBe(0);
  });
});

test('openCv.py says that OpenCV is not installed', async ({ skip }) => {
  if (!hasPython) skip();
  await writeFile(join(folder, 'cv2.py'), "raise ImportError('No module named cv2')");
  const { ask } = talk('python3', [join(PROGRAMS, 'openCv.py')], { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' });
  expect(await ask()).toEqual({ missing: expect.stringMatching(/: No module named cv2$/) as string });
});

describe('openCvJs.mjs', () => {
  // Outside the checkout, where the real package may be installed.
  const start = async (): Promise<Conversation> => {
    await copyFile(join(PROGRAMS, 'openCvJs.mjs'), join(folder, 'openCvJs.mjs'));
    return talk(process.execPath, [join(folder, 'openCvJs.mjs')], { NODE_PATH: '' });
  };

  test('says that the package is not installed', async () => {
    expect(await (await start()).ask()).toEqual({ missing: 'the npm package @techstark/opencv-js is not installed' });
  });

  test('waits for the package to be ready, says who it is and what it has not, and ends with its input', async () => {
    const installed = join(folder, 'node_modules/@techstark/opencv-js');
    await mkdir(installed, { recursive: true });
    await writeFile(join(installed, 'index.js'), OPENCV_JS);
    const { ask, leave } = await start();
    expect(await ask()).toEqual({ version: 'opencv.js 0.2.0', threads: 1, modules: [] });
    expect(await ask(request('stylization'))).toEqual({ missing: 'opencv.js 0.2.0 has no stylization' });
    await leave();
    expect(child?.exitCode).toBe(0);
  });
});

describe.skipIf(!hasCompiler)('kuwahara.cpp', () => {
  const start = async (): Promise<Conversation> => {
    const compiled = spawnSync('g++', ['-std=c++17', '-O1', '-Wall', '-Wextra', '-Werror', '-pthread', join(PROGRAMS, 'kuwahara.cpp'), '-o', join(folder, 'kuwahara')]);
    if (compiled.status !== 0) throw new Error(compiled.stderr.toString());
    return talk(join(folder, 'kuwahara'), []);
  };

  test('says who it is and what it has not, paints what the filter is by definition, and ends with its input', async () => {
    const { ask, leave } = await start();
    expect(await ask()).toMatchObject({ version: expect.stringMatching(/^C\+\+ loop/) as string, modules: [] });
    expect(await ask(request('stylization'))).toEqual({ missing: 'the loop in C++ is of anisotropicKuwahara only' });
    const photo = scene(24, 17);
    await writeFile(join(folder, 'photo'), photo.data);
    const output = join(folder, 'painted');
    const image = { file: join(folder, 'photo'), width: photo.width, height: photo.height };
    expect(await ask({ operation: 'anisotropicKuwahara', arguments: { radius: 3.5 }, threads: 2, times: 1, image, output })).toEqual({ wall: expect.any(Number) as number, cpu: expect.any(Number) as number });
    expect(psnr({ ...photo, data: new Uint8ClampedArray(await readFile(output)) }, anisotropicKuwahara(photo, { radius: 3.5 }))).toBeGreaterThan(50);
    await leave();
    expect(child?.exitCode).toBe(0);
  });
});
