import { VALIDATIONS } from '../core/allocationGuard.ts';
import { acquireDevice, type DeviceOptions, type ObjectCounters } from '../core/device.ts';
import { LINE_KERNELS, type LineKernels } from '../core/deviceTraits.ts';
import { makeDisposable } from '../core/disposal.ts';
import type { Look } from '../core/effect.ts';
import type { MemoryLimits } from '../core/engine.ts';
import { DestroyedError, InputError, ParameterError } from '../core/errors.ts';
import { assertLook } from '../core/look.ts';
import { MemoryAccount } from '../core/memoryAccount.ts';
import type { TraceSink } from '../core/trace.ts';
import { browserCodec, type Codec } from '../io/codec.ts';
import type { InputLimits } from '../io/inputLimits.ts';
import type { Pixels } from '../io/pixels.ts';
import { openBatch, type Batch, type BatchInput, type BatchOptions, type EncodedBatchOptions } from './batch.ts';
import { DeviceKeeper, type KeeperEvents, type RecoveryLimits } from './deviceKeeper.ts';
import { DeviceLostEvent, GpuErrorEvent, LeakEvent, PressureEvent, type StudioEvents } from './events.ts';
import { beginGeneration, type Generation, type Lasting } from './generation.ts';
import { beginLife, endLife } from './lifetime.ts';
import { emptyMetrics, readMetrics, type Metrics } from './metrics.ts';
import { Pipeline, type Outputs, type StudioParts } from './pipeline.ts';
import type { ResultCache } from './resultCache.ts';
import { runInScope, type Scope } from './scope.ts';
import { StudioEstate } from './studioEstate.ts';
import type { Tracer } from './tracer.ts';
import type { Leak, TraceOptions } from './traceRecorder.ts';

/** How a {@link Studio} is made. */
export interface StudioOptions extends DeviceOptions {
  /** How much GPU memory may be held (512 MiB, 256 MiB on small machines) and how long it may wait unused (120 frames, 10 s). */
  readonly memory?: Partial<MemoryLimits>;
  /** Which pictures are refused as too large, encoded ones before they are decoded. One that only the device cannot hold is none of these: it is painted in tiles where its looks can be, and else, encoded, scaled down to what can be painted. */
  readonly limits?: Partial<InputLimits>;
  /** How encoded pictures are read and written; the browser's own by default. */
  readonly codec?: Codec;
  /** Keeps what `read` and `toBlob` painted, so that equal calls are painted once; none by default. It is borrowed: several studios may have one, and whoever made it destroys it. */
  readonly cache?: ResultCache;
  /** How passes along rows and columns are divided. By default what a measurement of some milliseconds, once per device, finds faster; `metrics().adapter` says which. */
  readonly lineKernels?: LineKernels;
  /** For finding mistakes in effects of your own: fills every texture and buffer with nonsense before it is used, so that a pass which reads what none has written is seen at once. Slow. `false` by default. */
  readonly poison?: boolean;
  /** How it comes back after a loss of the GPU device. */
  readonly recovery?: Partial<RecoveryLimits>;
  /** Keeps book of where all GPU memory comes from, for {@link Studio.tracer}. It costs time and memory in each frame: leave it out in production. */
  readonly trace?: boolean | Partial<TraceOptions>;
}

const RECOVERY: RecoveryLimits = { auto: true, maxLosses: 3, windowMs: 60_000 };

const MEBIBYTE = 2 ** 20;
const SMALL_MACHINE_GIBIBYTES = 4;

/**
 * The front door: makes pipelines and owns the GPU memory they share.
 *
 * Owns: pools, kernels, pipelines, and the GPU device unless `device` was given. Borrows: a `device` given to it.
 *
 * Event `devicelost`, a {@link DeviceLostEvent}: the GPU went away. What is waiting rejects with a {@link DeviceLostError}. A studio with a device of its own asks for
 * another one: meanwhile `render` draws nothing and returns `false`, and `read` waits. Event `devicerestored`: it goes on, and the next frame is as the last one was; only
 * what looks remember from frame to frame is gone. Event `gpuerror`, a {@link GpuErrorEvent}: the GPU refused something that no call could tell of; only with a device of its own.
 * Event `pressure`, a {@link PressureEvent}: memory grows short. Event `leak`, a {@link LeakEvent}: something was dropped without `destroy()`; only with `trace`.
 *
 * @example
 * ```ts
 * const studio = await Studio.create();
 * const look = studio.pipeline(pencilDodge({ sigma: 6 }));
 * await look.ready;
 * look.render(image, canvas);
 * studio.destroy();
 * ```
 */
export class Studio extends EventTarget {
  readonly #keeper: DeviceKeeper;
  readonly #parts: StudioParts;
  readonly #estate: StudioEstate;
  readonly #tracer: Tracer | undefined;
  #frames = 0;
  #state: 'open' | 'closing' | 'destroyed' = 'open';

  static {
    makeDisposable(this.prototype, (studio) => studio.#finish());
  }

  private constructor(first: Generation, lasting: Lasting, options: StudioOptions, tracer: Tracer | undefined) {
    super();
    this.#tracer = tracer;
    this.#keeper = new DeviceKeeper(first, options, lasting, { ...RECOVERY, ...options.recovery }, tellEvents(new WeakRef(this), lasting.account, tracer));
    this.#estate = new StudioEstate(this.#keeper, lasting.account.trace);
    beginLife('studio', this, this.#estate, '');
    this.#parts = {
      keeper: this.#keeper,
      codec: options.codec ?? browserCodec,
      limits: { maxPixels: 64e6, maxSide: Infinity, ...options.limits },
      cache: options.cache,
      painted: () => this.#frames++,
      adopt: (pipeline, label, giveBack) => this.#estate.adopt(pipeline, label, giveBack),
    };
  }

  /**
   * Makes a studio on a GPU device of its own, or on one of yours.
   * @throws {@link UnsupportedError} where there is no WebGPU.
   * @throws {@link ParameterError} for a limit that is no positive number, a word that is none of an option's, or a `cache` that is none.
   */
  static async create(options: StudioOptions = {}): Promise<Studio> {
    checkOptions(options);
    const counters: ObjectCounters = { created: 0, destroyed: 0, transient: 0 };
    const limits = { maxBytes: defaultBudget(), maxAgeFrames: 120, maxAgeMs: 10_000, ...options.memory };
    const tracing = await startTrace(options.trace);
    const account = new MemoryAccount(limits.maxBytes, tracing?.sink);
    const lasting: Lasting = { account, counters, limits, lineKernels: options.lineKernels, poison: options.poison ?? false };
    const device = await acquireDevice(options, counters);
    try {
      return new Studio(await beginGeneration(device, lasting), lasting, options, tracing?.tracer);
    } catch (error) {
      device.destroy();
      throw error;
    }
  }

  /** A pipeline that paints one picture: the given looks, one after the other. */
  pipeline(...looks: [Look, ...Look[]]): Pipeline<never>;
  /** A pipeline that paints several pictures of one source in one graph; what they share is computed once. */
  pipeline<K extends string>(looks: Readonly<Record<K, Look>>): Pipeline<K>;
  pipeline(...looks: [Look | Readonly<Record<string, Look>>, ...Look[]]): Pipeline<string> {
    this.#assertOpen();
    this.#keeper.assertUsable();
    const [first] = looks;
    const named = isNamed(first) ? first : { result: looks as Look };
    if (Object.keys(named).length === 0) throw new InputError('pipeline: there is no look; give at least one');
    for (const [name, look] of Object.entries(named)) assertLook(look, isNamed(first) ? `pipeline: ${name}` : 'pipeline');
    return new Pipeline<string>(this.#parts, named, isNamed(first));
  }

  /**
   * Counts of GPU objects and bytes. Can be called at any time, also after `destroy()`.
   * @param into - what an earlier call gave, to be filled again: then nothing is allocated, so it can be called in each frame
   * @returns `into`, or a new record
   */
  metrics(into: Metrics = emptyMetrics()): Metrics {
    return readMetrics(this.#keeper.generation.engine, this.#frames, into);
  }

  /** Finds out who holds GPU memory, where the studio was made with `trace`. */
  get tracer(): Tracer | undefined {
    return this.#tracer;
  }

  /** What was dropped without `destroy()`, as far as it was found: see {@link Tracer.leaks}. Always empty without `trace`. */
  leaks(): readonly Leak[] {
    return this.#tracer?.leaks() ?? [];
  }

  /** As every `EventTarget` has it, with the types of {@link StudioEvents}. */
  override addEventListener<K extends keyof StudioEvents>(type: K, listener: (event: StudioEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
  override addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  override addEventListener(type: string, listener: unknown, options?: boolean | AddEventListenerOptions): void {
    super.addEventListener(type, listener as EventListener, options);
  }

  /** As every `EventTarget` has it, with the types of {@link StudioEvents}. */
  override removeEventListener<K extends keyof StudioEvents>(type: K, listener: (event: StudioEvents[K]) => void, options?: boolean | EventListenerOptions): void;
  override removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
  override removeEventListener(type: string, listener: unknown, options?: boolean | EventListenerOptions): void {
    super.removeEventListener(type, listener as EventListener, options);
  }

  /**
   * Paints any number of pictures, one after the other, as the loop asks for them. Items come in the order of the inputs. A picture that fails is an item with its `error`, and the others are painted; one that failed for want of GPU memory or because of a lost device is tried once more.
   *
   * Nothing is begun while the loop does not ask, beyond the `ahead` inputs after the one it holds. Between items everything they held is given back, textures of sizes no longer painted among it, so memory does not depend on how many pictures there are.
   * Leaving the loop ends the batch, after the GPU is done with what it has begun. The looks are painted as they are when the first item is asked for.
   *
   * @param inputs - pictures, or functions that open them: an array, a `FileList`, a generator or another iterable. What it throws itself ends the batch.
   * @param pipeline - of this studio; when it is destroyed the batch ends with a {@link DestroyedError}
   * @throws {@link InputError}, {@link ParameterError}, {@link DestroyedError}; the loop gets the reason of `signal`
   *
   * @example
   * ```ts
   * for await (const { input, outputs, error } of studio.batch([file], pipeline, { maxSize: 2048, encode: { type: 'image/webp' } })) {
   *   if (outputs === undefined) console.warn(`${input.name}: ${error.message}`);
   *   else await caches.open('paintings').then((cache) => cache.put(`/${input.name}`, new Response(outputs)));
   * }
   * ```
   */
  batch<I extends BatchInput, K extends string = never>(inputs: Iterable<I> | AsyncIterable<I>, pipeline: Pipeline<K>, options: EncodedBatchOptions): Batch<I, Outputs<K, Blob>>;
  /** As above, with the paintings as pixels. */
  batch<I extends BatchInput, K extends string = never>(inputs: Iterable<I> | AsyncIterable<I>, pipeline: Pipeline<K>, options?: BatchOptions): Batch<I, Outputs<K, Pixels>>;
  batch<I extends BatchInput>(inputs: Iterable<I> | AsyncIterable<I>, pipeline: Pipeline<string>, options: BatchOptions & Partial<EncodedBatchOptions> = {}): Batch<I, Outputs<string, never>> {
    this.#assertOpen();
    pipeline.assertUsable();
    if (!this.#estate.pipelines.includes(pipeline)) throw new InputError('batch: the pipeline is of another studio; give one that this studio has made');
    return openBatch(inputs, pipeline, options) as Batch<I, Outputs<string, never>>;
  }

  /**
   * Runs `work` and then releases what its scope was given, the last one first, whether it returns or throws: pipelines, pictures, whatever has a `destroy()`, a `close()` or is a `using` resource.
   * Each is released even if the release of another fails. Scopes can be nested.
   *
   * @returns what `work` returns
   * @throws what `work` throws; an {@link !AggregateError} with all errors, the first as its `cause`, where releases failed too; {@link DestroyedError} when the studio was destroyed before
   *
   * @example
   * ```ts
   * const drawing = await studio.scope(async (scope) => {
   *   const look = scope.pipeline(pencilDodge());
   *   const bitmap = scope.use(await createImageBitmap(file));
   *   return look.read(bitmap);
   * });
   * ```
   */
  async scope<T>(work: (scope: Scope) => T | Promise<T>): Promise<T> {
    this.#assertOpen();
    return runInScope(this, work);
  }

  /** Destroys every pooled texture and buffer that nobody uses; returns the bytes. */
  trim(): number {
    this.#assertOpen();
    return this.#keeper.generation.engine.trim();
  }

  /**
   * Goes on with another GPU device of yours, after the loss of the one before or just so. Pipelines keep their looks and parameters; what they remember of
   * earlier frames is gone. Resolves when the kernels there were are compiled again.
   * @throws {@link InputError} where the studio has a device of its own, or `device` is none.
   */
  async setDevice(device: GPUDevice): Promise<void> {
    this.#assertOpen();
    await this.#keeper.setDevice(device);
  }

  /** Destroys all pipelines and all GPU memory; what is still waiting rejects with a {@link DestroyedError}. A second call does nothing. */
  destroy(): void {
    if (this.#state === 'destroyed') return;
    this.#state = 'destroyed';
    endLife(this.#estate);
  }

  /** As {@link Studio.destroy}, for `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /** For `await using`: refuses further calls, waits for those in progress and for the GPU, then destroys. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  async #finish(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closing';
    await Promise.all(this.#estate.pipelines.map((pipeline) => pipeline.finish()));
    const { device } = this.#keeper.generation.engine;
    if (device.alive) await device.done();
    this.destroy();
  }

  #assertOpen(): void {
    if (this.#state !== 'open') throw new DestroyedError('the studio was destroyed; make a new one');
  }
}

function isNamed(value: Look | Readonly<Record<string, Look>>): value is Readonly<Record<string, Look>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('effect' in value);
}

function defaultBudget(): number {
  const memory = (globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory ?? Infinity;
  return (memory <= SMALL_MACHINE_GIBIBYTES ? 256 : 512) * MEBIBYTE;
}

function checkOptions({ memory = {}, limits = {}, recovery: { auto: _auto, ...recovery } = {}, lineKernels, validation, cache }: StudioOptions): void {
  for (const [name, value] of Object.entries({ ...memory, ...limits, ...recovery })) {
    if (!(typeof value === 'number' && value > 0)) throw new ParameterError(`Studio.create: ${name} is ${String(value)}, must be a positive number`);
  }
  if (lineKernels !== undefined) checkWord('lineKernels', lineKernels, LINE_KERNELS);
  if (validation !== undefined) checkWord('validation', validation, VALIDATIONS);
  // No instanceof, which would carry the cache into every bundle.
  if (cache !== undefined && typeof (cache as Partial<ResultCache> | null)?.resultOf !== 'function') throw new ParameterError(`Studio.create: cache is ${String(cache)}, must be a ResultCache: new ResultCache()`);
}

function checkWord(name: string, value: string, words: readonly string[]): void {
  if (!words.includes(value)) throw new ParameterError(`Studio.create: ${name} is ${JSON.stringify(value)}, must be one of ${words.join(', ')}`);
}

/** The tracer is a module of its own, because few need it. */
async function startTrace(trace: StudioOptions['trace']): Promise<{ readonly tracer: Tracer; readonly sink: TraceSink } | undefined> {
  if (trace === undefined || trace === false) return undefined;
  const { startTracer } = await import('./startTracer.ts');
  return startTracer(trace === true ? {} : trace);
}

/** Has the studio tell what happens. Device and account live longer than a studio that is dropped and must not keep it, so this is no part of its constructor, where every closure does. */
function tellEvents(studio: WeakRef<Studio>, account: MemoryAccount, tracer: Tracer | undefined): KeeperEvents {
  const tell = (event: Event): void => void studio.deref()?.dispatchEvent(event);
  // A listener may call the studio, so it is told when the frame is over.
  account.onPressure = (held) => queueMicrotask(() => tell(new PressureEvent(held, account.budget)));
  tracer?.follow((leak) => tell(new LeakEvent(leak)));
  return {
    lost: (reason, state) => tell(new DeviceLostEvent(reason, state)),
    restored: () => tell(new Event('devicerestored')),
    refused: (error) => tell(new GpuErrorEvent(error)),
  };
}
