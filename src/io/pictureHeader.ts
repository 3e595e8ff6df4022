import { InputError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import { atMost, bytesIn, type ByteAt } from './byteAt.ts';
import { readBmp } from './headers/bmp.ts';
import { readGif } from './headers/gif.ts';
import { readHeif } from './headers/heif.ts';
import { readJpeg } from './headers/jpeg.ts';
import { readPng } from './headers/png.ts';
import type { StoredSize } from './headers/storedSize.ts';
import { readTiff } from './headers/tiff.ts';
import { readWebp } from './headers/webp.ts';
import { readBlob } from './readBlob.ts';
import { sniffType, type PictureType } from './sniff.ts';

/** What a picture file says of itself before its pixels. */
export interface PictureHeader extends Size {
  /** The kind of file, by its content, whatever it is called. */
  readonly type: PictureType;
  /** Pixels in a row as they are stored, an integer ≥ 1. Upright it is the height where `orientation` is 5 to 8. */
  readonly width: number;
  /** Rows as they are stored, an integer ≥ 1. */
  readonly height: number;
  /** How the stored picture is turned, as EXIF counts it: 1 is upright, 2 to 8 are mirrored or turned. Browsers ignore that of a WebP. */
  readonly orientation: number;
}

const PARSERS: Readonly<Record<PictureType, (byte: ByteAt) => StoredSize | undefined>> = { png: readPng, jpeg: readJpeg, webp: readWebp, gif: readGif, avif: readHeif, heic: readHeif, bmp: readBmp, tiff: readTiff };

/** Single bytes that a parser may look at; honest files need some hundreds, JPEGs with megabytes of metadata some thousands. */
const MOST_READS = 2 ** 16;
const PAGE_BYTES = 2 ** 15;
/** Of a blob, four mebibytes. */
const MOST_PAGES = 128;

/**
 * Reads the size of an encoded picture from its header, without decoding anything: to check an upload, or to reserve its place on a page. It works in browsers and servers, needs no GPU, and never reads more of a blob than it must, four MiB at most.
 * The header of a PNG, JPEG, WebP, GIF, AVIF, HEIC, BMP or TIFF is known; whether the pixels behind it can be decoded is not.
 *
 * @param source - a file, or its bytes; of most files the first 64 KiB are enough. It is not kept.
 * @returns `undefined` where the source is no such picture, or does not say its size
 * @throws {@link InputError} where the blob cannot be read, since its file was changed or removed; for a source of another type.
 * @example
 * ```ts
 * import { readPictureHeader } from 'atelier-gpu';
 *
 * async function refuse(upload: Blob): Promise<string | undefined> {
 *   const header = await readPictureHeader(upload);
 *   if (header === undefined) return 'This is no picture we know. Please send a PNG, JPEG, WebP or AVIF.';
 *   const megapixels = (header.width * header.height) / 1e6;
 *   return megapixels > 24 ? `The picture has ${megapixels.toFixed(0)} megapixels, at most 24 are accepted.` : undefined;
 * }
 * ```
 */
export async function readPictureHeader(source: Blob | Uint8Array | ArrayBuffer): Promise<PictureHeader | undefined> {
  if (source instanceof Blob) return readPages(source);
  return parseHeader(bytesIn(bytesOf(source)));
}

function bytesOf(source: Uint8Array | ArrayBuffer): Uint8Array {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  const type = Object.prototype.toString.call(source).slice(8, -1);
  // A tag rather than instanceof: frames and vm contexts have another ArrayBuffer.
  if (type === 'ArrayBuffer' || type === 'SharedArrayBuffer') return new Uint8Array(source);
  throw new InputError(`readPictureHeader: the source is of type ${type}, must be a Blob or File, a Uint8Array or an ArrayBuffer; of a path give the file's bytes, or in Node await openAsBlob(path)`);
}

/** The header of a file of which every byte is at hand. Takes bounded time, whatever the bytes are. */
export function parseHeader(byte: ByteAt): PictureHeader | undefined {
  const bounded = atMost(MOST_READS, byte);
  const type = sniffType(bounded);
  const stored = type && PARSERS[type](bounded);
  if (type === undefined || stored === undefined || !(stored.width >= 1 && stored.height >= 1)) return undefined;
  const { width, height, orientation = 1 } = stored;
  return { type, width, height, orientation: orientation >= 1 && orientation <= 8 ? orientation : 1 };
}

/** Parses again with each page that was missing, so that parsers know nothing of waiting, and what they skip is never read. */
async function readPages(blob: Blob): Promise<PictureHeader | undefined> {
  const pages = new Map<number, Uint8Array>();
  for (;;) {
    let missing: number | undefined;
    const header = parseHeader((offset) => {
      if (!(offset < blob.size)) return NaN;
      const page = Math.floor(offset / PAGE_BYTES);
      const bytes = pages.get(page);
      if (bytes === undefined) missing ??= page;
      return bytes?.[offset % PAGE_BYTES] ?? NaN;
    });
    if (missing === undefined || pages.size === MOST_PAGES) return header;
    pages.set(missing, await readBlob(blob, missing * PAGE_BYTES, (missing + 1) * PAGE_BYTES));
  }
}
