import type { Device } from './device.ts';

/**
 * The most work that one submit carries, in pixels that its passes go through: four passes over a picture of 1920 x 1080. On slow GPUs, where heavy passes take some 10 ms each, that is about
 * 50 ms: what else is shown on the screen gets its turn between, and no driver takes it for a hang. A pass that is larger has a submit of its own.
 */
const MOST_WORK = 2 ** 23;

/** Commands in parts of bounded work, to be submitted one after the other. */
export interface CommandParts {
  /** The encoder of the last part. */
  readonly encoder: GPUCommandEncoder;
  /** Begins another part where the last has no room for so much more. */
  split(work: number): GPUCommandEncoder | undefined;
  /** Ends the recording of all parts. */
  finish(): void;
  /** Submits all parts, which must be finished, in their order. */
  submit(): void;
}

/** Begins the first part. */
export function beginParts(device: Device): CommandParts {
  const encoders = [device.createCommandEncoder()];
  let finished: readonly GPUCommandBuffer[] = [];
  let done = 0;
  return {
    get encoder() {
      return encoders.at(-1) as GPUCommandEncoder;
    },
    split(work) {
      const isFull = done > 0 && done + work > MOST_WORK;
      done = isFull ? work : done + work;
      if (!isFull) return undefined;
      const encoder = device.createCommandEncoder();
      encoders.push(encoder);
      return encoder;
    },
    finish() {
      finished = encoders.map((encoder) => device.finish(encoder));
    },
    submit() {
      for (const commands of finished) device.submit(commands);
    },
  };
}
