import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { PictureType } from '../../src/io/sniff.ts';

/** A type of file that sharp writes. */
export type WrittenType = Exclude<PictureType, 'bmp' | 'heic'>;

/** Every {@link WrittenType}. */
export const WRITTEN_TYPES: readonly WrittenType[] = ['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'];

/** A picture of one colour for sharp to write. */
export function plain(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#c84' } });
}

/** Bytes from letters, `\0` to `\xff`, and numbers of so many bytes: `[4, 300]` is a big-endian, `[-4, 300]` a little-endian one of four. */
export function bytesFrom(...parts: readonly (string | readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      const [bytes, value] = part;
      const number = Array.from({ length: Math.abs(bytes) }, (_, i) => Math.floor(value / 256 ** i) % 256);
      return Buffer.from(bytes < 0 ? number : number.reverse());
    }),
  );
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), body]);
  return Buffer.concat([bytesFrom([4, body.length]), named, bytesFrom([4, crc32(named)])]);
}

function box(name: string, ...content: readonly (string | readonly [number, number])[]): string {
  const body = bytesFrom(...content);
  return bytesFrom([4, body.length + 8], name).toString('latin1') + body.toString('latin1');
}

/** The boxes of an AVIF or HEIC up to its pixels; `properties` are its own beside the size, `strangers` those of other items. */
export function heifHeader(brand: string, width: number, height: number, properties = '', strangers = ''): Buffer {
  const count = 1 + [...properties.matchAll(/irot|imir/g)].length;
  const places = Array.from({ length: count }, (_, i) => [1, 0x80 + i + 1] as const);
  const list = box('ipco', box('ispe', [4, 0], [4, width], [4, height]), properties, strangers);
  const iprp = box('iprp', list, box('ipma', [4, 0], [4, 2], [2, 6], [1, 2], [1, count + 1], [1, 0x80 + count + 2], [2, 7], [1, count], ...places));
  return bytesFrom(box('ftyp', brand, [4, 0], 'mif1', brand), box('meta', [4, 0], box('hdlr', [4, 0], [4, 0], 'pict', [4, 0], [4, 0], [4, 0], '\0'), box('pitm', [4, 0], [2, 7]), iprp), box('mdat'));
}

/** A file of each type that says a size and has no pixels: what a decompression bomb begins with. */
export const bomb: Readonly<Record<PictureType, (width: number, height: number) => Buffer>> = {
  png: (width, height) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', bytesFrom([4, width], [4, height], '\x08\x06\0\0\0')), chunk('IDAT', Buffer.alloc(0)), chunk('IEND', Buffer.alloc(0))]),
  jpeg: (width, height) => bytesFrom('\xff\xd8\xff\xc0', [2, 11], '\x08', [2, height], [2, width], '\x01\x01\x11\0', '\xff\xda', [2, 8], '\x01\x01\0\0\x3f\0', '\xff\xd9'),
  webp: (width, height) => bytesFrom('RIFF', [-4, 40], 'WEBPVP8X', [-4, 10], [-4, 0], [-3, width - 1], [-3, height - 1], 'VP8L', [-4, 10], '\x2f', [-4, 0], [-4, 0], '\0'),
  gif: (width, height) => bytesFrom('GIF89a', [-2, width], [-2, height], '\0\0\0', '\x2c', [-2, 0], [-2, 0], [-2, width], [-2, height], '\0\x02\0;'),
  avif: (width, height) => heifHeader('avif', width, height),
  heic: (width, height) => heifHeader('heic', width, height),
  bmp: (width, height) => bytesFrom('BM', [-4, 54], [-4, 0], [-4, 54], [-4, 40], [-4, width], [-4, height], [-2, 1], [-2, 24], [-4, 0], [-4, 0], [-4, 0], [-4, 0], [-4, 0], [-4, 0]),
  tiff: (width, height) => bytesFrom('II*\0', [-4, 8], [-2, 2], [-2, 0x100], [-2, 4], [-4, 1], [-4, width], [-2, 0x101], [-2, 4], [-4, 1], [-4, height], [-4, 0]),
};

/** The longest sides that the fields of a type's header can say, up to what decoders take for a size at all. */
export const LARGEST: Readonly<Record<PictureType, number>> = { png: 2 ** 31 - 1, jpeg: 65_535, webp: 2 ** 24, gif: 65_535, avif: 2 ** 32 - 1, heic: 2 ** 32 - 1, bmp: 2 ** 31 - 1, tiff: 2 ** 32 - 1 };

/** A whole BMP of 24 bits a pixel, black; a negative height says that its rows begin at the top. */
export function bmp(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(Math.ceil((width * 3) / 4) * 4 * Math.abs(height));
  return bytesFrom('BM', [-4, 54 + pixels.length], [-4, 0], [-4, 54], [-4, 40], [-4, width], [-4, height < 0 ? height + 2 ** 32 : height], [-2, 1], [-2, 24], [-4, 0], [-4, pixels.length], [-4, 0], [-4, 0], [-4, 0], [-4, 0], pixels.toString('latin1'));
}
