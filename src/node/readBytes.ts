import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { InputError } from '../core/errors.ts';

/**
 * The bytes of a file, or the bytes given, not copied.
 *
 * @param source - bytes, a path, or a `file:` URL
 * @throws {@link InputError} where the file does not exist or cannot be read, or the value is of another type.
 * @example
 * ```ts
 * const bytes = await readBytes(new URL('./photo.jpg', import.meta.url));
 * ```
 */
export async function readBytes(source: Uint8Array | ArrayBuffer | string | URL): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  // A tag rather than instanceof: test runners and vm contexts have another ArrayBuffer.
  if (Object.prototype.toString.call(source) === '[object ArrayBuffer]') return new Uint8Array(source as ArrayBuffer);
  if (typeof source === 'string') return readPath(source);
  if (source instanceof URL) return readPath(pathOf(source));
  const type = source === null ? 'null' : typeof source === 'object' ? Object.prototype.toString.call(source).slice(8, -1) : typeof source;
  throw new InputError(`decode: the source is of type ${type}, must be a Uint8Array, an ArrayBuffer, a path or a file: URL; for a Blob or a Response give await source.arrayBuffer()`);
}

function pathOf(url: URL): string {
  if (url.protocol === 'file:') return fileURLToPath(url);
  throw new InputError(`decode: the URL is ${url.href.slice(0, 200)}, must be a file: URL; fetch it first and give its bytes`);
}

async function readPath(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new InputError(`decode: "${path.slice(0, 200)}" ${whyUnreadable(cause)}; give the path of a picture file that exists and may be read`, { cause });
  }
}

function whyUnreadable(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EISDIR') return 'is a folder';
  return `cannot be read (${message})`;
}
