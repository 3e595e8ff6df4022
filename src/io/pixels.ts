import { InputError } from '../core/errors.ts';

/**
 * A picture in memory: RGBA, straight alpha, sRGB code values in [0, 255], rows from the top. An `ImageData` is one.
 *
 * @example
 * ```ts
 * import type { Pixels } from 'atelier-gpu';
 *
 * const red: Pixels = { data: new Uint8ClampedArray([255, 0, 0, 255]), width: 1, height: 1 };
 * ```
 */
export interface Pixels {
  /** `4 * width * height` bytes: red, green, blue, alpha of the first pixel, then of the one to its right. */
  readonly data: Uint8ClampedArray;
  /** Pixels in a row, an integer ≥ 1. */
  readonly width: number;
  /** Rows, an integer ≥ 1. */
  readonly height: number;
}

/**
 * Makes sure that a value is a picture: both sizes are integers ≥ 1 and `data` is a `Uint8ClampedArray` of exactly `4 * width * height` bytes.
 *
 * @param name - what the message calls the value
 * @throws {@link InputError} where it is not; the message holds the value found.
 * @example
 * ```ts
 * import { checkPixels } from 'atelier-gpu';
 *
 * const loaded: unknown = JSON.parse('{ "width": 0, "height": 2 }');
 * checkPixels(loaded, 'the mask'); // InputError: the mask: width is 0, must be an integer of at least 1 …
 * ```
 */
export function checkPixels(pixels: unknown, name = 'pixels'): asserts pixels is Pixels {
  if (typeof pixels !== 'object' || pixels === null) {
    throw new InputError(`${name}: is ${describe(pixels)}, must be { data, width, height } or an ImageData; decode a file first`);
  }
  const { data, width, height } = pixels as Record<keyof Pixels, unknown>;
  checkSize(name, 'width', width);
  checkSize(name, 'height', height);
  if (tagOf(data) !== 'Uint8ClampedArray') {
    throw new InputError(`${name}: data is ${describe(data)}, must be a Uint8ClampedArray of RGBA bytes; wrap other bytes: new Uint8ClampedArray(bytes)`);
  }
  const { length } = data as Uint8ClampedArray;
  if (length !== 4 * width * height) {
    throw new InputError(`${name}: data has ${length} bytes, must have 4 * ${width} * ${height} = ${4 * width * height}; give RGBA bytes without row padding, in a buffer that was not transferred`);
  }
}

function checkSize(name: string, side: string, size: unknown): asserts size is number {
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 1) return;
  throw new InputError(`${name}: ${side} is ${describe(size)}, must be an integer of at least 1 px; round it, and leave out empty pictures`);
}

// A tag rather than instanceof: an ImageData of another frame or vm context has another Uint8ClampedArray.
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return typeof value === 'object' && value !== null ? `a value of type ${tagOf(value)}` : String(value);
}
