import { u16le, u32le, type ByteAt } from '../byteAt.ts';
import type { StoredSize } from './storedSize.ts';

/** How long the header of OS/2 1.x is, whose sizes have two bytes; all others have four. */
const CORE_HEADER = 12;

/**
 * The size in the header behind the file's own fourteen bytes. A negative height says that the rows begin at the top.
 * @see {@link https://learn.microsoft.com/windows/win32/gdi/bitmap-header-types}
 */
export function readBmp(byte: ByteAt): StoredSize {
  if (u32le(byte, 14) === CORE_HEADER) return { width: u16le(byte, 18), height: u16le(byte, 20) };
  return { width: signed(u32le(byte, 18)), height: Math.abs(signed(u32le(byte, 22))) };
}

function signed(value: number): number {
  return value >= 2 ** 31 ? value - 2 ** 32 : value;
}
