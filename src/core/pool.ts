import { LeaseError } from './errors.ts';
import type { Evictable, EvictionReason, MemoryAccount, MemoryUse } from './memoryAccount.ts';
import type { TraceSink } from './trace.ts';

/** Something a pool hands out: a texture with its view, or a buffer. */
export interface Pooled {
  /** Unique for the life of the process, so a bind group can be cached under it. */
  readonly id: number;
  readonly bytes: number;
  readonly label: string;
}

/** The right to use one pooled thing until it is released. */
export interface Lease<T extends Pooled> {
  readonly resource: T;
  readonly generation: number;
}

/** When free entries are given up. */
export interface PoolLimits {
  /** Frames a free entry may wait. */
  readonly maxAgeFrames: number;
  /** Milliseconds a free entry may wait, also on a page that paints nothing. */
  readonly maxAgeMs: number;
}

/** How a pool makes and ends its resources. `family` groups keys of which only a few sizes are kept, as the format of a texture. */
export interface PoolMaker<K, T extends Pooled> {
  readonly name: string;
  keyOf(descriptor: K): string;
  familyOf(descriptor: K): string;
  bytesOf(descriptor: K): number;
  create(descriptor: K, id: number): T;
  destroy(resource: T): void;
}

type State = 'live' | 'pending' | 'free' | 'destroyed';

interface Entry<T extends Pooled> {
  readonly resource: T;
  readonly key: string;
  readonly family: string;
  state: State;
  use: MemoryUse;
  generation: number;
  lastFrame: number;
  lastTime: number;
  /** Whether the GPU had no memory for it: it is destroyed as soon as nobody holds it. */
  broken: boolean;
}

const SIZES_KEPT_PER_FAMILY = 3;
/** Long enough that pipelines of different sizes used in turn never evict each other. */
const RESTED_FRAMES = 40;
let nextId = 1;

/** The id that comes next: what was made from here on has this one or a larger. */
export function upcomingId(): number {
  return nextId;
}

/** An id for something that is bound beside pooled resources, as a caller's texture. */
export function freshId(): number {
  return nextId++;
}

/**
 * Hands out GPU resources by exact key, lowest id first, so that equal requests in equal order always get the same ones.
 * Owns: every resource it made, in all states. Borrows: the account that counts their bytes.
 */
export class Pool<K, T extends Pooled> implements Evictable {
  readonly #maker: PoolMaker<K, T>;
  readonly #account: MemoryAccount;
  readonly #limits: PoolLimits;
  readonly #entries = new Map<number, Entry<T>>();
  /** The free ones again, in a row: a frame looks through them without making garbage. */
  readonly #waiting: Entry<T>[] = [];
  readonly #free = new Map<string, Entry<T>[]>();
  #frame = 0;
  #closed = false;

  constructor(maker: PoolMaker<K, T>, account: MemoryAccount, limits: PoolLimits) {
    this.#maker = maker;
    this.#account = account;
    this.#limits = limits;
    account.register(this);
  }

  /** Sees what happens to its resources, where they are traced. */
  get trace(): TraceSink | undefined {
    return this.#account.trace;
  }

  /** A resource for `descriptor`; its contents are undefined. `key` may be given where it is known, to spare making it. */
  acquire(descriptor: K, use: MemoryUse, key: string = this.#maker.keyOf(descriptor)): Lease<T> {
    if (this.#closed) throw new LeaseError(`${this.#maker.name}: it was destroyed, or its GPU device was lost`);
    const entry = this.#free.get(key)?.shift() ?? this.#make(descriptor, key);
    if (entry.state === 'free') {
      this.#stopWaiting(entry);
      this.#account.pooled -= entry.resource.bytes;
      this.#account.hits++;
    }
    entry.state = 'live';
    entry.use = use;
    entry.generation++;
    this.#touch(entry);
    this.#account.lease(use, entry.resource.bytes);
    this.#account.trace?.leased(entry.resource, use);
    return { resource: entry.resource, generation: entry.generation };
  }

  #make(descriptor: K, key: string): Entry<T> {
    this.#account.misses++;
    this.#account.makeRoom(this.#maker.bytesOf(descriptor));
    const resource = this.#maker.create(descriptor, freshId());
    const entry: Entry<T> = { resource, key, family: this.#maker.familyOf(descriptor), state: 'destroyed', use: 'slots', generation: 0, lastFrame: this.#frame, lastTime: 0, broken: false };
    this.#entries.set(resource.id, entry);
    this.#account.trace?.pooled(resource, key);
    return entry;
  }

  /** Ends the use of a lease in recording; the resource stays untouched until {@link free} says that the encoder was submitted. */
  retire(lease: Lease<T>): void {
    const entry = this.#entryOf(lease, 'live');
    entry.state = 'pending';
    this.#account.leased[entry.use] -= entry.resource.bytes;
    this.#account.pending += entry.resource.bytes;
    this.#account.trace?.retired(entry.resource);
  }

  /** Gives a retired lease back. */
  free(lease: Lease<T>): void {
    const entry = this.#entryOf(lease, 'pending');
    if (entry.broken) {
      this.#account.pending -= entry.resource.bytes;
      this.#end(entry);
      return;
    }
    entry.state = 'free';
    this.#waiting.push(entry);
    entry.generation++;
    this.#touch(entry);
    this.#account.pending -= entry.resource.bytes;
    this.#account.pooled += entry.resource.bytes;
    this.#account.trace?.freed(entry.resource);
    const list = this.#free.get(entry.key);
    if (list === undefined) this.#free.set(entry.key, [entry]);
    else insertById(list, entry);
  }

  /** Both steps at once, where no encoder that is still open names the resource. */
  release(lease: Lease<T>): void {
    this.retire(lease);
    this.free(lease);
  }

  #entryOf(lease: Lease<T>, state: State): Entry<T> {
    const entry = this.#entries.get(lease.resource.id);
    if (entry === undefined || entry.resource !== lease.resource) throw new LeaseError(`${this.#maker.name}: ${lease.resource.label} does not come from this pool or was destroyed`);
    if (entry.generation !== lease.generation || entry.state !== state) throw new LeaseError(`${this.#maker.name}: ${lease.resource.label} is ${entry.state}, must be ${state}: it was released twice or used after its release`);
    return entry;
  }

  /** The last one takes its place: the order does not matter. */
  #stopWaiting(entry: Entry<T>): void {
    const last = this.#waiting.pop() as Entry<T>;
    if (last !== entry) this.#waiting[this.#waiting.indexOf(entry)] = last;
  }

  #touch(entry: Entry<T>): void {
    entry.lastFrame = this.#frame;
    entry.lastTime = performance.now();
  }

  /** Ends a frame: one entry that is too old goes, so the cost is spread; of a family with many sizes all that have rested a while, so that a stream of new sizes cannot pile up. */
  endFrame(): void {
    this.#frame++;
    let oldest = this.#oldest();
    if (oldest !== undefined && this.#frame - oldest.lastFrame > this.#limits.maxAgeFrames) this.#evict(oldest, 'age');
    for (oldest = this.#oldest(); oldest !== undefined && this.#isSurplus(oldest); oldest = this.#oldest()) this.#evict(oldest, 'age');
  }

  #isSurplus(entry: Entry<T>): boolean {
    return this.#frame - entry.lastFrame > RESTED_FRAMES && this.#sizesOf(entry.family) > SIZES_KEPT_PER_FAMILY;
  }

  #sizesOf(family: string): number {
    let sizes = 0;
    for (const list of this.#free.values()) if (list[0]?.family === family) sizes++;
    return sizes;
  }

  /** Destroys what has been free for longer than `maxAgeMs`; returns the milliseconds until the next entry is due, or `Infinity`. */
  evictIdle(now: number): number {
    let due = Infinity;
    for (const entry of this.#waiting.slice()) {
      const left = entry.lastTime + this.#limits.maxAgeMs - now;
      if (left <= 0) this.#evict(entry, 'age');
      else due = Math.min(due, left);
    }
    return due;
  }

  oldestFree(): number {
    return this.#oldest()?.lastTime ?? Infinity;
  }

  evictOldest(reason: EvictionReason): void {
    const oldest = this.#oldest();
    if (oldest !== undefined) this.#evict(oldest, reason);
  }

  #oldest(): Entry<T> | undefined {
    let oldest = this.#waiting[0];
    for (let i = 1; i < this.#waiting.length; i++) {
      const entry = this.#waiting[i] as Entry<T>;
      if (entry.lastTime < (oldest as Entry<T>).lastTime) oldest = entry;
    }
    return oldest;
  }

  /** Destroys everything that is free, or only what was last used before a time of `performance.now()`; returns the bytes. */
  trim(before: number = Infinity): number {
    let bytes = 0;
    for (const entry of this.#waiting.slice()) {
      if (entry.lastTime >= before) continue;
      bytes += entry.resource.bytes;
      this.#evict(entry, 'trim');
    }
    return bytes;
  }

  #evict(entry: Entry<T>, reason: EvictionReason): void {
    this.#stopWaiting(entry);
    const list = this.#free.get(entry.key);
    if (list !== undefined) {
      list.splice(list.indexOf(entry), 1);
      if (list.length === 0) this.#free.delete(entry.key);
    }
    this.#account.pooled -= entry.resource.bytes;
    this.#account.evictions[reason]++;
    this.#end(entry);
  }

  #end(entry: Entry<T>): void {
    entry.state = 'destroyed';
    this.#entries.delete(entry.resource.id);
    this.#maker.destroy(entry.resource);
    this.#account.trace?.ended(entry.resource);
  }

  /** Destroys what was made with ids in `[from, to)`, now or when it is released, because the GPU had no memory for it; returns the bytes. */
  discard(from: number, to: number): number {
    let bytes = 0;
    for (const entry of this.#entries.values()) {
      if (entry.resource.id < from || entry.resource.id >= to) continue;
      bytes += entry.resource.bytes;
      if (entry.state === 'free') this.#evict(entry, 'trim');
      else entry.broken = true;
    }
    return bytes;
  }

  /** Forgets everything, because the device it was on is lost. */
  abandon(): void {
    this.#close();
    for (const entry of this.#entries.values()) {
      this.#uncount(entry);
      entry.state = 'destroyed';
      this.#account.trace?.ended(entry.resource);
    }
    this.#entries.clear();
    this.#free.clear();
    this.#waiting.length = 0;
  }

  #close(): void {
    if (!this.#closed) this.#account.unregister(this);
    this.#closed = true;
  }

  #uncount(entry: Entry<T>): void {
    if (entry.state === 'live') this.#account.leased[entry.use] -= entry.resource.bytes;
    else if (entry.state === 'pending') this.#account.pending -= entry.resource.bytes;
    else this.#account.pooled -= entry.resource.bytes;
  }

  /** Destroys everything, leased or not. */
  destroy(): void {
    this.#close();
    for (const entry of this.#entries.values()) {
      this.#uncount(entry);
      this.#end(entry);
    }
    this.#free.clear();
    this.#waiting.length = 0;
  }
}

function insertById<T extends Pooled>(list: Entry<T>[], entry: Entry<T>): void {
  let at = list.push(entry) - 1;
  for (; at > 0 && (list[at - 1] as Entry<T>).resource.id > entry.resource.id; at--) list[at] = list[at - 1] as Entry<T>;
  list[at] = entry;
}
