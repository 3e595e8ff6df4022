import { u16le, type ByteAt } from '../byteAt.ts';
import type { StoredSize } from './storedSize.ts';

const EXTENSION = 0x21;
const FRAME = 0x2c;
const SCREEN_END = 13;

/**
 * The logical screen, enlarged to hold the first frame, as decoders do.
 * @see {@link https://www.w3.org/Graphics/GIF/spec-gif89a.txt}
 */
export function readGif(byte: ByteAt): StoredSize | undefined {
  const flags = byte(10);
  let at = SCREEN_END + (flags >= 0x80 ? 3 * 2 ** ((flags % 8) + 1) : 0);
  while (byte(at) === EXTENSION) at = endOfBlocks(byte, at + 2);
  if (byte(at) !== FRAME) return undefined;
  return { width: Math.max(u16le(byte, 6), u16le(byte, at + 1) + u16le(byte, at + 5)), height: Math.max(u16le(byte, 8), u16le(byte, at + 3) + u16le(byte, at + 7)) };
}

/** Data comes in blocks that begin with their length; an empty one is the last. */
function endOfBlocks(byte: ByteAt, start: number): number {
  let at = start;
  for (let length = byte(at); length > 0; length = byte(at)) at += 1 + length;
  return at + 1;
}
