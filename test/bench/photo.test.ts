import { expect, test } from 'vitest';
import { makePhoto } from '../../bench/photo.ts';
import { flat, scene, texel } from '../support/pictures.ts';

test('a photo has the size asked for, is opaque, and is the same each time', () => {
  const photo = makePhoto(scene(30, 20), { width: 64, height: 36 });
  expect([photo.width, photo.height, photo.data.length]).toEqual([64, 36, 4 * 64 * 36]);
  expect(photo.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  expect(makePhoto(scene(30, 20), { width: 64, height: 36 })).toEqual(photo);
});

test('no two neighbours are surely equal, and there are edges from one pixel to the next', () => {
  const photo = makePhoto(flat(8, 8, [128, 128, 128]), { width: 128, height: 128 });
  const at = (x: number, y: number): number => texel(photo, x, y)[0] as number;
  const row = Array.from({ length: 128 }, (_, x) => at(x, 20));
  expect(Math.max(...row) - Math.min(...row)).toBeGreaterThan(4);
  expect(Math.max(...row) - Math.min(...row)).toBeLessThan(10);
  const ruled = Array.from({ length: 127 }, (_, x) => Math.abs(at(x + 1, 127) - at(x, 127)));
  expect(Math.max(...ruled)).toBeGreaterThan(60);
});

test('the middle of the sample stays in the middle, whatever is cropped', () => {
  const sample = { ...flat(90, 30, [0, 0, 0]) };
  sample.data.set([255, 255, 255], 4 * (15 * 90 + 45));
  const { data } = makePhoto(sample, { width: 30, height: 30 });
  expect(data[4 * (15 * 30 + 15)]).toBeGreaterThan(200);
});
