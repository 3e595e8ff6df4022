import type { MemoryUse } from './memoryAccount.ts';
import type { Pooled } from './pool.ts';

/** What is traced: objects of the GPU, and those of ours that have a `destroy()` of their own. A pooled texture stands for its one view too. */
export type TracedKind = 'texture' | 'buffer' | 'bind group' | 'compute pipeline' | 'render pipeline' | 'query set' | 'pipeline' | 'studio';

/**
 * Sees what happens to GPU memory; the leak tracer is one. Where there is none, each of these calls costs one check.
 * Objects are named by themselves. What is made or leased between `begin` and `end` belongs to the owner given there, within a plan, at a place of it.
 */
export interface TraceSink {
  /** A GPU object that is in use from now on and is no pool's. */
  made(kind: TracedKind, object: object, label: string, bytes?: number, use?: MemoryUse): void;
  /** A pool made a resource; `leased` follows. */
  pooled(resource: Pooled, key: string): void;
  leased(resource: Pooled, use: MemoryUse): void;
  retired(resource: Pooled): void;
  freed(resource: Pooled): void;
  /** It was destroyed, let go where WebGPU has no `destroy()` for its kind, or went with its device. */
  ended(object: object): void;

  /** An object with a lifetime of its own came to be, called from outside. `estate` is what it will leave behind. */
  opened(kind: 'pipeline' | 'studio', estate: object, label: string): void;
  /** It was destroyed. */
  closed(estate: object): void;
  /** It was dropped without `destroy()`, and the garbage collector found it. */
  dropped(estate: object): void;

  /** Where a call comes from whose work is done later, to be given to {@link begin}: what waits loses its stack. */
  calledFrom(): string;
  /** Work for an owner begins, in one task; a work before that an error ended is over. */
  begin(estate: object, from?: string): void;
  within(plan: string): void;
  at(place: string): void;
  /** One pass was recorded, which binds so many bytes. */
  pass(label: string, bytes: number): void;
  end(): void;
  /** A frame was submitted; `inUse` is the most it held, `free` what waits in the pools. */
  frame(inUse: number, free: number): void;
}
