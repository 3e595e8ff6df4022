import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { bytesIn } from '../../src/io/byteAt.ts';
import { sniffType } from '../../src/io/sniff.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('a file of each kind is known by its first bytes', () => {
  const picture = sharp({ create: { width: 3, height: 2, channels: 3, background: '#c84' } });
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('%s', async (type) => {
    const file = await picture.clone().toFormat(type).toBuffer();
    expect(sniffType(bytesIn(file))).toBe(type);
    expect(sniffType(bytesIn(file.subarray(0, 64)))).toBe(type);
    expect(sniffType(bytesIn(file.subarray(0, 2)))).toBeUndefined();
  });

  test('bmp', () => expect(sniffType(bytesIn(bytesOf('BM\x46\0\0\0\0\0\0\0\x36\0\0\0')))).toBe('bmp'));
  test('heic', () => expect(sniffType(bytesIn(bytesOf('\0\0\0\x18ftypmif1\0\0\0\0mif1heic')))).toBe('heic'));
  test('tiff, big-endian and BigTIFF', () => {
    expect(sniffType(bytesIn(bytesOf('MM\0*\0\0\0\x08')))).toBe('tiff');
    expect(sniffType(bytesIn(bytesOf('II+\0\x08\0\0\0')))).toBe('tiff');
  });
  test('avif whose brand comes later in the list', () => {
    expect(sniffType(bytesIn(bytesOf('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf')))).toBe('avif');
  });
});

test.each([
  ['nothing', ''],
  ['text', 'BMW is a make of cars'],
  ['a page', '<!DOCTYPE html><title>404</title>'],
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a sound', 'RIFF\x24\0\0\0WAVEfmt '],
  ['MP4 with "avif" after its first box', '\0\0\0\x10ftypisom\0\0\0\0avif'],
  ['a cut ftyp', '\0\0\0\x10ftypavi'],
])('%s is none of them', (_name, text) => expect(sniffType(bytesIn(bytesOf(text)))).toBeUndefined());

test('a view that does not begin where its buffer does', () => {
  const file = bytesOf('????\0\0\0\x10ftypavif\0\0\0\0');
  expect(sniffType(bytesIn(file.subarray(4)))).toBe('avif');
});
