/**
 * Gives the byte of a file at an offset, and NaN where the file has none.
 *
 * Sums with NaN are NaN and comparisons with it are false: a loop that reads past the end stops, and a size read there fails the one check that every size has to pass. So a parser checks no offsets.
 * It must not use `&`, `|` or `>>`, which make 0 of NaN, but `%` and `Math.floor`.
 */
export type ByteAt = (offset: number) => number;

/** Reads bytes in memory. */
export function bytesIn(bytes: Uint8Array): ByteAt {
  return (offset) => bytes[offset] ?? NaN;
}

/** The same bytes, and none any more after so many were read: whatever a parser does, it ends. */
export function atMost(reads: number, byte: ByteAt): ByteAt {
  let left = reads;
  return (offset) => (left-- > 0 ? byte(offset) : NaN);
}

/** Whether these bytes stand at an offset; each letter is one, `\0` to `\xff`. */
export function spells(byte: ByteAt, at: number, letters: string): boolean {
  for (let i = 0; i < letters.length; i++) if (byte(at + i) !== letters.charCodeAt(i)) return false;
  return true;
}

/** Two bytes, the greater first. */
export function u16(byte: ByteAt, at: number): number {
  return byte(at) * 0x100 + byte(at + 1);
}

/** Four bytes, the greatest first. */
export function u32(byte: ByteAt, at: number): number {
  return u16(byte, at) * 0x1_0000 + u16(byte, at + 2);
}

/** Two bytes, the lesser first. */
export function u16le(byte: ByteAt, at: number): number {
  return byte(at) + byte(at + 1) * 0x100;
}

/** Three bytes, the least first. */
export function u24le(byte: ByteAt, at: number): number {
  return u16le(byte, at) + byte(at + 2) * 0x1_0000;
}

/** Four bytes, the least first. */
export function u32le(byte: ByteAt, at: number): number {
  return u16le(byte, at) + u16le(byte, at + 2) * 0x1_0000;
}
