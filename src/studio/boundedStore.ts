/** What a {@link BoundedStore} holds at most. */
export interface StoreLimits {
  readonly maxBytes: number;
  readonly maxEntries: number;
  /** How long an entry is kept, however often it is asked for. */
  readonly maxAgeMs: number;
  /** The bytes of the largest entry taken; `maxBytes` unless given. */
  readonly maxEntryBytes?: number;
}

/** Why an entry left: it was kept long enough, or others needed its bytes or its place. */
export type StoreEviction = 'age' | 'bytes' | 'entries';

interface Entry<V> {
  readonly value: V;
  readonly bytes: number;
  readonly expires: number;
}

/** Browsers and Node take a longer delay for none. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Values by key, bounded in bytes, number and age. What was used longest ago leaves first; a timer sees to age, so that nothing outlives it unasked.
 * Owns: its timer. Borrows: the values.
 */
export class BoundedStore<V> {
  readonly evictions: Record<StoreEviction, number> = { age: 0, bytes: 0, entries: 0 };
  /** Values not taken, because they were larger than an entry may be. */
  refused = 0;
  readonly #limits: StoreLimits;
  readonly #bytesOf: (value: V) => number;
  readonly #onLeave: (key: string, value: V) => void;
  /** In the order of use. */
  readonly #entries = new Map<string, Entry<V>>();
  #bytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onLeave - told of each value that is evicted or cleared away */
  constructor(limits: StoreLimits, bytesOf: (value: V) => number, onLeave: (key: string, value: V) => void = () => {}) {
    this.#limits = limits;
    this.#bytesOf = bytesOf;
    this.#onLeave = onLeave;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // The timer may be late.
    if (entry.expires <= performance.now()) {
      this.#evict(key, 'age');
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  put(key: string, value: V): void {
    this.delete(key);
    const { maxBytes, maxEntries, maxAgeMs, maxEntryBytes = maxBytes } = this.#limits;
    const bytes = this.#bytesOf(value);
    if (bytes > maxEntryBytes) {
      this.refused++;
      return;
    }
    while (this.#bytes + bytes > maxBytes) this.#evict(this.#oldest, 'bytes');
    while (this.#entries.size >= maxEntries) this.#evict(this.#oldest, 'entries');
    this.#entries.set(key, { value, bytes, expires: performance.now() + maxAgeMs });
    this.#bytes += bytes;
    this.#timer ??= this.#schedule(maxAgeMs);
  }

  /** Takes an entry out without counting it as evicted. */
  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    this.#onLeave(key, entry.value);
  }

  clear(): void {
    for (const key of this.#entries.keys()) this.delete(key);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #oldest(): string {
    return this.#entries.keys().next().value as string;
  }

  #evict(key: string, reason: StoreEviction): void {
    this.evictions[reason]++;
    this.delete(key);
  }

  #schedule(delay: number): ReturnType<typeof setTimeout> | undefined {
    if (delay === Infinity) return undefined;
    const timer = setTimeout(() => this.#evictOld(), Math.min(Math.max(delay, 1), LONGEST_DELAY_MS));
    // In Node a waiting timer would keep the process alive.
    (timer as { unref?: () => void }).unref?.();
    return timer;
  }

  #evictOld(): void {
    const now = performance.now();
    let next = Infinity;
    for (const [key, { expires }] of this.#entries) {
      if (expires <= now) this.#evict(key, 'age');
      else next = Math.min(next, expires);
    }
    this.#timer = this.#schedule(next - now);
  }
}
