import { spells, u32, type ByteAt } from '../byteAt.ts';
import { readOrientation } from './tiff.ts';
import type { StoredSize } from './storedSize.ts';

const SIGNATURE_BYTES = 8;
/** Length, name and checksum of a chunk. */
const CHUNK_FRAME = 12;

/**
 * The size in the first chunk, the orientation in an `eXIf` chunk before the pixels.
 * @see {@link https://www.w3.org/TR/png-3/#5DataRep}
 */
export function readPng(byte: ByteAt): StoredSize | undefined {
  if (!spells(byte, SIGNATURE_BYTES + 4, 'IHDR')) return undefined;
  return { width: u32(byte, 16), height: u32(byte, 20), orientation: orientationOf(byte) };
}

function orientationOf(byte: ByteAt): number | undefined {
  for (let at = SIGNATURE_BYTES; byte(at) >= 0 && !spells(byte, at + 4, 'IDAT'); at += CHUNK_FRAME + u32(byte, at)) {
    if (spells(byte, at + 4, 'eXIf')) return readOrientation(byte, at + 8);
  }
  return undefined;
}
