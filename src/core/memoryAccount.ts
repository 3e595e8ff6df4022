import { BudgetError } from './errors.ts';
import type { TraceSink } from './trace.ts';

/** What leased memory is used for. `slots` are a plan's own textures and buffers; the other lines are what surrounds them. */
export type MemoryUse = 'slots' | 'source' | 'output' | 'uniforms' | 'staging';

/** A pool that can give up what nobody leases. */
export interface Evictable {
  /** When the free entry that was used longest ago was last used, or `Infinity` where there is none. */
  oldestFree(): number;
  /** Destroys that entry. */
  evictOldest(reason: EvictionReason): void;
}

/** Why a free texture or buffer was destroyed. */
export type EvictionReason = 'age' | 'budget' | 'trim';

/** Parts of the budget: in use above the first is pressure, and it is over once everything stayed below the second for a while. */
const PRESSURE = 0.8;
const RELIEF = 0.7;
/** Pipelines that are used in turn, some large and some small, are one pressure. */
const RELIEF_FRAMES = 40;

/**
 * The one count of all GPU bytes: textures, buffers, uniform ring and staging, in every state.
 * Owns: nothing on the GPU. Borrows: the pools that registered with it.
 */
export class MemoryAccount {
  readonly budget: number;
  readonly leased: Record<MemoryUse, number> = { slots: 0, source: 0, output: 0, uniforms: 0, staging: 0 };
  /** Released, but an encoder that is not submitted yet still names it. */
  pending = 0;
  /** Free, waiting for the next lease. */
  pooled = 0;
  /** The most bytes that plans' slots have held at once. */
  peak = 0;
  hits = 0;
  misses = 0;
  readonly evictions: Record<EvictionReason, number> = { age: 0, budget: 0, trim: 0 };
  /** Told once each time the bytes in use rise above four fifths of the budget. It is called in the middle of a frame. */
  onPressure: ((held: number) => void) | undefined;
  /** Sees what happens to the memory, where it is traced. */
  readonly trace: TraceSink | undefined;
  /** The most that was in use since the last frame ended. */
  #high = 0;
  /** Frames without relief to go; 0 where no pressure was told. */
  #pressed = 0;
  readonly #pools: Evictable[] = [];

  constructor(budget: number, trace?: TraceSink) {
    this.budget = budget;
    this.trace = trace;
  }

  register(pool: Evictable): void {
    this.#pools.push(pool);
  }

  /** Of a pool that is no more. */
  unregister(pool: Evictable): void {
    this.#pools.splice(this.#pools.indexOf(pool), 1);
  }

  /** Bytes in use that no eviction can free. */
  get held(): number {
    const { slots, source, output, uniforms, staging } = this.leased;
    return slots + source + output + uniforms + staging + this.pending;
  }

  /** Bytes that can still be leased, with every free entry gone. */
  get room(): number {
    return this.budget - this.held;
  }

  lease(use: MemoryUse, bytes: number): void {
    this.leased[use] += bytes;
    this.peak = Math.max(this.peak, this.leased.slots);
    const { held } = this;
    if (held > this.#high) this.#high = held;
    if (held <= PRESSURE * this.budget) return;
    if (this.#pressed === 0) this.onPressure?.(held);
    this.#pressed = RELIEF_FRAMES;
  }

  /** Ends a frame: pressure that was told is over when some frames in a row stayed well below. */
  endFrame(): void {
    if (this.#high > RELIEF * this.budget) this.#pressed &&= RELIEF_FRAMES;
    else if (this.#pressed > 0) this.#pressed--;
    this.trace?.frame(this.#high, this.pooled);
    this.#high = this.held;
  }

  /**
   * Says whether `bytes` more can be leased, before any of them is allocated.
   * @throws {@link BudgetError} where the budget is too small even with every free entry gone.
   */
  assertRoom(bytes: number, what: string): void {
    if (bytes > this.room) {
      throw new BudgetError(`${what} needs ${megabytes(bytes)} of GPU memory and ${megabytes(this.held)} are in use; the budget is ${megabytes(this.budget)}: ${REMEDY}, or a larger memory.maxBytes`);
    }
  }

  /** Evicts what was used longest ago, from whichever pool, until `bytes` more fit. */
  makeRoom(bytes: number): void {
    while (this.held + this.pooled + bytes > this.budget) {
      const oldest = this.#pools.reduce((a, b) => (a.oldestFree() <= b.oldestFree() ? a : b));
      if (oldest.oldestFree() === Infinity) return;
      oldest.evictOldest('budget');
    }
  }
}

/** What to do where a picture needs too much. */
export const REMEDY = "give a smaller maxSize, or fit: 'budget' to paint it as large as can be";

/** As messages say it. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
