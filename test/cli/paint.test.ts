import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/cli/report.ts';
import { decode } from '../../src/node/decode.ts';
import { folderWith, namesIn, png, removeFolder } from '../support/command.ts';

// The command as users of the checkout run it: a process of its own, and nothing built before.
const PAINT: string = new URL('../../build/paint.mjs', import.meta.url).pathname;
let folder: string;

beforeAll(async () => {
  folder = await folderWith({ 'a.png': 40, 'b.png': 33, 'broken.png': (await png(64)).subarray(0, 700) });
});
afterAll(() => removeFolder(folder));

/** Runs it in the folder of the pictures. */
function paint(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PAINT, ...words], { cwd: folder, timeout: 55_000, env: { ...process.env, ...env } }, (error, stdout, stderr) => resolve({ code: error === null ? 0 : error.code, stdout, stderr }));
  });
}

test('of two pictures and a broken one the two are painted', async () => {
  const { code, stdout, stderr } = await paint(['.', '--effect', 'adjust', '--set', 'hue=90', '--out', 'out']);
  expect([code, stdout]).toEqual([1, 'out/a.adjust.png\nout/b.adjust.png\n']);
  expect(stderr).toMatch(/^broken\.png: [^\n]*cannot be decoded[^\n]*\n$/);
  expect(await namesIn(join(folder, 'out'))).toEqual(['a.adjust.png', 'b.adjust.png']);
  expect(await decode(join(folder, 'out', 'b.adjust.png'))).toMatchObject({ width: 33, height: 25 });
});

test('without a file it paints the sample, without --out into the current folder', async () => {
  const { code, stdout, stderr } = await paint(['--max-size', '96', '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const { pictures } = JSON.parse(stdout) as Report;
  expect(pictures).toHaveLength(1);
  expect(pictures[0]?.outputs.map(({ path, width, height }) => [path, Math.max(width, height)])).toEqual(['sketch', 'pencil', 'oil', 'watercolor'].map((name) => [`still-life.${name}.png`, 96]));
  for (const { path, width, height } of pictures[0]?.outputs ?? []) expect(await decode(join(folder, path))).toMatchObject({ width, height });
});

test('with --cache a second run paints nothing, needs no GPU, and writes the same files', async () => {
  const words = ['a.png', 'b.png', '--effect', 'adjust', '--set', 'hue=120', '--cache', 'kept', '--json', '--out'];
  const first = await paint([...words, 'first']);
  const second = await paint([...words, 'second'], { VK_ICD_FILENAMES: '/nowhere/icd.json', VK_DRIVER_FILES: '' });
  expect([first.code, second]).toEqual([0, { code: 0, stdout: expect.any(String) as string, stderr: '' }]);
  const { pictures, metrics } = JSON.parse(second.stdout) as Report;
  expect([pictures.flatMap(({ outputs }) => outputs.map(({ cached }) => cached)), metrics]).toEqual([[true, true], null]);
  for (const name of ['a.adjust.png', 'b.adjust.png']) expect((await readFile(join(folder, 'second', name))).equals(await readFile(join(folder, 'first', name)))).toBe(true);
});

test('wrong usage', async () => {
  expect(await paint(['a.png', '--effect', 'nothing'])).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(/^atelier: there is no effect "nothing"; there are [^\n]*\n$/) as string });
});

test('where there is no GPU it says what to install, and exit code 1', async () => {
  const { code, stdout, stderr } = await paint(['a.png', '--json'], { VK_ICD_FILENAMES: '/nowhere/icd.json', VK_DRIVER_FILES: '' });
  expect(code).toBe(1);
  const { pictures, metrics, error } = JSON.parse(stdout) as Report;
  expect({ pictures, metrics, error }).toEqual({ pictures: [], metrics: null, error: { code: 'unsupported', message: expect.stringMatching(/^no adapter: .*npm install webgpu/) as string } });
  // Dawn and the Vulkan loader may warn before.
  expect(stderr.split('\n').slice(-2)).toEqual([`atelier: ${error?.message}`, '']);
});

test('Ctrl-C ends it soon, with whole files only', async () => {
  const many = join(folder, 'many');
  await mkdir(many);
  for (let i = 0; i < 200; i++) await copyFile(join(folder, 'a.png'), join(many, `${i}.png`));
  const child = spawn(process.execPath, [PAINT, many, '--preset', 'cv2', '--out', join(folder, 'some')]);
  let lines = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines += text;
    child.kill('SIGINT');
  });
  expect(await new Promise((resolve) => void child.on('close', (code, signal) => resolve([code, signal])))).toEqual([130, null]);
  const names = await namesIn(join(folder, 'some'));
  expect(names.sort()).toEqual(lines.trim().split('\n').map((path) => path.slice(folder.length + '/some/'.length)).sort());
  expect(names.length).toBeLessThan(4 * 200);
  for (const name of names) expect(await decode(join(folder, 'some', name))).toMatchObject({ width: 40, height: 30 });
});
