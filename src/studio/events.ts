import type { GpuError } from '../core/errors.ts';
import type { LossState } from './deviceKeeper.ts';
import type { Leak } from './traceRecorder.ts';

/** The GPU device was lost: a driver was updated, a GPU reset or unplugged, a browser's GPU process ended. */
export class DeviceLostEvent extends Event {
  /** What the system says. */
  readonly reason: string;
  /** `recovering`: the studio asks for another device and will tell with `devicerestored`. `waiting`: it waits for {@link Studio.setDevice}. `failed`: it gave up. */
  readonly state: LossState;

  constructor(reason: string, state: LossState) {
    super('devicelost');
    this.reason = reason;
    this.state = state;
  }
}

/** The GPU found something wrong that no call could tell of. */
export class GpuErrorEvent extends Event {
  /** What it was. */
  readonly error: GpuError;

  constructor(error: GpuError) {
    super('gpuerror');
    this.error = error;
  }
}

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

/** The events of a {@link Studio}, by their types. */
export interface StudioEvents {
  /** The GPU went away, or did not come back. */
  readonly devicelost: DeviceLostEvent;
  /** It came back. */
  readonly devicerestored: Event;
  /** The GPU refused something that no call could tell of. */
  readonly gpuerror: GpuErrorEvent;
  /** More than 80 % of the memory budget is in use. */
  readonly pressure: PressureEvent;
  /** With `trace`: something was dropped without `destroy()`. */
  readonly leak: LeakEvent;
}
