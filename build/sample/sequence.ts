import { random } from './noise.ts';

const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
const steps = primes.map((prime) => Math.sqrt(prime) % 1);

/** What each pair of sequence numbers decides. */
export const channel = { pixel: 0, lens: 2, light: 4, bounce: 6, bounceLight: 8, gloss: 10 } as const;

/**
 * Numbers in [0, 1) for one sample of one pixel. Successive samples fill the interval evenly (Richtmyer's sequence);
 * every pixel starts somewhere else.
 */
export class Sequence {
  readonly #starts: readonly number[];
  #sample = 0;

  constructor(pixelX: number, pixelY: number) {
    this.#starts = steps.map((_, index) => random(pixelX, pixelY, index));
  }

  use(sample: number): void {
    this.#sample = sample;
  }

  at(index: number): number {
    const value = (this.#starts[index] ?? 0) + this.#sample * (steps[index] ?? 0);
    return value - Math.floor(value);
  }
}
