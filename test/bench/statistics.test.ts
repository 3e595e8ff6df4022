import { expect, test } from 'vitest';
import { median, summarize } from '../../bench/statistics.ts';

test('the median is the middle value, or the mean of the middle two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([3])).toBe(3);
  expect(median([])).toBeNaN();
});

test('one outlier moves neither the median nor the spread, and the least stays the least', () => {
  expect(summarize([10, 12, 11, 13, 500])).toEqual({ median: 12, least: 10, spread: 1 });
});

test('equal measurements have no spread', () => {
  expect(summarize([4, 4, 4])).toEqual({ median: 4, least: 4, spread: 0 });
});
