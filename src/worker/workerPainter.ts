import { checkSignal } from '../core/abort.ts';
import { makeDisposable } from '../core/disposal.ts';
import type { Look } from '../core/effect.ts';
import { InputError, ParameterError } from '../core/errors.ts';
import type { Pixels } from '../io/pixels.ts';
import { closeGiven } from '../io/closeGiven.ts';
import { isA, type AsyncSource } from '../io/source.ts';
import type { LiveStats } from '../studio/live.ts';
import { keepsItsBox } from '../studio/liveCanvases.ts';
import type { Metrics } from '../studio/metrics.ts';
import { postable } from './postable.ts';
import type { PostedFrames, PostedReadOptions, PostedStudioOptions } from './protocol.ts';
import { sendSource, type Begun } from './sendSource.ts';
import { WorkerCalls } from './workerCalls.ts';
import { WorkerLive, type WatchedCanvas, type WorkerAttachOptions } from './workerLive.ts';

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

/** How a picture is painted into memory; see `ReadOptions`. */
export interface WorkerReadOptions extends PostedReadOptions {
  /** Stops the call: it rejects at once with the signal's reason, and nothing more is submitted for it. */
  readonly signal?: AbortSignal;
}

/** What a {@link WorkerPainter} can paint frame by frame. The frames of a stream are taken over: each is closed, and the stream is cancelled in the end. */
export type WorkerSource = MediaStreamTrack | ReadableStream<VideoFrame> | HTMLVideoElement | HTMLCanvasElement | OffscreenCanvas;

const TIMEOUT_MS = 10_000;

/**
 * Paints in a worker, so that the page is never held up. The worker's module calls {@link servePainter}.
 *
 * Every call returns a promise and none waits for ever: a worker that throws, is terminated or does not answer ends the painter, and its calls reject with a `WorkerError`. Errors of the studio in the worker arrive as the same classes.
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
  readonly #canvas: WatchedCanvas;
  #live: WorkerLive | undefined;
  #ending: Promise<void> | undefined;

  static {
    makeDisposable(this.prototype, (painter) => painter.destroy());
  }

  private constructor(calls: WorkerCalls, canvas: WatchedCanvas) {
    this.#calls = calls;
    this.#canvas = canvas;
  }

  /**
   * Takes over a worker and a canvas, and resolves when the looks' kernels are compiled. Where it rejects, the worker is terminated.
   * @throws `UnsupportedError` where the worker has no WebGPU; `ParameterError` for looks that it does not serve; `InputError` for a canvas that is taken; `WorkerError`
   */
  static async create(worker: Worker, { looks, canvas, timeout = TIMEOUT_MS, ...studio }: WorkerPainterOptions): Promise<WorkerPainter> {
    if (!(timeout > 0)) throw new ParameterError(`WorkerPainter.create: timeout is ${String(timeout)}, must be a positive number of milliseconds`);
    const { offscreen, ...taken } = takeCanvas(canvas);
    const calls = new WorkerCalls(worker, timeout);
    try {
      const longestSide = await calls.call('create', { looks: JSON.parse(JSON.stringify(looks)) as unknown, canvas: offscreen, studio }, { transfer: [offscreen] });
      return new WorkerPainter(calls, { ...taken, longestSide });
    } catch (error) {
      await calls.destroy();
      throw error;
    }
  }

  /**
   * Paints each new frame of a source from now on, as `Pipeline.attach`, in place of what was attached before. It rests while nobody can see the canvas.
   *
   * Where the browser can read a track as frames (Chrome) or transfer it (Safari), and with a stream of frames, the page has nothing to do with them, and painting goes on while it is busy. Else, as for elements, it posts them one at a time, the next when the worker took the last, always the newest.
   * @returns when it has begun, what tells of its end
   * @throws `InputError` for a source that gives no frames or an option that does not fit; `WorkerError`, `DestroyedError`
   *
   * @example
   * ```ts
   * const painter = await WorkerPainter.create(new Worker('painter.js', { type: 'module' }), { looks: { effect: 'oil' }, canvas });
   * const [track] = (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks();
   * const live = await painter.attach(track!, { mirror: true });
   * live.ended.then(() => console.log('the camera was stopped'), (error) => console.error(error));
   * ```
   */
  async attach(source: WorkerSource, { resize = true, ...options }: WorkerAttachOptions = {}): Promise<WorkerLive> {
    const begin = async (frames: PostedFrames): Promise<Begun> => {
      const ended = this.#calls.call('attach', { frames, options }, { transfer: [frames as Transferable] });
      // What was attached gives way.
      this.#live?.leave();
      // The worker does the next call when it has begun, or has refused.
      await Promise.race([ended, this.#calls.call('stats', undefined)]);
      // Whoever awaits it sees the error; whoever does not must not crash the page.
      ended.catch(() => {});
      return { ended };
    };
    const { ended, sender } = await sendSource(source, begin, () => void this.detach().catch(() => {}));
    return (this.#live = new WorkerLive(this.#calls, ended, sender, this.#canvas, resize));
  }

  /** Ends what is attached; the canvas keeps what it shows. */
  detach(): Promise<void> {
    return this.#calls.call('detach', undefined);
  }

  /** Counts and times of what is attached, `undefined` where nothing was; see `Live.stats`. */
  stats(): Promise<LiveStats | undefined> {
    return this.#calls.call('stats', undefined);
  }

  /**
   * Changes parameters of one step, as `Pipeline.set`; the next frame shows it.
   * @throws `ParameterError`
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
   * Paints a picture into memory, as `Pipeline.read`. Bitmaps, files and pixels are copied to the worker; images and canvases are read in the page first.
   * @throws as `Pipeline.read`
   */
  async read(source: AsyncSource, { signal, ...options }: WorkerReadOptions = {}): Promise<Pixels> {
    try {
      checkSignal(signal, 'read');
      const posted = await postable(source);
      return await this.#calls.call('read', { source: posted.source, options }, { transfer: posted.transfer, signal });
    } finally {
      // The worker has a copy.
      closeGiven(source, options);
    }
  }

  /** Ends the painter and its worker; what still waits rejects with a `DestroyedError`. Resolves when the worker is terminated, after the timeout at the latest. A second call does nothing more. */
  destroy(): Promise<void> {
    this.#ending ??= this.#calls.destroy();
    return this.#ending;
  }

  /** As {@link WorkerPainter.destroy}, without waiting, for `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /** As {@link WorkerPainter.destroy}, for `await using`. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Takes a canvas for the worker, and tells what stays of it in the page. */
function takeCanvas(canvas: HTMLCanvasElement | OffscreenCanvas): Omit<WatchedCanvas, 'longestSide'> & { readonly offscreen: OffscreenCanvas } {
  if (isA(canvas, 'OffscreenCanvas')) return { offscreen: canvas as OffscreenCanvas, element: undefined, keepsItsBox: false };
  const element = canvas as HTMLCanvasElement;
  try {
    // Later nobody can try, because then its size is set elsewhere.
    const { width, height } = element;
    const isLaidOut = element.clientWidth > 0 && keepsItsBox(element, 2 * width, 2 * height);
    Object.assign(element, { width, height });
    return { offscreen: element.transferControlToOffscreen(), element, keepsItsBox: isLaidOut };
  } catch (cause) {
    throw new InputError(`the canvas cannot be given to a worker (${String(cause)}); give one that has no context and was not given before`, { code: 'canvas-context', cause });
  }
}
