import { DecodeError, ParameterError } from '../core/errors.ts';
import { bytesIn } from '../io/byteAt.ts';
import { checkInputSize, type InputLimits } from '../io/inputLimits.ts';
import { parseHeader } from '../io/pictureHeader.ts';
import type { Pixels } from '../io/pixels.ts';
import { sniffType, type PictureType } from '../io/sniff.ts';
import { loadSharp } from './loadSharp.ts';
import { readBytes } from './readBytes.ts';

/** Limits of {@link decode}. */
export interface DecodeOptions extends Partial<InputLimits> {
  /** The most pixels a picture may have, by its header: larger ones are refused before they are decoded. Default 64e6; `Infinity` for any. */
  readonly maxPixels?: number;
  /** The longest side a picture may have, in px, by its header. Default `Infinity`. */
  readonly maxSide?: number;
  /** Scale down while decoding so that the long side is at most this, in px. Never scales up. Default `Infinity`. */
  readonly maxSize?: number;
}

const PICTURE = 'decode: the picture';
const KNOWN = 'PNG, JPEG, WebP, GIF, AVIF or TIFF';

/**
 * Decodes a picture file to sRGB code values with straight alpha, upright (the EXIF orientation is applied). Embedded colour profiles are converted to sRGB, 16 bits a channel become 8, and of an animation the first frame is taken.
 *
 * @param source - a PNG, JPEG, WebP, GIF, AVIF or TIFF file: its bytes, its path, or a `file:` URL. Bytes must not change until the promise settles; they are not kept.
 * @throws {@link InputError} where there is no such file, or the source is of another type.
 * @throws {@link InputTooLargeError} where the header says more than `maxPixels` or `maxSide`.
 * @throws {@link DecodeError} where the bytes are no picture, or end too early.
 * @throws {@link ParameterError} where an option is not a number of at least 1.
 * @throws {@link UnsupportedError} where the optional peer `sharp` is not installed.
 * @example
 * ```ts
 * import { decode } from 'atelier-gpu/node';
 *
 * const photo = await decode('photo.jpg', { maxSize: 1024 });
 * console.log(photo.width, photo.height);
 * ```
 */
export async function decode(source: Uint8Array | ArrayBuffer | string | URL, options: DecodeOptions = {}): Promise<Pixels> {
  const { maxPixels = 64e6, maxSide = Infinity, maxSize = Infinity } = options;
  checkLimits({ maxPixels, maxSide, maxSize });
  const bytes = await readBytes(source);
  if (typeOf(bytes) === undefined) throw new DecodeError(`decode: ${describe(bytes)}, must be a ${KNOWN} file; ${whatToDo(bytes)}`);
  const limits = { maxPixels, maxSide };
  const header = parseHeader(bytesIn(bytes));
  if (header !== undefined) checkInputSize(header, limits, PICTURE);

  const sharp = await loadSharp('decode');
  // Once more with what the decoder reads: it knows headers that we do not, and has the last word on the others.
  const size = await sharp(bytes, { limitInputPixels: false }).metadata().catch(undecodable(bytes));
  checkInputSize(size, limits, PICTURE);
  // 'error' rather than sharp's stricter 'warning': many cameras write JPEGs with stray bytes that every viewer shows.
  const picture = sharp(bytes, { failOn: 'error', limitInputPixels: false }).rotate();
  if (Math.max(size.width, size.height) > maxSize) picture.resize(maxSize, maxSize, { fit: 'inside' });
  // sharp's defaults for raw output are sRGB and 8 bits.
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true }).catch(undecodable(bytes));
  return { data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength), width: info.width, height: info.height };
}

function checkLimits(limits: Required<DecodeOptions>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value === 'number' && value >= 1 && (Number.isInteger(value) || value === Infinity)) continue;
    throw new ParameterError(`decode: ${name} is ${String(value)}, must be an integer of at least 1, or Infinity; leave it out for the default`);
  }
}

function undecodable(bytes: Uint8Array): (cause: Error) => never {
  return (cause) => {
    throw new DecodeError(`decode: ${describe(bytes)}, cannot be decoded (${cause.message.trim().split('\n', 1)[0]}), must be a whole ${KNOWN} file; ${whatToDo(bytes)}`, { cause });
  };
}

function describe(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'the source is empty (0 bytes)';
  const start = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `the source, ${bytes.length} bytes of type ${typeOf(bytes) ?? `unknown (they start with ${start})`}`;
}

function whatToDo(bytes: Uint8Array): string {
  const type = typeOf(bytes);
  if (type === 'bmp') return 'save it as PNG';
  if (type === 'heic') return 'save it as JPEG';
  return 'look whether it was saved or downloaded completely, or save it as PNG';
}

function typeOf(bytes: Uint8Array): PictureType | undefined {
  return sniffType(bytesIn(bytes));
}
