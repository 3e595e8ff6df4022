import { InputError } from '../core/errors.ts';

/**
 * The bytes of a blob between two offsets, fewer where it ends before.
 * @throws {@link InputError} where the file behind it was changed or removed.
 */
export async function readBlob(blob: Blob, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await blob.slice(from, to).arrayBuffer());
  } catch (cause) {
    throw new InputError(`the picture file cannot be read (${String(cause)}); it may have been changed or removed since it was chosen, choose it again`, { cause });
  }
}
