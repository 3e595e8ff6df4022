import { expect, test } from 'vitest';
import { bool, choice, color, colors, colorToRgb, completeParams, float, int, list, scaleParams, seed, type ParamTable } from '../../../src/core/params.ts';

interface All {
  sigma: number;
  count: number;
  on: boolean;
  mode: 'a' | 'b';
  paper: string;
  inks: readonly string[];
  angles: readonly number[];
  dot: number;
  seed: number;
}

const table: ParamTable<All> = {
  sigma: float(8, { min: 0.5, max: 64, unit: 'px' }),
  count: int(3, { min: 1, max: 9, unit: 'px' }),
  on: bool(false),
  mode: choice('a', ['a', 'b']),
  paper: color('#ffffff'),
  inks: colors([], { most: 2 }),
  angles: list([15, 75], { min: 0, max: 90, unit: 'deg' }),
  dot: float(4, { min: 3, max: 12, unit: '768ths' }),
  seed: seed(),
};

test('what is left out gets its default, and the result is frozen', () => {
  const complete = completeParams('all', table, { sigma: 2 });
  expect(complete).toEqual({ sigma: 2, count: 3, on: false, mode: 'a', paper: '#ffffff', inks: [], angles: [15, 75], dot: 4, seed: 1 });
  expect(Object.isFrozen(complete)).toBe(true);
  expect(Object.isFrozen(complete.angles)).toBe(true);
  const inks = ['#000000', '#12AB34'];
  expect(completeParams('all', table, { inks }).inks).toEqual(inks);
});

test.each([
  [{ sigma: 0 }, 'all: sigma is 0, must be in [0.5, 64] px'],
  [{ sigma: Number.NaN }, 'all: sigma is NaN, must be in [0.5, 64] px'],
  [{ sigma: Infinity }, 'all: sigma is Infinity, must be in [0.5, 64] px'],
  [{ sigma: '8' }, 'all: sigma is "8", must be in [0.5, 64] px'],
  [{ count: 1.5 }, 'all: count is 1.5, must be a whole number in [1, 9] px'],
  [{ on: 1 }, 'all: on is 1, must be true or false'],
  [{ mode: 'c' }, 'all: mode is "c", must be one of a, b'],
  [{ paper: 'white' }, 'all: paper is "white", must be a colour #rrggbb'],
  [{ inks: '#ffffff' }, 'all: inks is "#ffffff", must be a list of up to 2 colours #rrggbb'],
  [{ inks: ['#ffffff', 'red'] }, 'all: inks is ["#ffffff","red"], must be a list of up to 2 colours #rrggbb'],
  [{ inks: ['#ffffff', '#ffffff', '#ffffff'] }, 'all: inks is ["#ffffff","#ffffff","#ffffff"], must be a list'],
  [{ angles: [1] }, 'all: angles is [1], must be 2 numbers in [0, 90] deg'],
  [{ angles: [1, 91] }, 'all: angles is [1,91], must be 2 numbers in [0, 90] deg'],
  [{ dot: 2 }, 'all: dot is 2, must be in [3, 12] 768ths of the long side'],
  [{ seed: -1 }, 'all: seed is -1, must be a whole number in [0, 4294967295]'],
  [{ sgima: 1 }, 'all: there is no parameter "sgima"; it has sigma, count, on, mode, paper, inks, angles, dot, seed'],
])('%j is refused with what was given and what is accepted', (given, message) => {
  expect(() => completeParams('all', table, given as unknown as Partial<All>)).toThrow(message);
});

test('scaling changes lengths in px and nothing else', () => {
  const complete = completeParams('all', table);
  expect(scaleParams(table, complete, 0.5)).toEqual({ ...complete, sigma: 4, count: 2 });
  expect(scaleParams(table, complete, 0.1).count).toBe(1);
});

test('colours are read as sRGB code values', () => {
  expect(colorToRgb('#ff8000')).toEqual([1, 128 / 255, 0]);
});
