import { lstat, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { xxh64 } from '../io/contentHash.ts';
import { BoundedStore } from '../studio/boundedStore.ts';
import { writeWhole } from './writeWhole.ts';

/** An encoded picture. */
export interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Keys are SHA-256 in hexadecimal, so that a file of ours is known by its name. */
const OURS = /^([0-9a-f]{64})\.atelier$/;
/** What {@link writeWhole} leaves behind of a process that is killed. */
const UNFINISHED = /^\.[0-9a-f]{40}\.[0-9a-f]{8}\.tmp$/;
const UNFINISHED_MS = 3600 * 1000;
/** Size and hash of the picture that follows. */
const HEADER = /^atelier picture 1 (\d+)x(\d+) ([0-9a-f]{16})\n/;
const LONGEST_HEADER = 80;

/**
 * Encoded pictures in a folder, by key, from run to run. What was used longest ago leaves where there would be more than `maxBytes`; files of other names stay, and one that is not whole is as good as none.
 * Two processes may use one folder: each bounds what it knows of, and the next looks again.
 *
 * Owns: the files of its own names. Borrows: the folder.
 */
export class PictureStore {
  readonly #folder: string;
  readonly #sizes: BoundedStore<number>;
  #removals: Promise<void>[] = [];

  private constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#sizes = new BoundedStore({ maxBytes, maxEntries: Infinity, maxAgeMs: Infinity }, (bytes) => bytes, (key) => void this.#removals.push(remove(this.#pathOf(key))));
  }

  /** Looks through a folder, and removes what is too much. */
  static async open(folder: string, maxBytes: number): Promise<PictureStore> {
    const store = new PictureStore(folder, maxBytes);
    const found: { readonly key: string; readonly size: number; readonly used: number }[] = [];
    for (const name of await readdir(folder)) {
      const key = OURS.exec(name)?.[1];
      if (key === undefined && !UNFINISHED.test(name)) continue;
      const path = join(folder, name);
      const stats = await lstat(path).catch(() => undefined);
      if (stats?.isFile() !== true) continue;
      const { size, mtimeMs: used } = stats;
      if (key !== undefined && size <= maxBytes) found.push({ key, size, used });
      else if (key !== undefined || Date.now() - used > UNFINISHED_MS) await remove(path);
    }
    for (const { key, size } of found.sort((a, b) => a.used - b.used)) store.#sizes.put(key, size);
    await store.#removed();
    return store;
  }

  /** The picture kept under a key; it counts as used now. */
  async get(key: string): Promise<StoredPicture | undefined> {
    if (this.#sizes.get(key) === undefined) return undefined;
    const path = this.#pathOf(key);
    try {
      const picture = unpack(await readFile(path));
      const now = new Date();
      if (picture !== undefined) await utimes(path, now, now);
      return picture;
    } catch {
      // Another process may have removed it.
      return undefined;
    }
  }

  /** Keeps a picture. Where it cannot be written the next run paints it again, which is no failure of this one. */
  async put(key: string, picture: StoredPicture): Promise<void> {
    const file = pack(picture);
    this.#sizes.put(key, file.length);
    await this.#removed();
    if (this.#sizes.get(key) !== undefined) await writeWhole(this.#pathOf(key), file).catch(() => this.#sizes.delete(key));
  }

  #pathOf(key: string): string {
    return join(this.#folder, `${key}.atelier`);
  }

  async #removed(): Promise<void> {
    await Promise.all(this.#removals.splice(0));
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
}

function pack({ bytes, width, height }: StoredPicture): Uint8Array {
  return Buffer.concat([Buffer.from(`atelier picture 1 ${width}x${height} ${xxh64(bytes)}\n`), bytes]);
}

/** `undefined` for anything but what {@link pack} made, whole and unchanged. */
function unpack(file: Uint8Array): StoredPicture | undefined {
  const [header, width, height, hash] = HEADER.exec(Buffer.from(file.subarray(0, LONGEST_HEADER)).toString('latin1')) ?? [];
  if (header === undefined) return undefined;
  const bytes = file.subarray(header.length);
  return xxh64(bytes) === hash ? { bytes, width: Number(width), height: Number(height) } : undefined;
}
