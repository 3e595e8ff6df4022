import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PictureStore, type StoredPicture } from '../../src/node/pictureStore.ts';
import { folderWith, namesIn, removeFolder } from '../support/command.ts';

let folder: string;
beforeEach(async () => void (folder = await folderWith({})));
afterEach(() => removeFolder(folder));

const keyOf = (name: string): string => createHash('sha256').update(name).digest('hex');
const fileOf = (name: string): string => `${keyOf(name)}.atelier`;
const at = (name: string): string => join(folder, fileOf(name));
const picture = (bytes: number, seed: number = 1): StoredPicture => ({ bytes: Uint8Array.from({ length: bytes }, (_, i) => (i * 31 + seed) & 255), width: 3, height: 2 });
/** With a header of 39 bytes the file of a picture of 61 bytes has 100. */
const BODY = 61;

/** Sets when a picture was used last, in seconds. */
async function used(name: string, seconds: number): Promise<void> {
  await utimes(at(name), seconds, seconds);
}

test('a picture is there in the next run, to the byte', async () => {
  const store = await PictureStore.open(folder, 1000);
  await store.put(keyOf('a'), picture(BODY));
  expect((await readFile(at('a'))).length).toBe(100);
  const next = await PictureStore.open(folder, 1000);
  for (const each of [store, next]) {
    expect(await each.get(keyOf('b'))).toBeUndefined();
    const { bytes, width, height } = (await each.get(keyOf('a')))!;
    expect([[...bytes], width, height]).toEqual([[...picture(BODY).bytes], 3, 2]);
  }
  await next.put(keyOf('a'), picture(5, 9));
  expect([...(await next.get(keyOf('a')))!.bytes]).toEqual([...picture(5, 9).bytes]);
  expect(await namesIn(folder)).toEqual([fileOf('a')]);
});

test('an empty picture is a picture', async () => {
  const store = await PictureStore.open(folder, 1000);
  await store.put(keyOf('a'), picture(0));
  expect((await store.get(keyOf('a')))?.bytes.length).toBe(0);
});

describe('there are never more bytes than allowed', () => {
  test('what was used longest ago leaves first, in one run and over several', async () => {
    const store = await PictureStore.open(folder, 300);
    for (const name of ['a', 'b', 'c']) await store.put(keyOf(name), picture(BODY));
    await store.get(keyOf('a'));
    await store.put(keyOf('d'), picture(BODY));
    expect(await namesIn(folder)).toEqual(['a', 'c', 'd'].map(fileOf).sort());
    await used('a', 100);
    await used('c', 200);
    await used('d', 300);
    const later = await PictureStore.open(folder, 300);
    await later.get(keyOf('a'));
    const last = await PictureStore.open(folder, 200);
    expect(await namesIn(folder)).toEqual(['a', 'd'].map(fileOf).sort());
    await last.put(keyOf('e'), picture(BODY));
    expect(await namesIn(folder)).toEqual(['a', 'e'].map(fileOf).sort());
  });

  test('a picture that is larger than that is not kept', async () => {
    const store = await PictureStore.open(folder, 99);
    await store.put(keyOf('a'), picture(BODY));
    expect([await namesIn(folder), await store.get(keyOf('a'))]).toEqual([[], undefined]);
    await (await PictureStore.open(folder, 100)).put(keyOf('a'), picture(BODY));
    await PictureStore.open(folder, 99);
    expect(await namesIn(folder)).toEqual([]);
  });

  test('several at once', async () => {
    const store = await PictureStore.open(folder, 250);
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => store.put(keyOf(name), picture(BODY))));
    expect(await namesIn(folder)).toEqual(['c', 'd'].map(fileOf).sort());
  });
});

describe('a file that is not what it was', () => {
  test.each<[string, () => Promise<void>]>([
    ['is cut short', () => truncate(at('a'), 99)],
    ['is empty', () => truncate(at('a'), 0)],
    ['was changed', async () => writeFile(at('a'), (await readFile(at('a'))).map((byte, i) => (i === 99 ? byte ^ 1 : byte)))],
    ['is something else', () => writeFile(at('a'), 'notes')],
    ['went away', () => removeFolder(at('a'))],
  ])('%s: is as good as none, and is written anew', async (_what, spoil) => {
    const store = await PictureStore.open(folder, 1000);
    await store.put(keyOf('a'), picture(BODY));
    await spoil();
    for (const each of [store, await PictureStore.open(folder, 1000)]) expect(await each.get(keyOf('a'))).toBeUndefined();
    await store.put(keyOf('a'), picture(BODY));
    expect([...(await store.get(keyOf('a')))!.bytes]).toEqual([...picture(BODY).bytes]);
  });

  test('folders, links and files of other names are left alone, and what a killed process left is removed', async () => {
    await mkdir(at('folder'));
    await writeFile(join(folder, 'notes.txt'), 'x'.repeat(5000));
    await symlink(join(folder, 'notes.txt'), at('link'));
    const tmp = (age: string): string => `.${keyOf(age).slice(0, 40)}.0123abcd.tmp`;
    for (const age of ['old', 'new']) await writeFile(join(folder, tmp(age)), 'x');
    await utimes(join(folder, tmp('old')), 1, 1);
    const store = await PictureStore.open(folder, 100);
    for (const name of ['folder', 'link']) expect(await store.get(keyOf(name))).toBeUndefined();
    await store.put(keyOf('a'), picture(BODY));
    await store.put(keyOf('folder'), picture(BODY));
    expect(await namesIn(folder)).toEqual([tmp('new'), fileOf('folder'), fileOf('link'), 'notes.txt'].sort());
  });
});

test('a folder that is gone costs time, and is no failure', async () => {
  const store = await PictureStore.open(folder, 1000);
  await removeFolder(folder);
  await store.put(keyOf('a'), picture(BODY));
  expect(await store.get(keyOf('a'))).toBeUndefined();
});
