import { acquireDevice, type DeviceOptions } from '../core/device.ts';
import { LINE_KERNELS, readTraits, type LineKernels } from '../core/deviceTraits.ts';
import type { Look } from '../core/effect.ts';
import { Engine, type MemoryLimits } from '../core/engine.ts';
import { DestroyedError, InputError, ParameterError } from '../core/errors.ts';
import { assertLook } from '../core/look.ts';
import { browserCodec, type Codec } from '../io/codec.ts';
import type { InputLimits } from '../io/inputLimits.ts';
import { LentTextures } from '../io/source.ts';
import type { ConfiguredCanvases } from '../io/target.ts';
import { readMetrics, type Metrics } from './metrics.ts';
import { Pipeline, type StudioParts } from './pipeline.ts';

/** How a {@link Studio} is made. */
export interface StudioOptions extends DeviceOptions {
  /** How much GPU memory may be held (512 MiB, 256 MiB on small machines) and how long it may wait unused (120 frames, 10 s). */
  readonly memory?: Partial<MemoryLimits>;
  /** What pictures are taken: larger ones are refused, encoded ones before they are decoded. A picture with a side that the device cannot hold is no such one: encoded it is scaled down to what it can. */
  readonly limits?: Partial<InputLimits>;
  /** How encoded pictures are read and written; the browser's own by default. */
  readonly codec?: Codec;
  /** How passes along rows and columns are divided. By default what a measurement of some milliseconds, once per device, finds faster; `metrics().adapter` says which. */
  readonly lineKernels?: LineKernels;
}

const MEBIBYTE = 2 ** 20;
const SMALL_MACHINE_GIBIBYTES = 4;

/**
 * The front door: makes pipelines and owns the GPU memory they share.
 *
 * Owns: pools, kernels, pipelines, and the GPU device unless `device` was given. Borrows: a `device` given to it.
 *
 * Event `devicelost`: the GPU went away; every call from now on throws a {@link DeviceLostError}.
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
  readonly #pipelines = new Set<Pipeline<string>>();
  #frames = 0;
  #destroyed = false;

  private constructor(engine: Engine, options: StudioOptions) {
    super();
    this.#engine = engine;
    const canvases: ConfiguredCanvases = new WeakMap();
    this.#parts = {
      engine,
      canvases,
      lent: new LentTextures(engine),
      codec: options.codec ?? browserCodec,
      limits: { maxPixels: 64e6, maxSide: Infinity, ...options.limits },
      painted: () => this.#frames++,
      forget: (pipeline) => this.#pipelines.delete(pipeline),
    };
    void engine.device.handle.lost.then(() => {
      if (!this.#destroyed) this.dispatchEvent(new Event('devicelost'));
    });
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
    const device = await acquireDevice(options);
    return new Studio(new Engine(device, await readTraits(device, options.lineKernels), { maxBytes: defaultBudget(), maxAgeFrames: 120, maxAgeMs: 10_000, ...memory }), options);
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
    const pipeline = new Pipeline<string>(this.#parts, named, isNamed(first));
    this.#pipelines.add(pipeline);
    return pipeline;
  }

  /** Counts of GPU objects and bytes. Can be called at any time, also after `destroy()`. */
  metrics(): Metrics {
    return readMetrics(this.#engine, this.#frames);
  }

  /** Destroys every pooled texture and buffer that nobody uses; returns the bytes. */
  trim(): number {
    return this.#engine.trim();
  }

  /** Destroys all pipelines and all GPU memory; what is still waiting rejects with a {@link DestroyedError}. A second call does nothing. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    for (const pipeline of this.#pipelines) pipeline.destroy();
    this.#parts.lent.destroy();
    this.#engine.destroy();
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
