import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Writes a file so that it appears whole, under its name, or not at all. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = unfinishedName(dirname(path), basename(path));
  try {
    await writeFile(unfinished, bytes, { flag: 'wx' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** A name for a file that is not whole yet: short, because names have a limit, and hidden. */
export function unfinishedName(folder: string, name: string): string {
  return join(folder, `.${name.slice(0, 40)}.${randomUUID().slice(0, 8)}.tmp`);
}
