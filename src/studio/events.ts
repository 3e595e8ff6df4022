import type { Leak } from './traceRecorder.ts';

/**
 * More than 80 % of the memory budget is in use. Told once, after the task that took it, and again only when 40 frames in a row stayed below 70 %.
 * A good time to paint smaller, to destroy what is not needed, or to `trim()`.
 */
export class PressureEvent extends Event {
  /** Bytes in use, which no eviction can free. */
  readonly held: number;
  /** The most bytes that may be held. */
  readonly budget: number;

  constructor(held: number, budget: number) {
    super('pressure');
    this.held = held;
    this.budget = budget;
  }
}

/** Something was dropped without `destroy()`, and the garbage collector found it. Told with `trace` only. */
export class LeakEvent extends Event {
  /** What it was and where it came from. */
  readonly leak: Leak;

  constructor(leak: Leak) {
    super('leak');
    this.leak = leak;
  }
}
