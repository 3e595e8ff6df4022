import { ASYNC_DISPOSE, releaseOf } from '../core/disposal.ts';
import { AtelierError, InputError, ParameterError } from '../core/errors.ts';
import type { EncodeOptions } from '../io/codec.ts';
import type { Pixels } from '../io/pixels.ts';
import type { AsyncSource } from '../io/source.ts';
import { checkSignal, onAbort, untilAborted } from '../core/abort.ts';
import type { Outputs, Pipeline, ReadOptions } from './pipeline.ts';

/**
 * A picture of a batch, or a function that opens one when its turn comes, so that any number of files can be listed. `signal` aborts when the batch ends early, as for `fetch`.
 * What the function gives is the batch's own: an `ImageBitmap` or `VideoFrame` is closed and a `GPUTexture` destroyed when it was painted. A picture given as such stays yours.
 */
export type BatchInput = AsyncSource | ((signal: AbortSignal) => AsyncSource | Promise<AsyncSource>);

/** How far a batch is. */
export interface BatchProgress {
  /** Inputs done, failed ones among them. */
  readonly done: number;
  /** Inputs that failed. */
  readonly failed: number;
  /** How many inputs there are, where they came in an array or another thing with a `length` or `size`. */
  readonly total: number | undefined;
}

/** How a batch is painted. */
export interface BatchOptions extends Omit<ReadOptions, 'close'> {
  /** How many inputs are in work beyond the one that the loop waits for or holds, 1 by default. More than 1 helps where inputs are slow to open. */
  readonly ahead?: number;
  /** Called before each item comes out of the batch. What it throws ends the batch. */
  readonly onProgress?: (progress: BatchProgress) => void;
  /** Stops the batch: the loop gets the signal's reason at once. */
  readonly signal?: AbortSignal;
}

/** How a batch is painted and encoded. */
export interface EncodedBatchOptions extends BatchOptions {
  /** What the paintings are encoded as; they come as `Blob`s. */
  readonly encode: EncodeOptions;
}

/** What became of one input: `outputs`, or the `error` why there are none. */
export type BatchItem<I, T> =
  | { readonly index: number; readonly input: I; readonly outputs: T; readonly error?: undefined }
  | { readonly index: number; readonly input: I; readonly outputs?: undefined; readonly error: Error };

/** The items of a batch in the order of its inputs, painted as they are asked for. Leaving the loop ends it. */
export type Batch<I, T> = AsyncGenerator<BatchItem<I, T>, void, undefined>;

type Inputs<I> = Iterable<I> | AsyncIterable<I>;

/** Checks what {@link Studio.batch} is given; nothing begins before the first item is asked for. */
export function openBatch<I extends BatchInput>(inputs: Inputs<I>, pipeline: Pipeline<string>, options: BatchOptions & Partial<EncodedBatchOptions>): Batch<I, Outputs<string, Pixels | Blob>> {
  const { ahead = 1, signal } = options;
  if (typeof inputs !== 'object' || inputs === null || !(Symbol.iterator in inputs || Symbol.asyncIterator in inputs)) throw new InputError(`batch: the inputs are ${String(inputs)}, must be an array or another iterable of pictures`);
  if (!(Number.isInteger(ahead) && ahead >= 0)) throw new ParameterError(`batch: ahead is ${String(ahead)}, must be a whole number from 0`);
  checkSignal(signal, 'batch');
  const batch = paintInTurn(inputs, pipeline, options, ahead);
  // Runtimes that have `for await` but not `await using` make generators without it.
  if (!(ASYNC_DISPOSE in batch)) Object.defineProperty(batch, ASYNC_DISPOSE, { value: () => batch.return() });
  return batch;
}

async function* paintInTurn<I extends BatchInput>(inputs: Inputs<I>, pipeline: Pipeline<string>, options: BatchOptions & Partial<EncodedBatchOptions>, ahead: number): Batch<I, Outputs<string, Pixels | Blob>> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const work = new BatchWork(inputs, pipeline, options);
  const ignore = signal === undefined ? undefined : onAbort(signal, () => work.stop(signal.reason));
  const begun: Promise<Painted<I> | undefined>[] = [];
  const total = countOf(inputs);
  let failed = 0;
  try {
    for (let done = 1; ; done++) {
      while (begun.length <= ahead) begun.push(work.begin());
      const painted = await work.untilStopped(begun.shift() as Promise<Painted<I> | undefined>);
      signal?.throwIfAborted();
      if (painted === undefined) return;
      // What neither this picture nor a later one has used is of a size that is gone.
      pipeline.trim(painted.since);
      if (painted.item.error !== undefined) failed++;
      onProgress?.({ done, failed, total });
      yield painted.item;
    }
  } finally {
    ignore?.();
    const closed = work.close();
    if (signal?.aborted === true) closed.catch(() => {});
    else await closed;
  }
}

function countOf(inputs: object): number | undefined {
  const { length, size } = inputs as { readonly length?: unknown; readonly size?: unknown };
  const count = length ?? size;
  return typeof count === 'number' ? count : undefined;
}

interface Painted<I> {
  readonly item: BatchItem<I, Outputs<string, Pixels | Blob>>;
  /** When it was begun. */
  readonly since: number;
}

/**
 * The inputs of a batch in work, through a copy of the pipeline: frames that the pipeline itself paints meanwhile keep their plans and history.
 * Owns: the copy, the inputs' iterator, what it opened. Borrows: the pipeline.
 */
class BatchWork<I extends BatchInput> {
  readonly #easel: Pipeline<string>;
  readonly #iterator: Iterator<I> | AsyncIterator<I>;
  readonly #paint: (source: AsyncSource) => Promise<Outputs<string, Pixels | Blob>>;
  readonly #stop = new AbortController();
  #begun = 0;
  #taken: Promise<IteratorResult<I> | undefined> = Promise.resolve(undefined);
  /** `waiting`: an input is asked for; `ended`: there is no other. */
  #inputs: 'ready' | 'waiting' | 'ended' = 'ready';
  #retries: Promise<unknown> = Promise.resolve();

  constructor(inputs: Inputs<I>, pipeline: Pipeline<string>, { encode, ahead: _ahead, onProgress: _onProgress, signal: _signal, ...options }: BatchOptions & Partial<EncodedBatchOptions>) {
    // First, since it may throw.
    this.#iterator = Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]();
    this.#easel = pipeline.copy();
    // Nothing but what decides the painting: a cache tells calls apart by all they are given.
    const reading = { ...options, signal: this.#stop.signal };
    this.#paint = encode === undefined ? (source) => this.#easel.read(source, reading) : (source) => this.#easel.toBlob(source, { ...reading, ...encode });
  }

  /** Begins work on the next input; `undefined` where there is none. Rejects with what ends the batch. */
  begin(): Promise<Painted<I> | undefined> {
    const index = this.#begun++;
    const taken = this.#take(this.#taken);
    this.#taken = taken;
    const painted = this.#finish(taken, index);
    // Whoever waits for it sees a failure; after the end of the batch nobody does.
    painted.catch(() => {});
    return painted;
  }

  async #take(before: Promise<IteratorResult<I> | undefined>): Promise<IteratorResult<I>> {
    const last = await before;
    if (last?.done === true) return last;
    this.#stop.signal.throwIfAborted();
    this.#inputs = 'waiting';
    try {
      const taken = await this.#iterator.next();
      this.#inputs = taken.done === true ? 'ended' : 'ready';
      return taken;
    } catch (error) {
      this.#inputs = 'ended';
      throw error;
    }
  }

  async #finish(taken: Promise<IteratorResult<I>>, index: number): Promise<Painted<I> | undefined> {
    const { done, value: input } = await taken;
    if (done === true) return undefined;
    this.#stop.signal.throwIfAborted();
    const since = performance.now();
    try {
      return { item: { index, input, outputs: await this.#open(input, (source) => this.#paintTwice(source)) }, since };
    } catch (error) {
      if (this.#stop.signal.aborted) throw error;
      // Where nothing more can be painted, the studio or the pipeline being gone, the batch ends.
      this.#easel.assertUsable();
      return { item: { index, input, error: error instanceof Error ? error : new Error(String(error), { cause: error }) }, since };
    }
  }

  async #open<T>(input: I, use: (source: AsyncSource) => Promise<T>): Promise<T> {
    if (typeof input !== 'function') return use(input);
    const opening = (async () => input(this.#stop.signal))();
    try {
      return await use(await this.untilStopped(opening));
    } finally {
      // Also what comes when the batch has stopped.
      opening.then((source) => releaseOf(source)?.(), () => {});
    }
  }

  /** What failed for reasons that pass is tried once more, alone: pictures in work beside it may have taken the memory. */
  async #paintTwice(source: AsyncSource): Promise<Outputs<string, Pixels | Blob>> {
    try {
      return await this.#paint(source);
    } catch (error) {
      if (!(error instanceof AtelierError && error.recoverable)) throw error;
      const retry = this.#retries.then(() => this.#easel.settled()).then(() => this.#paint(source));
      this.#retries = retry.catch(() => {});
      return retry;
    }
  }

  untilStopped<T>(promise: Promise<T>): Promise<T> {
    return untilAborted(promise, this.#stop.signal);
  }

  /** Stops everything in work. */
  stop(reason: unknown): void {
    this.#stop.abort(reason);
  }

  /** Stops everything in work and waits until the GPU is done with it. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#easel.settled();
    this.#easel.destroy();
    this.#easel.trim();
    if (this.#inputs === 'ended') return;
    const ended = (async () => this.#iterator.return?.())();
    if (this.#inputs === 'ready') await ended;
    // A generator that still waits for something ends only then, if ever.
    else ended.catch(() => {});
  }
}
