const BLOCK = 512;

/**
 * The regular files of a tar archive (ustar), by name. Links, folders and extended headers are skipped.
 *
 * @param archive - the whole archive, not compressed
 * @returns views into `archive`, not copies
 * @throws RangeError where the archive ends inside a file.
 * @example
 * ```ts
 * import { readFile, writeFile } from 'node:fs/promises';
 *
 * const files = readTar(await readFile('driver.tar'));
 * await writeFile('driver.json', files.get('driver.json')!);
 * ```
 */
export function readTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const name = text(archive, at, 100);
    const size = parseInt(text(archive, at + 124, 12), 8);
    const type = text(archive, at + 156, 1);
    const start = at + BLOCK;
    if (!Number.isFinite(size) || start + size > archive.length) {
      throw new RangeError(`tar: "${name}" says ${size} bytes, ${archive.length - start} are left; the archive is cut off or no tar`);
    }
    if (type === '0' || type === '') files.set(name, archive.subarray(start, start + size));
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function text(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}
