import { expect, test } from 'vitest';
import type { Sample } from '../../bench/contestant.ts';
import { framesFor, interleave } from '../../bench/interleave.ts';

/** A contestant that takes what it is told to, frame by frame of a list, and notes how often it ran. */
function runner(name: string, log: string[], samples: readonly Sample[]): { run(times: number): Promise<Sample> } {
  let runs = 0;
  return {
    async run(times) {
      log.push(`${name}${times}`);
      return samples[Math.min(runs++, samples.length - 1)] as Sample;
    },
  };
}

const slow = { wall: 60, cpu: 30 };
const quick = { wall: 10, cpu: 5, gpu: 9 };

test('contestants take turns, and each measurement has as many frames as fill it', async () => {
  const log: string[] = [];
  await interleave([runner('a', log, [slow]), runner('b', log, [quick])], 3);
  expect(log.join(' ')).toBe('a1 b1 a1 b1 a1 b5 a1 b5 a1 b5 a1 b5');
});

test('the three rounds before do not count', async () => {
  const [timing] = await interleave([runner('a', [], [{ wall: 900, cpu: 900 }, slow, { wall: 700, cpu: 700 }, slow, { wall: 62, cpu: 32 }])], 2);
  expect(timing).toEqual({ wall: { median: 61, least: 60, spread: 1 }, cpu: { median: 31, least: 30, spread: 1 }, gpu: undefined, frames: 1 });
});

test('the time on the GPU is told where there is one', async () => {
  const [timing] = await interleave([runner('b', [], [quick])], 2);
  expect(timing?.gpu).toEqual({ median: 9, least: 9, spread: 0 });
});

test('a measurement has 1 to 256 frames', () => {
  expect(framesFor(5000)).toBe(1);
  expect(framesFor(20)).toBe(3);
  expect(framesFor(0.001)).toBe(256);
  expect(framesFor(0)).toBe(256);
});
