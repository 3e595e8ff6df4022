import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findInputs } from '../../src/cli/findInputs.ts';
import { folderWith, removeFolder } from '../support/command.ts';

let folder: string;
const pictures = ['photo2.JPG', 'photo10.webp', 'photo.png', 'a.tif'];

beforeAll(async () => {
  folder = await folderWith(Object.fromEntries([...pictures, 'notes.txt', '.hidden.png', 'photo.sketch.png', 'photo-2.oil.jpg', 'photo.wash-oil.png', 'photo.mine.png', 'lost.sketch.png'].map((name) => [name, ''])));
  await mkdir(join(folder, 'deeper.png'));
  await writeFile(join(folder, 'deeper.png', 'unseen.png'), '');
  await mkdir(join(folder, 'empty'));
});
afterAll(() => removeFolder(folder));

const find = (...paths: string[]): ReturnType<typeof findInputs> => findInputs(paths, ['sketch', 'oil', 'wash']);

test('a folder gives its pictures in the order of their names, without hidden files, folders and paintings of earlier runs', async () => {
  expect(await find(folder)).toEqual(['a.tif', 'lost.sketch.png', 'photo.mine.png', 'photo.png', 'photo2.JPG', 'photo10.webp'].map((name) => ({ path: join(folder, name) })));
});

test('a file is taken as it is, whatever its name, and each file once', async () => {
  const file = join(folder, 'photo.sketch.png');
  const again = relative('', file);
  expect(await find(file, join(folder, 'notes.txt'), again)).toEqual([{ path: file }, { path: join(folder, 'notes.txt') }]);
  expect((await find(join(folder, 'photo10.webp'), folder)).map(({ path }) => path).filter((path) => path.endsWith('photo10.webp'))).toHaveLength(1);
});

test('what cannot be painted says why', async () => {
  const messages = async (path: string): Promise<string[]> => (await find(path)).map(({ error }) => error?.message ?? 'none');
  expect(await messages(join(folder, 'none.png'))).toEqual(['does not exist; give a picture file or a folder with pictures']);
  expect(await messages(join(folder, 'photo.png', 'below.png'))).toEqual([expect.stringContaining('does not exist')]);
  expect(await messages('')).toEqual([expect.stringContaining('does not exist')]);
  expect(await messages('a\0b')).toEqual([expect.stringContaining('cannot be read')]);
  expect(await messages(join(folder, 'empty'))).toEqual([expect.stringContaining('is a folder without a picture (.png, ')]);
});

test.runIf(process.platform === 'linux')('a device is no picture, a link to nothing does not exist', async () => {
  await symlink('/nowhere', join(folder, 'empty', 'link'));
  expect((await find('/dev/zero'))[0]?.error?.message).toContain('is neither a file nor a folder');
  expect((await find(join(folder, 'empty', 'link')))[0]?.error?.message).toContain('does not exist');
});
