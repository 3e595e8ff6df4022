import { expect, test } from 'vitest';
import { mergeTables, ratiosOf, type Table } from '../../bench/report.ts';
import { shareOfRoofline } from '../../bench/roofline.ts';

const of = (median: number): { median: number; least: number; spread: number } => ({ median, least: median, spread: 0 });
const table = (scenario: string, width: number, load: number): Table => ({ scenario, width, height: 90, date: '', load, repeats: 1, rows: [], leftOut: [] });

test('ratios are multiples of the base, whose time on the GPU is set against the wall clock of what has none', () => {
  const base = { cpu: of(4), wall: of(10), gpu: of(2) };
  expect(ratiosOf({ cpu: of(40), wall: of(30), gpu: undefined }, base)).toEqual({ cpu: 10, wall: 3, gpu: 15, effect: undefined });
  expect(ratiosOf({ cpu: of(2), wall: of(30), gpu: of(1) }, base)).toEqual({ cpu: 0.5, wall: 3, gpu: 0.5, effect: undefined });
  expect(ratiosOf(base, base)).toEqual({ cpu: 1, wall: 1, gpu: 1, effect: undefined });
});

test('with the time of a frame around an effect, a peer is set against the effect alone', () => {
  const base = { cpu: of(4), wall: of(10), gpu: of(2) };
  expect(ratiosOf({ cpu: of(40), wall: of(30), gpu: undefined }, base, { cpu: of(1), wall: of(4), gpu: of(0.5) }).effect).toBe(20);
  expect(ratiosOf({ cpu: of(40), wall: of(30), gpu: undefined }, { ...base, gpu: undefined }, { cpu: of(1), wall: of(4), gpu: undefined }).effect).toBe(5);
});

test('a base without a time on the GPU has no such ratio', () => {
  expect(ratiosOf({ cpu: of(1), wall: of(1), gpu: of(1) }, { cpu: of(1), wall: of(1), gpu: undefined }).gpu).toBeUndefined();
});

test('the roofline is that of memory or of arithmetic, whichever takes longer', () => {
  const roofline = { bandwidth: 100, arithmetic: 1000 };
  expect(shareOfRoofline({ bytes: 1e9, flop: 0 }, 20, roofline)).toBeCloseTo(0.5);
  expect(shareOfRoofline({ bytes: 1e9, flop: 1e10 }, 20, roofline)).toBeCloseTo(0.5);
  expect(shareOfRoofline({ bytes: 1e9, flop: 16e9 }, 20, roofline)).toBeCloseTo(0.8);
});

test('a new table takes the place of the old one of the same race and size; others stay', () => {
  const merged = mergeTables([table('oil', 160, 1), table('oil', 320, 1), table('dodge', 160, 1)], [table('oil', 160, 2), table('sketch', 160, 2)]);
  expect(merged.map(({ scenario, width, load }) => `${scenario} ${width} ${load}`)).toEqual(['oil 320 1', 'dodge 160 1', 'oil 160 2', 'sketch 160 2']);
});
