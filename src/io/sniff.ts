/** The kinds of picture file that {@link sniffType} knows. */
export type PictureType = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'bmp' | 'tiff';

/**
 * What kind of picture file this is, from its first bytes alone. The rest may still be broken or missing.
 *
 * @param bytes - the file, or at least its first 64 bytes
 * @returns `undefined` where the bytes are none of the known kinds
 * @example
 * ```ts
 * sniffType(new Uint8Array([0xff, 0xd8, 0xff, 0xe0])); // 'jpeg'
 * sniffType(new TextEncoder().encode('<!DOCTYPE html>')); // undefined
 * ```
 */
export function sniffType(bytes: Uint8Array): PictureType | undefined {
  if (has(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (has(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (has(bytes, 0, 'RIFF') && has(bytes, 8, 'WEBP')) return 'webp';
  if (has(bytes, 0, 'GIF87a') || has(bytes, 0, 'GIF89a')) return 'gif';
  if (has(bytes, 4, 'ftyp') && hasAvifBrand(bytes)) return 'avif';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((signature) => has(bytes, 0, signature))) return 'tiff';
  // "BM" alone also begins a text: the four reserved bytes after the file size are zero in a BMP.
  if (has(bytes, 0, 'BM') && has(bytes, 6, '\0\0\0\0')) return 'bmp';
  return undefined;
}

function has(bytes: Uint8Array, at: number, signature: string): boolean {
  return signature.length <= bytes.length - at && [...signature].every((byte, i) => bytes[at + i] === byte.charCodeAt(0));
}

// HEIC and MP4 files share the container; the list of brands that ends the first box tells them apart.
function hasAvifBrand(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false;
  const boxEnd = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  for (let at = 8; at + 4 <= Math.min(boxEnd, bytes.length, 256); at += 4) {
    if (has(bytes, at, 'avif') || has(bytes, at, 'avis')) return true;
  }
  return false;
}
