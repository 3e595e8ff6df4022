import { acquireDevice, type DeviceOptions } from '../core/device.ts';
import { LINE_KERNELS, readTraits, type LineKernels } from '../core/deviceTraits.ts';
import type { Look } from '../core/effect.ts';
import { Engine, type MemoryLimits } from '../core/engine.ts';
import { DestroyedError, InputError, ParameterError } from '../core/errors.ts';
import { assertLook } from '../core/look.ts';
import { browserCodec, type Codec } from '../io/codec.ts';
import type { TraceSink } from '../core/trace.ts';
import { LentTextures } from '../io/source.ts';
import type { ConfiguredCanvases } from '../io/target.ts';
import { LeakEvent, PressureEvent } from './events.ts';
import { beginLife, endLife } from './lifetime.ts';
import { emptyMetrics, readMetrics, type Metrics } from './metrics.ts';
import { Pipeline, type StudioParts } from './pipeline.ts';
import { StudioEstate } from './studioEstate.ts';
import type { Tracer } from './tracer.ts';
import type { Leak, TraceOptions } from './traceRecorder.ts';

/** What may be decoded. */
export interface InputLimits {
  /** Pixels of an encoded picture, 64 megapixels by default. */
  readonly maxPixels: number;
  /** Pixels on its longest side, as large as the device allows by default. */
  readonly maxSide: number;
}

/** How a {@link Studio} is made. */
export interface StudioOptions extends DeviceOptions {
  /** How much GPU memory may be held (512 MiB, 256 MiB on small machines) and how long it may wait unused (120 frames, 10 s). */
  readonly memory?: Partial<MemoryLimits>;
  /** What may be decoded and painted. */
  readonly limits?: Partial<InputLimits>;
  /** How encoded pictures are read and written; the browser's own by default. */
  readonly codec?: Codec;
  /** How passes along rows and columns are divided. By default what a measurement of some milliseconds, once per device, finds faster; `metrics().adapter` says which. */
  readonly lineKernels?: LineKernels;
  /** Keeps book of where all GPU memory comes from, for {@link Studio.tracer}. It costs time and memory in each frame: leave it out in production. */
  readonly trace?: boolean | Partial<TraceOptions>;
}

/** The events of a {@link Studio}, by their types. */
export interface StudioEvents {
  /** The GPU went away. */
  readonly devicelost: Event;
  /** More than 80 % of the memory budget is in use. */
  readonly pressure: PressureEvent;
  /** With `trace`: something was dropped without `destroy()`. */
  readonly leak: LeakEvent;
}

const MEBIBYTE = 2 ** 20;
const SMALL_MACHINE_GIBIBYTES = 4;

/**
 * The front door: makes pipelines and owns the GPU memory they share.
 *
 * Owns: pools, kernels, pipelines, and the GPU device unless `device` was given. Borrows: a `device` given to it.
 *
 * Event `devicelost`: the GPU went away; every call from now on throws a {@link DeviceLostError}. Event `pressure`: memory grows short, see {@link PressureEvent}.
 * Event `leak`: see {@link LeakEvent}. Listeners are called outside of frames, so they may call the studio.
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
  readonly #engine: Engine;
  readonly #parts: StudioParts;
  readonly #estate: StudioEstate;
  readonly #tracer: Tracer | undefined;
  #frames = 0;
  #destroyed = false;

  private constructor(engine: Engine, options: StudioOptions, tracer: Tracer | undefined) {
    super();
    this.#engine = engine;
    this.#tracer = tracer;
    const maxSide = Math.min(options.limits?.maxSide ?? Infinity, engine.device.handle.limits.maxTextureDimension2D);
    const canvases: ConfiguredCanvases = new WeakMap();
    this.#parts = {
      engine,
      canvases,
      lent: new LentTextures(engine),
      codec: options.codec ?? browserCodec,
      limits: { maxPixels: options.limits?.maxPixels ?? 64e6, maxSide },
      painted: () => this.#frames++,
      adopt: (pipeline, label, end) => this.#estate.adopt(pipeline, label, end),
    };
    this.#estate = new StudioEstate(engine, this.#parts.lent);
    beginLife('studio', this, this.#estate, '');
    tellEvents(new WeakRef(this), engine, tracer);
  }

  /**
   * Makes a studio on a GPU device of its own, or on one of yours.
   * @throws {@link UnsupportedError} where there is no WebGPU.
   * @throws {@link ParameterError} for a limit that is no positive number, or a word for `lineKernels` that there is not.
   */
  static async create(options: StudioOptions = {}): Promise<Studio> {
    const { memory = {}, limits = {} } = options;
    for (const [name, value] of Object.entries({ ...memory, ...limits })) {
      if (!(typeof value === 'number' && value > 0)) throw new ParameterError(`Studio.create: ${name} is ${String(value)}, must be a positive number`);
    }
    if (options.lineKernels !== undefined && !LINE_KERNELS.includes(options.lineKernels)) throw new ParameterError(`Studio.create: lineKernels is ${JSON.stringify(options.lineKernels)}, must be one of ${LINE_KERNELS.join(', ')}`);
    const tracing = await startTrace(options.trace);
    const device = await acquireDevice(options);
    const engine = new Engine(device, await readTraits(device, options.lineKernels), { maxBytes: defaultBudget(), maxAgeFrames: 120, maxAgeMs: 10_000, ...memory });
    engine.account.trace = tracing?.sink;
    return new Studio(engine, options, tracing?.tracer);
  }

  /** A pipeline that paints one picture: the given looks, one after the other. */
  pipeline(...looks: [Look, ...Look[]]): Pipeline<never>;
  /** A pipeline that paints several pictures of one source in one graph; what they share is computed once. */
  pipeline<K extends string>(looks: Readonly<Record<K, Look>>): Pipeline<K>;
  pipeline(...looks: [Look | Readonly<Record<string, Look>>, ...Look[]]): Pipeline<string> {
    if (this.#destroyed) throw new DestroyedError('this studio was destroyed; make a new one');
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
    return readMetrics(this.#engine, this.#frames, into);
  }

  /** Finds out who holds GPU memory, where the studio was made with `trace`. */
  get tracer(): Tracer | undefined {
    return this.#tracer;
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

  /** What was dropped without `destroy()`, as far as it was found: see {@link Tracer.leaks}. Always empty without `trace`. */
  leaks(): readonly Leak[] {
    return this.#tracer?.leaks() ?? [];
  }

  /** Destroys every pooled texture and buffer that nobody uses; returns the bytes. */
  trim(): number {
    return this.#engine.trim();
  }

  /** Destroys all pipelines and all GPU memory; what is still waiting rejects with a {@link DestroyedError}. A second call does nothing. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    endLife(this.#estate);
  }

  /** As {@link Studio.destroy}. */
  [Symbol.dispose](): void {
    this.destroy();
  }

  /** Waits for the GPU to finish what was submitted, then destroys. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#destroyed && this.#engine.device.alive) await this.#engine.device.race(this.#engine.device.handle.queue.onSubmittedWorkDone()).catch(() => {});
    this.destroy();
  }
}

function isNamed(value: Look | Readonly<Record<string, Look>>): value is Readonly<Record<string, Look>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('effect' in value);
}

function defaultBudget(): number {
  const memory = (globalThis.navigator as { deviceMemory?: number } | undefined)?.deviceMemory ?? Infinity;
  return (memory <= SMALL_MACHINE_GIBIBYTES ? 256 : 512) * MEBIBYTE;
}

/** The tracer is a module of its own, because few need it. */
async function startTrace(trace: StudioOptions['trace']): Promise<{ readonly tracer: Tracer; readonly sink: TraceSink } | undefined> {
  if (trace === undefined || trace === false) return undefined;
  const { startTracer } = await import('./startTracer.ts');
  return startTracer(trace === true ? {} : trace);
}

/** Has the studio tell what happens. The device and the account live longer than a studio that is dropped and must not keep it, so this is no part of its constructor, where every closure does. */
function tellEvents(studio: WeakRef<Studio>, { device, account }: Engine, tracer: Tracer | undefined): void {
  const tell = (event: Event): void => void studio.deref()?.dispatchEvent(event);
  account.onPressure = (held) => queueMicrotask(() => tell(new PressureEvent(held, account.budget)));
  tracer?.follow((leak) => tell(new LeakEvent(leak)));
  void device.handle.lost.then(() => {
    if (!device.destroyed) tell(new Event('devicelost'));
  });
}
