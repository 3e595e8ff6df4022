import { mkdir, rm, writeFile } from 'node:fs/promises';
import { ParameterError } from '../core/errors.ts';
import { unfinishedName } from '../node/writeWhole.ts';

/**
 * Makes a folder if it does not exist, and writes and removes an empty file in it: only that tells on every system whether files can be written.
 * @param option - the one that gave it, for the message
 * @throws {@link ParameterError} where they cannot.
 */
export async function openFolder(folder: string, option: string): Promise<void> {
  const probe = unfinishedName(folder, 'probe');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, '', { flag: 'wx' });
    await rm(probe);
  } catch (cause) {
    throw new ParameterError(`the folder "${folder}" cannot be written to (${(cause as Error).message}); give another with ${option}`, { cause });
  }
}
