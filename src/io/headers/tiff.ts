import { spells, u16, u16le, u32, u32le, type ByteAt } from '../byteAt.ts';
import type { StoredSize } from './storedSize.ts';

const IMAGE_WIDTH = 0x100;
const IMAGE_LENGTH = 0x101;
const ORIENTATION = 0x112;

const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;
/** Of a directory; real ones have some dozens. */
const MOST_ENTRIES = 512;

/**
 * The size and the orientation in the first directory, wherever in the file it lies.
 * @see {@link https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf}
 */
export function readTiff(byte: ByteAt): StoredSize | undefined {
  const width = entry(byte, 0, IMAGE_WIDTH);
  const height = entry(byte, 0, IMAGE_LENGTH);
  if (width === undefined || height === undefined) return undefined;
  return { width, height, orientation: readOrientation(byte, 0) };
}

/** The orientation that EXIF data say, which are a TIFF of their own that begins at `start`. */
export function readOrientation(byte: ByteAt, start: number): number | undefined {
  return entry(byte, start, ORIENTATION);
}

function entry(byte: ByteAt, start: number, tag: number): number | undefined {
  const little = spells(byte, start, 'II*\0');
  if (!little && !spells(byte, start, 'MM\0*')) return undefined;
  const short = little ? u16le : u16;
  const long = little ? u32le : u32;
  const directory = start + long(byte, start + 4);
  const entries = Math.min(short(byte, directory), MOST_ENTRIES);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * ENTRY_BYTES;
    if (short(byte, at) !== tag) continue;
    const type = short(byte, at + 2);
    return type === SHORT ? short(byte, at + 8) : type === LONG ? long(byte, at + 8) : undefined;
  }
  return undefined;
}
