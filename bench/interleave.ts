import type { Contestant, Sample } from './contestant.ts';
import { summarize, type Summary } from './statistics.ts';

/** What was measured of one contestant, in ms per frame. */
export interface Timing {
  readonly wall: Summary;
  readonly cpu: Summary;
  readonly gpu: Summary | undefined;
  /** Frames of one measurement. */
  readonly frames: number;
}

/** A measurement shorter than this mostly measures the way to the GPU or to the other process, at the clock rate of an idle chip. */
const BURST_MS = 50;
const MOST_FRAMES = 256;

/**
 * Runs all contestants in turn, `repeats` times over, so that whatever disturbs the machine disturbs all of them. Three rounds before are not counted:
 * the first compiles and allocates, the second says how many frames fill a measurement, the third wakes the clocks.
 */
export async function interleave(contestants: readonly Pick<Contestant, 'run'>[], repeats: number): Promise<Timing[]> {
  for (const contestant of contestants) await contestant.run(1);
  const frames: number[] = [];
  for (const contestant of contestants) frames.push(framesFor((await contestant.run(1)).wall));
  const samples = contestants.map((): Sample[] => []);
  for (let round = -1; round < repeats; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const sample = await contestant.run(frames[i] as number);
      if (round >= 0) samples[i]?.push(sample);
    }
  }
  return samples.map((taken, i) => ({ ...timingOf(taken), frames: frames[i] as number }));
}

/** How many frames of `ms` each make a measurement. */
export function framesFor(ms: number): number {
  return Math.min(MOST_FRAMES, Math.max(1, Math.ceil(BURST_MS / ms)));
}

function timingOf(samples: readonly Sample[]): Omit<Timing, 'frames'> {
  const gpu = samples.flatMap((sample) => sample.gpu ?? []);
  return {
    wall: summarize(samples.map(({ wall }) => wall)),
    cpu: summarize(samples.map(({ cpu }) => cpu)),
    gpu: gpu.length === samples.length ? summarize(gpu) : undefined,
  };
}
