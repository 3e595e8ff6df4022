import type { LiveStats } from './live.ts';

/** Statistics as they are written. */
export type WrittenStats = { -readonly [K in keyof LiveStats]: LiveStats[K] };

const SECOND = 1000;
/** How much the newest frame counts in a mean. */
const NEWEST = 0.1;

/** Measures how fast a live painting is. */
export class LiveMeter {
  readonly #stats: WrittenStats;
  /** When the frames of the last second were painted. */
  readonly #times: number[] = [];
  #lastDone = 0;
  #done = 0;

  constructor(stats: WrittenStats) {
    this.#stats = stats;
  }

  /** A frame was painted from `began` to `now`. */
  painted(began: number, now: number): void {
    const stats = this.#stats;
    stats.painted++;
    this.#times.push(now);
    while ((this.#times[0] as number) <= now - SECOND) this.#times.shift();
    stats.fps = this.#times.length;
    stats.milliseconds = mean(stats.milliseconds, now - began, stats.painted);
  }

  /** The GPU is done with a frame that was submitted then. @returns the time it took, from when the GPU could begin with it */
  done(submitted: number, now: number): number {
    const took = now - Math.max(submitted, this.#lastDone);
    this.#lastDone = now;
    this.#stats.gpuMilliseconds = mean(this.#stats.gpuMilliseconds, took, ++this.#done);
    return took;
  }

  /** No frames come for a while. */
  rest(): void {
    this.#times.length = 0;
    this.#stats.fps = 0;
  }
}

/** Of `count` values, each newer one counting more. */
function mean(before: number, value: number, count: number): number {
  return before + (value - before) * Math.max(NEWEST, 1 / count);
}
