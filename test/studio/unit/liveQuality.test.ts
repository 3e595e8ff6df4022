import { expect, test } from 'vitest';
import { LiveQuality } from '../../../src/studio/liveQuality.ts';

const RATE = 30;
const PERIOD = 1000 / RATE;

/** Paints for some seconds on a GPU that takes `cost` milliseconds at full size; gives every scale there was, in turn. */
function paint(quality: LiveQuality, seconds: number, cost: (scale: number, frame: number) => number, start = 0): number[] {
  const scales = [quality.scale];
  let now = start;
  for (let frame = 0; now < start + 1000 * seconds; frame++) {
    const took = cost(quality.scale, frame);
    now += Math.max(PERIOD, took);
    if (quality.note(took, now, RATE)) scales.push(quality.scale);
  }
  return scales;
}

/** As time goes with pixels, beside what does not. */
const costing = (pixels: number, fixed = 0) => (scale: number): number => pixels * scale ** 2 + fixed;

test('what is fast enough is painted at full size', () => {
  expect(paint(new LiveQuality(), 20, costing(0.85 * PERIOD))).toEqual([1]);
});

test('what is too slow is painted as much smaller as it has to be, in one step, and stays so', () => {
  expect(paint(new LiveQuality(), 60, costing(1.5 * PERIOD))).toEqual([1, 0.71]);
  expect(paint(new LiveQuality(), 60, costing(3 * PERIOD))).toEqual([1, 0.5]);
  expect(paint(new LiveQuality(), 60, costing(100 * PERIOD))).toEqual([1, 0.35]);
});

test('where part of the time does not shrink, it goes further', () => {
  const scales = paint(new LiveQuality(), 60, costing(1.5 * PERIOD, 0.4 * PERIOD));
  expect(scales.at(-1)).toBeLessThanOrEqual(0.59);
  expect(costing(1.5, 0.4)(scales.at(-1) as number)).toBeLessThanOrEqual(0.9);
});

test('when the GPU has time again the picture grows, step by step', () => {
  const quality = new LiveQuality();
  paint(quality, 5, costing(3 * PERIOD));
  expect(paint(quality, 30, costing(0.5 * PERIOD), 5000)).toEqual([0.5, 0.59, 0.71, 0.84, 1]);
});

test('single slow frames change nothing', () => {
  expect(paint(new LiveQuality(), 30, (scale, frame) => (frame % 20 === 19 ? 3 : 0.7) * PERIOD * scale ** 2)).toEqual([1]);
});

test('a load that misleads it makes it swing ever more rarely', () => {
  // Growing looks cheap and is not.
  const treacherous = (scale: number): number => (scale > 0.6 ? 1.5 : 0.4) * PERIOD;
  const scales = paint(new LiveQuality(), 120, treacherous);
  expect(scales.length).toBeLessThan(30);
  expect(scales).toContain(0.59);
  expect(paint(new LiveQuality(), 240, treacherous).length - scales.length).toBeLessThan(scales.length);
});

test('no size is tried again that there was no memory for', () => {
  const quality = new LiveQuality();
  expect(quality.refused()).toBe(true);
  expect(quality.refused()).toBe(true);
  expect(paint(quality, 60, costing(0.1 * PERIOD))).toEqual([0.71]);
  for (let size = 2; size < 6; size++) expect(quality.refused()).toBe(true);
  expect(quality.refused()).toBe(false);
  expect(quality.scale).toBe(0.35);
});
