import { spells, u16le, u24le, u32le, type ByteAt } from '../byteAt.ts';
import { readOrientation } from './tiff.ts';
import type { StoredSize } from './storedSize.ts';

/** Behind "RIFF", the file's size and "WEBP". */
const FIRST_CHUNK = 12;
const CHUNK_HEAD = 8;
const BODY = FIRST_CHUNK + CHUNK_HEAD;
/** Sizes have fourteen bits, but those of an extended file. */
const SIDE_STEPS = 2 ** 14;
const JPEG_PREFIX = 'Exif\0\0';

/**
 * The size in the first chunk, whichever of the three kinds it is; the orientation in the EXIF chunk of an extended file, behind its pixels.
 * @see {@link https://developers.google.com/speed/webp/docs/riff_container}
 */
export function readWebp(byte: ByteAt): StoredSize | undefined {
  if (spells(byte, FIRST_CHUNK, 'VP8X')) return { width: u24le(byte, BODY + 4) + 1, height: u24le(byte, BODY + 7) + 1, orientation: orientationOf(byte) };
  // The start code of a key frame, behind the frame tag of three bytes.
  if (spells(byte, FIRST_CHUNK, 'VP8 ') && spells(byte, BODY + 3, '\x9d\x01\x2a')) return { width: u16le(byte, BODY + 6) % SIDE_STEPS, height: u16le(byte, BODY + 8) % SIDE_STEPS };
  if (spells(byte, FIRST_CHUNK, 'VP8L') && spells(byte, BODY, '\x2f')) {
    const bits = u32le(byte, BODY + 1);
    return { width: (bits % SIDE_STEPS) + 1, height: (Math.floor(bits / SIDE_STEPS) % SIDE_STEPS) + 1 };
  }
  return undefined;
}

function orientationOf(byte: ByteAt): number | undefined {
  for (let at = FIRST_CHUNK; byte(at) >= 0; at += evenly(CHUNK_HEAD + u32le(byte, at + 4))) {
    // Some writers put the prefix of a JPEG's EXIF here, which the format does not have.
    if (spells(byte, at, 'EXIF')) return readOrientation(byte, at + CHUNK_HEAD + (spells(byte, at + CHUNK_HEAD, JPEG_PREFIX) ? JPEG_PREFIX.length : 0));
  }
  return undefined;
}

/** Chunks begin at even offsets. */
function evenly(bytes: number): number {
  return bytes + (bytes % 2);
}
