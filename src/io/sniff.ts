import { spells, u32, type ByteAt } from './byteAt.ts';

/** The kinds of picture file that are known by their first bytes. */
export type PictureType = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'heic' | 'bmp' | 'tiff';

/**
 * What kind of picture file this is, from its first bytes alone. The rest may still be broken or missing.
 *
 * @param byte - the file, or at least its first 64 bytes
 * @returns `undefined` where the bytes are none of the known kinds
 * @example
 * ```ts
 * sniffType(bytesIn(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))); // 'jpeg'
 * sniffType(bytesIn(new TextEncoder().encode('<!DOCTYPE html>'))); // undefined
 * ```
 */
export function sniffType(byte: ByteAt): PictureType | undefined {
  if (spells(byte, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (spells(byte, 0, '\xff\xd8\xff')) return 'jpeg';
  if (spells(byte, 0, 'RIFF') && spells(byte, 8, 'WEBP')) return 'webp';
  if (spells(byte, 0, 'GIF87a') || spells(byte, 0, 'GIF89a')) return 'gif';
  if (spells(byte, 4, 'ftyp')) return typeByBrand(byte);
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((signature) => spells(byte, 0, signature))) return 'tiff';
  // "BM" alone also begins a text: the four reserved bytes after the file size are zero in a BMP.
  if (spells(byte, 0, 'BM') && spells(byte, 6, '\0\0\0\0')) return 'bmp';
  return undefined;
}

const BRANDS: readonly (readonly [PictureType, readonly string[]])[] = [
  ['avif', ['avif', 'avis']],
  ['heic', ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis']],
];
/** As many bytes of the list of brands are looked at. */
const BRANDS_END = 256;

// AVIF, HEIC and MP4 files share the container; the list of brands that is its first box tells them apart.
function typeByBrand(byte: ByteAt): PictureType | undefined {
  const end = Math.min(u32(byte, 0), BRANDS_END);
  for (const [type, brands] of BRANDS) {
    for (let at = 8; at + 4 <= end; at += 4) if (brands.some((brand) => spells(byte, at, brand))) return type;
  }
  return undefined;
}
