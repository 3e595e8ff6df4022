import { expect, test } from 'vitest';
import { nameOutputs } from '../../src/cli/nameOutputs.ts';

const stemsOf = (inputs: string[], folder = 'out'): string[] => nameOutputs(inputs, ['oil', 'sketch'], folder, 'png').map(({ stem }) => stem);

test('the name without its extension, then the painting', () => {
  expect(nameOutputs(['a/photo.v2.jpg'], ['sketch', 'oil'], 'out', 'jpg')).toEqual([{ stem: 'photo.v2', numbered: false, paths: { sketch: 'out/photo.v2.sketch.jpg', oil: 'out/photo.v2.oil.jpg' } }]);
  expect(nameOutputs(['photo.jpg'], ['oil'], '.', 'png')[0]?.paths).toEqual({ oil: 'photo.oil.png' });
});

test('equal names are numbered', () => {
  expect(stemsOf(['a/x.jpg', 'b/x.jpg', 'b/x.png', 'b/y.png'])).toEqual(['x', 'x-2', 'x-3', 'y']);
  expect(stemsOf(['a/x.jpg', 'b/X.jpg'])).toEqual(['x', 'X-2']);
});

test('a numbered name leaves other inputs their own', () => {
  expect(stemsOf(['a/x.jpg', 'b/x.jpg', 'x-2.jpg', 'x-3.jpg'])).toEqual(['x', 'x-4', 'x-2', 'x-3']);
});

test('no input is written over', () => {
  expect(stemsOf(['photo.png', 'photo.oil.png'], '.')).toEqual(['photo-2', 'photo.oil']);
  expect(stemsOf(['photo.png', 'photo.oil.png'], 'out')).toEqual(['photo', 'photo.oil']);
});
