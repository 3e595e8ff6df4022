import { spells, u16, u32, type ByteAt } from '../byteAt.ts';
import type { StoredSize } from './storedSize.ts';

/** What lies inside a box. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** EXIF's number for a rotation by 0 to 3 quarters against the clock and then no mirror, one of top and bottom, one of left and right. */
const UNMIRRORED: readonly number[] = [1, 8, 3, 6];
const TOP_WITH_BOTTOM: readonly number[] = [4, 5, 2, 7];
const LEFT_WITH_RIGHT: readonly number[] = [2, 7, 4, 5];

/**
 * The size, rotation and mirror of an AVIF's or HEIC's primary item: properties that stand in one list (`ipco`) and are given to items by their place in it (`ipma`).
 * @see {@link https://aomediacodec.github.io/av1-avif/}
 */
export function readHeif(byte: ByteAt): StoredSize | undefined {
  const meta = find(byte, { start: 0, end: Infinity }, 'meta');
  const inMeta = meta && { start: meta.start + 4, end: meta.end };
  const primary = inMeta && find(byte, inMeta, 'pitm');
  const properties = inMeta && find(byte, inMeta, 'iprp');
  const list = properties && find(byte, properties, 'ipco');
  if (primary === undefined || properties === undefined || list === undefined) return undefined;
  const item = byte(primary.start) === 0 ? u16(byte, primary.start + 4) : u32(byte, primary.start + 4);
  return describe(byte, list, placesOf(byte, properties, item));
}

function describe(byte: ByteAt, list: Span, places: ReadonlySet<number>): StoredSize | undefined {
  let size: StoredSize | undefined;
  let quarters = 0;
  let byMirror = UNMIRRORED;
  let place = 0;
  for (const { start, head } of boxes(byte, list)) {
    if (!places.has(++place)) continue;
    if (spells(byte, head, 'ispe')) size = { width: u32(byte, start + 4), height: u32(byte, start + 8) };
    if (spells(byte, head, 'irot')) quarters = byte(start) % 4;
    if (spells(byte, head, 'imir')) byMirror = byte(start) % 2 === 0 ? TOP_WITH_BOTTOM : LEFT_WITH_RIGHT;
  }
  return size && { ...size, orientation: byMirror[quarters] };
}

/** The places of an item's properties in their list, counted from 1. */
function placesOf(byte: ByteAt, properties: Span, item: number): Set<number> {
  const places = new Set<number>();
  for (const { start, head, end } of boxes(byte, properties)) {
    if (!spells(byte, head, 'ipma')) continue;
    const itemBytes = byte(start) === 0 ? 2 : 4;
    const placeBytes = (byte(start + 3) % 2) + 1;
    const items = u32(byte, start + 4);
    for (let i = 0, at = start + 8; i < items && at < end; i++) {
      const isOurs = (itemBytes === 2 ? u16(byte, at) : u32(byte, at)) === item;
      const count = byte(at + itemBytes);
      at += itemBytes + 1;
      // The highest bit says whether a property is essential.
      for (let k = 0; k < (isOurs ? count : 0); k++) places.add(placeBytes === 1 ? byte(at + k) % 0x80 : u16(byte, at + 2 * k) % 0x8000);
      at += count * placeBytes;
    }
  }
  return places;
}

function find(byte: ByteAt, inside: Span, name: string): Span | undefined {
  for (const box of boxes(byte, inside)) if (spells(byte, box.head, name)) return box;
  return undefined;
}

/** The boxes in a span, one after the other; `head` is where a box's name stands. */
function* boxes(byte: ByteAt, { start, end }: Span): Generator<Span & { readonly head: number }> {
  for (let at = start; at < end; ) {
    const short = u32(byte, at);
    // 1: the size follows as eight bytes. 0: up to the end of what it lies in.
    const size = short === 1 ? u32(byte, at + 8) * 2 ** 32 + u32(byte, at + 12) : short === 0 ? end - at : short;
    const headBytes = short === 1 ? 16 : 8;
    if (!(size >= headBytes && at + size <= end)) return;
    yield { head: at + 4, start: at + headBytes, end: at + size };
    at += size;
  }
}
