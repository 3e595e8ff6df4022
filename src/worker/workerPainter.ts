import { checkSignal } from '../core/abort.ts';
import { makeDisposable } from '../core/disposal.ts';
import type { Look } from '../core/effect.ts';
import { InputError, ParameterError } from '../core/errors.ts';
import type { Pixels } from '../io/pixels.ts';
import type { AsyncSource } from '../io/source.ts';
import type { Metrics } from '../studio/metrics.ts';
import { WorkerCalls } from './workerCalls.ts';
import type { PostedReadOptions, PostedStudioOptions } from './protocol.ts';
import { postable } from './postable.ts';

/** A look as `JSON.stringify` writes it: a step, or a chain of looks. */
export type LookJson =
  | {
      /** The effect's name. */
      readonly effect: string;
      /** What is left out gets its default. */
      readonly params?: object;
      /** For a combinator: each look by its name. */
      readonly looks?: Readonly<Record<string, LookJson>>;
      /** The names by which optional inputs are bound. */
      readonly inputs?: Readonly<Record<string, string>>;
    }
  | readonly LookJson[];

/** How a {@link WorkerPainter} is made: as a studio, with the options that a worker can be told. */
export interface WorkerPainterOptions extends PostedStudioOptions {
  /** What it paints: a look, or its JSON, which spares the page the shaders. Each effect must be among those the worker serves. */
  readonly looks: Look | LookJson;
  /** Where it paints: a canvas of the page that has no context yet, or an offscreen one. It is the worker's from then on, so its size is changed with {@link WorkerPainter.resize}. */
  readonly canvas: HTMLCanvasElement | OffscreenCanvas;
  /** Milliseconds that the worker may say nothing while it is asked for something, the loading of its module included; 10 000 by default. Work may take longer, as long as the worker answers. */
  readonly timeout?: number;
}

/** How a picture is painted into memory; see {@link ReadOptions}. */
export interface WorkerReadOptions extends PostedReadOptions {
  /** Stops the call: it rejects at once with the signal's reason, and nothing more is submitted for it. */
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 10_000;

/**
 * Paints in a worker, so that the page is never held up. The worker's module calls {@link servePainter}.
 *
 * Every call returns a promise and none waits for ever: a worker that throws, is terminated or does not answer ends the painter, and its calls reject with a {@link WorkerError}. Errors of the studio in the worker arrive as the same classes.
 *
 * Owns: the worker from `create` on, and the canvas. Borrows: the sources.
 *
 * @example
 * ```ts
 * const worker = new Worker(new URL('./painter.ts', import.meta.url), { type: 'module' });
 * const painter = await WorkerPainter.create(worker, { looks: { effect: 'oil' }, canvas });
 * await painter.set('oil', { detail: 0.7 });
 * const pixels = await painter.read(file, { maxSize: 1024 });
 * await painter.destroy();
 * ```
 */
export class WorkerPainter {
  readonly #calls: WorkerCalls;
  #ending: Promise<void> | undefined;

  static {
    makeDisposable(this.prototype, (painter) => painter.destroy());
  }

  private constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Takes over a worker and a canvas, and resolves when the looks' kernels are compiled. Where it rejects, the worker is terminated.
   * @throws {@link UnsupportedError} where the worker has no WebGPU; {@link ParameterError} for looks that it does not serve; {@link InputError} for a canvas that is taken; {@link WorkerError}
   */
  static async create(worker: Worker, { looks, canvas, timeout = TIMEOUT_MS, ...studio }: WorkerPainterOptions): Promise<WorkerPainter> {
    if (!(timeout > 0)) throw new ParameterError(`WorkerPainter.create: timeout is ${String(timeout)}, must be a positive number of milliseconds`);
    const offscreen = takeOver(canvas);
    const calls = new WorkerCalls(worker, timeout);
    try {
      await calls.call('create', { looks: JSON.parse(JSON.stringify(looks)) as unknown, canvas: offscreen, studio }, { transfer: [offscreen] });
      return new WorkerPainter(calls);
    } catch (error) {
      await calls.destroy();
      throw error;
    }
  }

  /**
   * Changes parameters of one step, as {@link Pipeline.set}; the next frame shows it.
   * @throws {@link ParameterError}
   */
  set(step: string | number, params: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#calls.call('set', { step, params });
  }

  /** Gives the canvas another size, in pixels. */
  async resize(width: number, height: number): Promise<void> {
    for (const side of [width, height]) if (!(Number.isInteger(side) && side > 0)) throw new InputError(`resize: the size is ${width}x${height}, must be whole numbers from 1`);
    return this.#calls.call('resize', { width, height });
  }

  /** Counts of the studio in the worker. */
  metrics(): Promise<Metrics> {
    return this.#calls.call('metrics', undefined);
  }

  /**
   * Paints a picture into memory, as {@link Pipeline.read}. Bitmaps, files and pixels are copied to the worker; images and canvases are read in the page first.
   * @throws as {@link Pipeline.read}
   */
  async read(source: AsyncSource, { signal, ...options }: WorkerReadOptions = {}): Promise<Pixels> {
    checkSignal(signal, 'read');
    const posted = await postable(source);
    return this.#calls.call('read', { source: posted.source, options }, { transfer: posted.transfer, signal });
  }

  /** Ends the painter and its worker; what still waits rejects with a {@link DestroyedError}. Resolves when the worker is terminated, after the timeout at the latest. A second call does nothing more. */
  destroy(): Promise<void> {
    this.#ending ??= this.#calls.destroy();
    return this.#ending;
  }

  /** As {@link WorkerPainter.destroy}, without waiting, for `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /** As {@link WorkerPainter.destroy}, for `await using`. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
}

function takeOver(canvas: HTMLCanvasElement | OffscreenCanvas): OffscreenCanvas {
  if (typeof OffscreenCanvas !== 'undefined' && canvas instanceof OffscreenCanvas) return canvas;
  try {
    return (canvas as HTMLCanvasElement).transferControlToOffscreen();
  } catch (cause) {
    throw new InputError(`the canvas cannot be given to a worker (${String(cause)}); give one that has no context and was not given before`, { code: 'canvas-context', cause });
  }
}
