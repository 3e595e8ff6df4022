import { makeDisposable } from '../core/disposal.ts';
import type { Look } from '../core/effect.ts';
import { DecodeError, DestroyedError, InputTooLargeError, ParameterError, UnsupportedError } from '../core/errors.ts';
import type { ContentHash } from '../io/contentHash.ts';
import type { Pixels } from '../io/pixels.ts';
import { BoundedStore, type StoreEviction } from './boundedStore.ts';
import { contentOf, resultKey, type ResultRequest } from './resultKey.ts';
import { SingleFlight } from './singleFlight.ts';

/** What a {@link ResultCache} keeps, and for how long. */
export interface ResultCacheOptions {
  /** Bytes of all results together; 64 MB by default. A result of more than a quarter of it is not kept. */
  readonly maxBytes?: number;
  /** Results, where all outputs of one call are one; 256 by default. */
  readonly maxEntries?: number;
  /** How long a result is kept, in milliseconds; ten minutes by default, `Infinity` for as long as there is room. */
  readonly maxAgeMs?: number;
  /** How pictures are told apart: `'xxh64'` by default, `'sha-256'` where people who do not trust each other share the cache, as on a server: with the former somebody could make two files that pass for one. */
  readonly hash?: ContentHash;
}

/** Plain numbers about a {@link ResultCache}. */
export interface ResultCacheMetrics {
  /** Results kept now. */
  entries: number;
  /** Their bytes. */
  bytes: number;
  /** Calls answered with a result that was kept. */
  hits: number;
  /** Calls that had to paint. */
  misses: number;
  /** Calls that waited for an equal one which was painting. */
  shared: number;
  /** Results not kept because they were too large. */
  refused: number;
  /** Results that left, by reason. */
  evictions: Record<StoreEviction, number>;
  /** Failures kept now. */
  failures: number;
  /** Calls answered with a failure that was kept. */
  failureHits: number;
}

/** All outputs of one call, by name. */
export type KeptResult = Readonly<Record<string, Pixels | Blob>>;

interface Made<T> {
  readonly result: T;
  /** Whether it is what its key says: looks and pixels may have been changed while it was painted. */
  readonly isTrue: boolean;
}

const MAX_BYTES = 64e6;
const MAX_ENTRIES = 256;
const MAX_AGE_MS = 600_000;
const LARGEST_SHARE = 0.25;
const FAILURES: { readonly maxBytes: number; readonly maxEntries: number; readonly maxAgeMs: number } = { maxBytes: Infinity, maxEntries: 256, maxAgeMs: 30_000 };

/**
 * Keeps what `read` and `toBlob` painted, so that the same picture with the same looks and options is painted once: while it is kept, and for all who ask while it is being painted.
 * A picture is told by its bytes: of a Blob, or of pixels. Calls with other sources, as canvases and textures, are painted each time.
 * Several studios may share one cache; a result painted by another GPU can differ in the last bit. Files that cannot be decoded, or are too large, are remembered for 30 seconds; other failures are not.
 *
 * Owns: copies of the results. Borrows: nothing. Whoever makes it destroys it; a studio does not.
 *
 * @example
 * ```ts
 * import { Studio, pencilDodge, ResultCache } from 'atelier-gpu';
 *
 * const cache = new ResultCache({ maxBytes: 32e6 });
 * const studio = await Studio.create({ cache });
 * const look = studio.pipeline(pencilDodge());
 * const first = await look.toBlob(file);
 * const second = await look.toBlob(file); // nothing is painted
 * console.log(cache.metrics().hits); // 1
 * ```
 */
export class ResultCache {
  static {
    makeDisposable(this.prototype);
  }

  readonly #hash: ContentHash;
  readonly #results: BoundedStore<KeptResult>;
  readonly #failures: BoundedStore<Error>;
  readonly #flights = new SingleFlight<Made<KeptResult>>();
  #hits = 0;
  #misses = 0;
  #shared = 0;
  #failureHits = 0;
  /** Counts how often all was forgotten: what was begun before is not kept. */
  #epoch = 0;
  #destroyed = false;

  /**
   * @throws {@link ParameterError} for an option out of its range.
   * @throws {@link UnsupportedError} for `'sha-256'` where there is no `crypto.subtle`: pages have it over HTTPS only.
   */
  constructor({ maxBytes = MAX_BYTES, maxEntries = MAX_ENTRIES, maxAgeMs = MAX_AGE_MS, hash = 'xxh64' }: ResultCacheOptions = {}) {
    for (const [name, value] of Object.entries({ maxBytes, maxEntries, maxAgeMs })) {
      if (!(typeof value === 'number' && value > 0)) throw new ParameterError(`ResultCache: ${name} is ${String(value)}, must be a positive number`);
    }
    if (hash !== 'xxh64' && hash !== 'sha-256') throw new ParameterError(`ResultCache: hash is ${JSON.stringify(hash)}, must be one of xxh64, sha-256`);
    if (hash === 'sha-256' && (globalThis.crypto as Crypto | undefined)?.subtle === undefined) throw new UnsupportedError('ResultCache: hash is "sha-256", and there is no crypto.subtle here; serve the page over HTTPS, or take xxh64');
    this.#hash = hash;
    this.#results = new BoundedStore({ maxBytes, maxEntries, maxAgeMs, maxEntryBytes: maxBytes * LARGEST_SHARE }, bytesOf);
    this.#failures = new BoundedStore(FAILURES, () => 0);
  }

  /** What is kept, and how often that helped. Can be called at any time, also after `destroy()`. */
  metrics(): ResultCacheMetrics {
    const { size: entries, bytes, refused, evictions } = this.#results;
    return { entries, bytes, hits: this.#hits, misses: this.#misses, shared: this.#shared, refused, evictions: { ...evictions }, failures: this.#failures.size, failureHits: this.#failureHits };
  }

  /**
   * Forgets all results and failures. Calls that are painting go on; what they paint is not kept.
   * @throws {@link DestroyedError}
   */
  clear(): void {
    this.#assertUsable();
    this.#forget();
  }

  #forget(): void {
    this.#epoch++;
    this.#results.clear();
    this.#failures.clear();
  }

  #assertUsable(): void {
    if (this.#destroyed) throw new DestroyedError('the ResultCache was destroyed; make a studio with another');
  }

  /** Forgets everything and stops the timers; calls that would use it from now on throw a {@link DestroyedError}. A second call does nothing. */
  destroy(): void {
    this.#destroyed = true;
    this.#forget();
  }

  /** As {@link ResultCache.destroy}, for `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /**
   * What a call asks for: kept, shared with an equal call, or painted by `make`.
   * @internal
   */
  async resultOf<T extends KeptResult>(request: ResultRequest, make: (signal: AbortSignal | undefined) => Promise<T>): Promise<T> {
    const { signal } = request.options;
    const content = await contentOf(request, this.#hash);
    if (content === undefined) return make(signal);
    for (;;) {
      signal?.throwIfAborted();
      this.#assertUsable();
      const key = resultKey(request, content);
      const kept = this.#results.get(key);
      if (kept !== undefined) {
        this.#hits++;
        return copyOf(kept as T);
      }
      const failure = this.#failures.get(key);
      if (failure !== undefined) {
        this.#failureHits++;
        throw failure;
      }
      const { leads, result } = this.#flights.join(key, (stop) => this.#make(key, content, request, () => make(stop)), signal);
      if (leads) this.#misses++;
      else this.#shared++;
      try {
        const made = await result;
        if (leads || made.isTrue) return copyOf(made.result as T);
      } catch (error) {
        if (leads || signal?.aborted === true || isDeterministic(error)) throw error;
      }
      // What became of the call that painted, its memory or its GPU, says nothing about this one: it tries by itself.
    }
  }

  async #make(key: string, content: string, request: ResultRequest, make: () => Promise<KeptResult>): Promise<Made<KeptResult>> {
    const looks = [...request.looks.values()];
    const epoch = this.#epoch;
    try {
      const result = await make();
      const isTrue = await this.#isUnchanged(request, content, looks);
      if (isTrue && epoch === this.#epoch) this.#results.put(key, result);
      return { result, isTrue };
    } catch (error) {
      if (isDeterministic(error) && epoch === this.#epoch) this.#failures.put(key, error);
      throw error;
    }
  }

  /** Whether what was asked for is still what it was: looks are replaced when a parameter is set, and pixels can be written to. A Blob cannot change. */
  async #isUnchanged(request: ResultRequest, content: string, looks: readonly Look[]): Promise<boolean> {
    const { source, options, looks: current } = request;
    if (![...current.values()].every((look, place) => look === looks[place])) return false;
    return (source instanceof Blob && options.inputs === undefined) || (await contentOf(request, this.#hash)) === content;
  }
}

/** Whether the same bytes fail again, whoever tries. */
function isDeterministic(error: unknown): error is Error {
  return error instanceof DecodeError || error instanceof InputTooLargeError;
}

function bytesOf(result: KeptResult): number {
  return Object.values(result).reduce((sum, output) => sum + (output instanceof Blob ? output.size : output.data.byteLength), 0);
}

/** Callers may write into the pixels they get. */
function copyOf<T extends KeptResult>(result: T): T {
  return Object.fromEntries(Object.entries(result).map(([name, output]) => [name, output instanceof Blob ? output : { ...output, data: output.data.slice() }])) as KeptResult as T;
}
