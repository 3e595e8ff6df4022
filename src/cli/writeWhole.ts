import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ParameterError } from '../core/errors.ts';

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

/**
 * Makes a folder if it does not exist, and writes and removes an empty file in it: only that tells on every system whether files can be written.
 * @throws {@link ParameterError} where they cannot.
 */
export async function openFolder(folder: string): Promise<void> {
  const probe = unfinishedName(folder, 'probe');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '', { flag: 'wx' });
    await rm(probe);
  } catch (cause) {
    throw new ParameterError(`the folder "${folder}" cannot be written to (${(cause as Error).message}); give another with --out`, { cause });
  }
}

/** Short, because names have a limit, and hidden. */
function unfinishedName(folder: string, name: string): string {
  return join(folder, `.${name.slice(0, 40)}.${randomUUID().slice(0, 8)}.tmp`);
}
