import { spells, u16, type ByteAt } from '../byteAt.ts';
import { readOrientation } from './tiff.ts';
import type { StoredSize } from './storedSize.ts';

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const APP1 = 0xe1;
/** In the range of the frame markers C0 to CF: tables of Huffman codes, an extension, conditions of arithmetic coding. */
const NO_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

/**
 * The size in the frame header, the orientation in the first EXIF segment before it.
 * @see {@link https://www.w3.org/Graphics/JPEG/itu-t81.pdf} annex B
 */
export function readJpeg(byte: ByteAt): StoredSize | undefined {
  let orientation: number | undefined;
  for (let at = markerFrom(byte, 2); ; at = markerFrom(byte, at)) {
    const marker = byte(at);
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) return { width: u16(byte, at + 6), height: u16(byte, at + 4), orientation };
    if (standsAlone(marker)) {
      at++;
      continue;
    }
    const length = u16(byte, at + 1);
    // A scan without a frame before it cannot be decoded; neither can a length that does not count its own two bytes.
    if (marker === START_OF_IMAGE || marker === END_OF_IMAGE || marker === START_OF_SCAN || !(length >= 2)) return undefined;
    if (marker === APP1 && spells(byte, at + 3, 'Exif\0')) orientation ??= readOrientation(byte, at + 9);
    at += 1 + length;
  }
}

/** Where the next marker's code stands. As decoders do, it skips what lies between two segments. */
function markerFrom(byte: ByteAt, start: number): number {
  let at = start;
  for (;;) {
    while (byte(at) < 0xff) at++;
    while (byte(at) === 0xff) at++;
    if (byte(at) !== 0) return at;
  }
}

/** Markers without a segment: TEM and restarts. */
function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}
