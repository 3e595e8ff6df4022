import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/cli/report.ts';
import { decode } from '../../src/node/decode.ts';
import { command, folderWith, namesIn, png, removeFolder } from '../support/command.ts';

const ADJUST = ['--effect', 'adjust'];
let folder: string;
let out: string;

beforeAll(async () => {
  const whole = await png(64);
  folder = await folderWith({ 'a.png': 48, 'b.png': 32, 'c.png': 24, 'empty.png': '', 'text.jpg': 'no picture', 'half.png': whole.subarray(0, whole.length / 2), 'two\nlines.png': 'x' });
  out = join(folder, 'out');
});
afterAll(() => removeFolder(folder));

const at = (name: string): string => join(folder, name);

describe('an input that cannot be painted is one line on stderr, and exit code 1', () => {
  test.each([
    ['empty.png', 'the source is empty (0 bytes), must be a PNG, '],
    ['text.jpg', 'must be a PNG, '],
    ['half.png', 'cannot be decoded'],
    ['missing.png', 'does not exist; give a picture file or a folder with pictures'],
  ])('%s', async (name, message) => {
    const { code, stdout, stderr } = await command([at(name), '--out', out, ...ADJUST]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[^\n]+; [^\n]+\n$/);
    expect(stderr.startsWith(`${at(name)}: `)).toBe(true);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/decode:| at .*\.ts/);
    expect(await namesIn(out)).toEqual([]);
  });
  test('a name with a line end', async () => {
    const { code, stderr } = await command([at('two\nlines.png'), '--out', out, ...ADJUST]);
    expect([code, stderr.split('\n').length]).toEqual([1, 2]);
    expect(stderr).toContain('two lines.png: ');
  });
});

describe('wrong usage is one line on stderr, and exit code 2', () => {
  test.each([
    ['an unknown flag', ['--sketch'], "Unknown option '--sketch'"],
    ['an unknown effect', ['--effect', 'paint'], 'there is no effect "paint"; there are '],
    ['an unknown look', ['--look', 'paint'], 'there is no look "paint"; there are '],
    ['an unknown preset', ['--preset', 'paint'], 'there is no preset "paint"; there are studio, cv2'],
    ['a parameter out of range', [...ADJUST, '--set', 'contrast=9'], 'adjust: contrast is 9, must be in [0, 3]'],
    ['a parameter that is no number', [...ADJUST, '--set', 'contrast=NaN'], 'adjust: contrast is "NaN", must be in [0, 3]'],
    ['an unknown parameter', [...ADJUST, '--set', 'blur=9'], 'adjust: there is no parameter "blur"; it has brightness, '],
    ['a bad --set', [...ADJUST, '--set', 'contrast'], '--set is "contrast", must be KEY=VALUE'],
  ])('%s', async (_name, words, message) => {
    const { code, stdout, stderr } = await command([at('a.png'), '--out', join(folder, 'unmade'), ...words]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^atelier: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect(await namesIn(folder)).not.toContain('unmade');
  });
  test.each(['a.png', 'a.png/below'])('a folder to write to that is none: %s', async (name) => {
    const { code, stderr } = await command([at('a.png'), '--out', at(name), ...ADJUST]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^atelier: the folder ".*" cannot be written to \(.*\); give another with --out\n$/);
  });
  // Root may write everywhere.
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('a folder that may not be written to', async () => {
    await mkdir(at('locked'));
    await chmod(at('locked'), 0o500);
    expect((await command([at('a.png'), '--out', at('locked'), ...ADJUST])).code).toBe(2);
  });
});

describe('painting', () => {
  test('a line for each file, in the order of the inputs, and what was there before is replaced', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'a.adjust.png'), 'before');
    const { code, stdout, stderr } = await command([at('b.png'), at('a.png'), '--out', out, ...ADJUST, '--set', 'brightness=1']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${join(out, 'b.adjust.png')}\n${join(out, 'a.adjust.png')}\n`, stderr: '' });
    const { data, width, height } = await decode(join(out, 'a.adjust.png'));
    expect([width, height, Math.min(...data)]).toEqual([48, 36, 255]);
    await removeFolder(out);
  });

  test('--json is one document: files with their sizes and times, failures, metrics', async () => {
    const { code, stdout, stderr } = await command([at('a.png'), at('half.png'), '--json', '--out', out, '--preset', 'cv2', '--max-size', '24', '--format', 'jpeg', '--quality', '50']);
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    expect(report.pictures).toEqual([
      { input: at('a.png'), outputs: ['sketch', 'pencil', 'oil', 'watercolor'].map((name) => ({ name, path: join(out, `a.${name}.jpg`), width: 24, height: 18, milliseconds: expect.any(Number) as number, cached: false })) },
      { input: at('half.png'), outputs: [], error: { code: 'decode', message: expect.stringContaining('cannot be decoded') as string } },
    ]);
    expect(stderr).toBe(`${at('half.png')}: ${report.pictures[1]?.error?.message}\n`);
    expect(report.metrics).toMatchObject({ frames: 1 });
    expect(await namesIn(out)).toEqual(['a.oil.jpg', 'a.pencil.jpg', 'a.sketch.jpg', 'a.watercolor.jpg']);
    expect([...(await readFile(join(out, 'a.oil.jpg'))).subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    await removeFolder(out);
  });

  test('where nothing came to be painted the metrics are null', async () => {
    expect(JSON.parse((await command([at('text.jpg'), '--json', '--out', out, ...ADJUST])).stdout)).toMatchObject({ pictures: [{ outputs: [] }], metrics: null });
  });

  test('inputs of the same name get files of their own, and it says so', async () => {
    const other = await folderWith({ 'a.png': 20 });
    const { code, stderr } = await command([at('a.png'), join(other, 'a.png'), '--out', out, ...ADJUST]);
    expect([code, stderr]).toEqual([0, `${join(other, 'a.png')}: another input has this name; this one is painted as a-2\n`]);
    expect((await decode(join(out, 'a-2.adjust.png'))).width).toBe(20);
    expect((await decode(join(out, 'a.adjust.png'))).width).toBe(48);
    await Promise.all([removeFolder(other), removeFolder(out)]);
  });

  test('a file that cannot be written fails its input alone and leaves nothing behind', async () => {
    await mkdir(join(out, 'a.adjust.png'), { recursive: true });
    const { code, stdout, stderr } = await command([at('a.png'), at('b.png'), '--out', out, ...ADJUST]);
    expect([code, stdout]).toEqual([1, `${join(out, 'b.adjust.png')}\n`]);
    expect(stderr).toMatch(/^[^\n]*a\.png: cannot be written \([^\n]*\n$/);
    expect(await namesIn(out)).toEqual(['a.adjust.png', 'b.adjust.png']);
    await removeFolder(out);
  });

  test('on a terminal a bar is drawn between the lines', async () => {
    const { stderr } = await command([at('a.png'), at('b.png'), '--out', out, ...ADJUST], { isTTY: true });
    expect(stderr.replaceAll('\r\x1b[K', '|').replace(/[█░]/g, '')).toBe('| 0/2|| 1/2|| 2/2|');
    await removeFolder(out);
  });

  test('with --cache equal pictures are painted once, whatever they are called', async () => {
    const other = await folderWith({ 'renamed.png': 48, 'b.png': 32 });
    const cache = join(other, 'kept');
    const run = async (...words: string[]): Promise<Report> => JSON.parse((await command([...words, '--cache', cache, '--out', out, '--json'])).stdout) as Report;
    const cachedOf = ({ pictures }: Report): boolean[] => pictures.flatMap(({ outputs }) => outputs.map(({ cached }) => cached));

    const first = await run(at('a.png'), ...ADJUST, '--set', 'hue=90');
    expect([cachedOf(first), first.metrics?.frames]).toEqual([[false], 1]);
    const painted = await readFile(join(out, 'a.adjust.png'));
    const second = await run(join(other, 'renamed.png'), ...ADJUST, '--set', 'hue=90');
    expect([cachedOf(second), second.metrics]).toEqual([[true], null]);
    expect(second.pictures[0]?.outputs).toEqual([{ name: 'adjust', path: join(out, 'renamed.adjust.png'), width: 48, height: 36, milliseconds: expect.any(Number) as number, cached: true }]);
    expect((await readFile(join(out, 'renamed.adjust.png'))).equals(painted)).toBe(true);

    for (const words of [['--set', 'hue=91'], ['--set', 'hue=90', '--max-size', '20'], ['--set', 'hue=90', '--format', 'webp'], ['--set', 'hue=90', '--format', 'webp', '--quality', '50']]) expect(cachedOf(await run(at('a.png'), ...ADJUST, ...words))).toEqual([false]);
    const both = await run(at('a.png'), at('half.png'), join(other, 'b.png'), ...ADJUST, '--set', 'hue=90');
    expect([cachedOf(both), both.pictures.map(({ error }) => error?.code), both.metrics?.frames]).toEqual([[true, false], [undefined, 'decode', undefined], 1]);
    await Promise.all([removeFolder(other), removeFolder(out)]);
  });

  test('a look of a preset is the same alone; where one painting is missing all are painted', async () => {
    const cache = join(folder, 'kept');
    const run = async (...words: string[]): Promise<[cached: boolean, name: string][]> => (JSON.parse((await command([at('c.png'), ...words, '--cache', cache, '--out', out, '--json'])).stdout) as Report).pictures.flatMap(({ outputs }) => outputs.map(({ cached, name }): [boolean, string] => [cached, name]));
    await run('--preset', 'cv2');
    expect(await run('--effect', 'stylization')).toEqual([[true, 'stylization']]);
    const [lost, ...kept] = await namesIn(cache);
    await removeFolder(join(cache, lost!));
    expect((await run('--preset', 'cv2')).map(([cached]) => cached)).toEqual([false, false, false, false]);
    expect(await namesIn(cache)).toEqual([lost, ...kept]);
    await Promise.all([removeFolder(cache), removeFolder(out)]);
  });

  test('a folder for --cache that is none is wrong usage', async () => {
    const { code, stderr } = await command([at('a.png'), '--out', out, '--cache', at('a.png'), ...ADJUST]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^atelier: the folder ".*" cannot be written to \(.*\); give another with --cache\n$/) as string]);
    await removeFolder(out);
  });

  test('an interrupt ends it after the files being written; they are whole and the report is too', async () => {
    const stopping = new AbortController();
    const { code, stdout, stderr } = await command([at('a.png'), at('b.png'), at('c.png'), '--out', out, ...ADJUST], { signal: stopping.signal, onStdout: () => stopping.abort('SIGINT') });
    expect([code, stdout, stderr]).toEqual([130, `${join(out, 'a.adjust.png')}\n`, 'atelier: stopped; 1 of 3 pictures are done\n']);
    expect(await namesIn(out)).toEqual(['a.adjust.png']);
    await removeFolder(out);
  });

  test('an interrupt before the first picture', async () => {
    const { code, stdout } = await command([at('a.png'), at('b.png'), '--out', out, ...ADJUST], { signal: AbortSignal.abort('SIGTERM') });
    expect([code, stdout, await namesIn(out)]).toEqual([143, '', []]);
  });
});
