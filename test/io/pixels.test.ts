import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { checkPixels } from '../../src/io/pixels.ts';

const data = (length: number): Uint8ClampedArray => new Uint8ClampedArray(length);

test('a picture passes, also one made in another context', () => {
  expect(() => checkPixels({ data: data(24), width: 3, height: 2 })).not.toThrow();
  expect(() => checkPixels(runInNewContext('({ data: new Uint8ClampedArray(4), width: 1, height: 1 })'))).not.toThrow();
});

test.each([
  ['nothing', undefined, 'is undefined, must be { data, width, height }'],
  ['null', null, 'is null, must be'],
  ['a path', 'photo.jpg', 'is "photo.jpg", must be'],
  ['no width', { data: data(4), height: 1 }, 'width is undefined, must be an integer of at least 1 px'],
  ['width 0', { data: data(0), width: 0, height: 1 }, 'width is 0, must be an integer of at least 1 px'],
  ['height 0', { data: data(0), width: 1, height: 0 }, 'height is 0, must'],
  ['a NaN', { data: data(4), width: NaN, height: 1 }, 'width is NaN, must'],
  ['a fraction', { data: data(4), width: 1, height: 1.5 }, 'height is 1.5, must'],
  ['a negative size', { data: data(4), width: -1, height: -1 }, 'width is -1, must'],
  ['an infinite size', { data: data(4), width: Infinity, height: 1 }, 'width is Infinity, must'],
  ['a size as text', { data: data(4), width: '1', height: 1 }, 'width is "1", must'],
  ['too few bytes', { data: data(23), width: 3, height: 2 }, 'data has 23 bytes, must have 4 * 3 * 2 = 24'],
  ['too many bytes', { data: data(28), width: 3, height: 2 }, 'data has 28 bytes, must'],
  ['plain bytes', { data: new Uint8Array(4), width: 1, height: 1 }, 'data is a value of type Uint8Array, must be a Uint8ClampedArray'],
  ['an array', { data: [0, 0, 0, 0], width: 1, height: 1 }, 'data is a value of type Array, must'],
  ['no data', { width: 1, height: 1 }, 'data is undefined, must'],
])('%s is refused with the value', (_name, value, message) => {
  expect(() => checkPixels(value, 'the mask')).toThrow(InputError);
  expect(() => checkPixels(value, 'the mask')).toThrow(`the mask: ${message}`);
});

test('a buffer that was transferred is refused', () => {
  const gone = data(4);
  structuredClone(gone.buffer, { transfer: [gone.buffer as ArrayBuffer] });
  expect(() => checkPixels({ data: gone, width: 1, height: 1 })).toThrow(/^pixels: data has 0 bytes, must have .* was not transferred$/);
});
