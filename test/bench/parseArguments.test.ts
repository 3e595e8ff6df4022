import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../bench/parseArguments.ts';
import { ParameterError } from '../../src/core/errors.ts';

const known = ['pencilSketch', 'pencilDodge', 'oilPainting'];

test('without words every scenario runs seven times, at the sizes that suit the adapter', () => {
  expect(parseArguments([], known)).toEqual({ scenarios: known, sizes: undefined, repeats: 7 });
});

test('a word stands for every scenario that starts with it, in the order of the tables', () => {
  expect(parseArguments(['oil', 'pencil'], known).scenarios).toEqual(known);
  expect(parseArguments(['pencilD'], known).scenarios).toEqual(['pencilDodge']);
});

test('sizes and repeats', () => {
  const { sizes, repeats } = parseArguments(['--sizes', '640x360,160x90', '--repeats', '3'], known);
  expect(sizes).toEqual([{ width: 640, height: 360 }, { width: 160, height: 90 }]);
  expect(repeats).toBe(3);
});

describe('wrong usage', () => {
  test.each([
    [['watercolor'], /no scenario "watercolor"; there are pencilSketch, pencilDodge, oilPainting/],
    [['--sizes', '640'], /--sizes has "640", must be widths and heights in px/],
    [['--sizes', '0x10'], /--sizes has "0x10"/],
    [['--repeats', '0'], /--repeats is "0", must be an integer of at least 1/],
    [['--repeats', 'many'], /--repeats is "many"/],
    [['--fast'], /Unknown option '--fast'.*usage: npm run bench/s],
  ])('%j', (words, message) => {
    expect(() => parseArguments(words, known)).toThrow(ParameterError);
    expect(() => parseArguments(words, known)).toThrow(message);
  });
});
