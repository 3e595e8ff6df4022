import { makeStoppable } from '../core/disposal.ts';
import { InputError, ParameterError } from '../core/errors.ts';
import { closeGiven } from '../io/closeGiven.ts';
import { isA, type Source } from '../io/source.ts';
import type { Target } from '../io/target.ts';
import { checkShownAs } from './frame.ts';
import type { LiveSource } from './liveFrames.ts';
import type { LiveLoop } from './liveLoop.ts';
import type { RenderOptions } from './pipeline.ts';
import type { Recording, RecordingOptions } from './recording.ts';

/** How a {@link Live} paints. */
export interface AttachOptions extends RenderOptions {
  /** Closes a source that is a `VideoFrame` or `ImageBitmap`, and those of `inputs`, when painting ends. The frames of a stream are always closed. */
  readonly close?: boolean;
  /** Whether a canvas of the page takes the size it is shown at, in pixels of the device; `true` by default. Not where its layout follows its own `width` and `height`, as without any CSS size. */
  readonly resize?: boolean;
  /**
   * `'auto'` chooses the fraction of the size that is painted, down to 0.35 of `scale`, so that the GPU holds `frameRate`. Each change is another plan, where what looks remember begins anew; until it is compiled, frames are painted as before. `'full'` keeps to `scale`, and is the default.
   */
  readonly quality?: 'full' | 'auto';
  /** Frames a second that `quality: 'auto'` holds; also those where there is no display to follow, as in Node. 30 by default. */
  readonly frameRate?: number;
  /** Called after each painted frame with {@link Live.stats}. What it throws ends the painting. */
  readonly onFrame?: (stats: LiveStats) => void;
}

/** What a {@link Live} counts and measures: one object that is written over with each frame. */
export interface LiveStats {
  /** Frames painted within the last second; 0 while it is paused. */
  readonly fps: number;
  /** Frames painted so far. */
  readonly painted: number;
  /** Frames that came while two others were on the GPU, and gave way to newer ones. */
  readonly dropped: number;
  /** Frames that could not be painted when they came: kernels were compiling, the source was not ready or was closed, the canvas had no size, the GPU device was lost. */
  readonly skipped: number;
  /** CPU time that painting a frame takes, in milliseconds: the mean of the last frames. */
  readonly milliseconds: number;
  /** Time a frame takes on the GPU, in milliseconds: the mean of the last frames. An estimate from when the GPU was done, so it holds whatever else the device had to do meanwhile. */
  readonly gpuMilliseconds: number;
  /** The fraction of the working size that is painted. */
  readonly scale: number;
}

/** What a {@link Live} paints with: its pipeline. */
export interface LivePainter {
  /** Resolves when it can paint. */
  readonly ready: Promise<void>;
  /** The longest side that a canvas can have, in pixels. */
  readonly longestSide: number;
  render(source: Source, options: RenderOptions): boolean;
  /** Resolves when the GPU has done all it was told so far, or never will. */
  gpuDone(): Promise<void>;
  /** The painting has ended. */
  left(live: Live): void;
}

/** Settles a promise. */
interface Settle {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A painting that goes on: each new frame of a source is painted on a target, until {@link Live.stop}, the end of the source or the end of the pipeline. Made by {@link Pipeline.attach}.
 *
 * At most two frames are on the GPU at a time; a frame that comes meanwhile is dropped, or in a stream waits until a newer one comes. Nothing is painted while nobody can see it: where all targets are canvases of the page, and that is hidden or they are all off screen.
 * After a loss of the GPU device it goes on by itself when the studio has another.
 *
 * It goes on when nobody holds this object; only `stop()` or the end of pipeline or source ends it.
 *
 * Owns: the loop with all it needs, the frames of a stream. Borrows: pipeline, source, targets.
 */
export class Live {
  /** Counts and times, written over with each frame. */
  readonly stats: LiveStats = { fps: 0, painted: 0, dropped: 0, skipped: 0, milliseconds: 0, gpuMilliseconds: 0, scale: 1 };
  /**
   * Resolves after {@link Live.stop} and when the track or stream ends. Rejects with what makes painting impossible: an {@link InputError} as for a tainted source or a canvas that has another context, a {@link DestroyedError} when the pipeline or studio was destroyed, whatever `onFrame` throws.
   * Nobody needs to handle that. What passes is waited out.
   */
  readonly ended: Promise<void>;
  readonly #painter: LivePainter;
  readonly #source: LiveSource;
  readonly #targets: readonly Target[];
  readonly #settle: Settle;
  #options: AttachOptions;
  #isPaused = false;
  #hasEnded = false;
  /** Undefined while its module is loaded: of those who paint, not all attach. */
  #loop: LiveLoop | undefined;

  static {
    makeStoppable(this.prototype);
  }

  /** @internal Use {@link Pipeline.attach}. */
  constructor(painter: LivePainter, source: LiveSource, targets: readonly Target[], options: AttachOptions) {
    checkOptions(options);
    this.#painter = painter;
    this.#source = source;
    this.#targets = targets;
    this.#options = options;
    let settle: Settle | undefined;
    this.ended = new Promise((resolve, reject) => (settle = { resolve, reject }));
    this.#settle = settle as unknown as Settle;
    // Whoever awaits it sees the error; whoever does not must not crash the page.
    this.ended.catch(() => {});
    this.#begin().catch((error: unknown) => this.end(error));
  }

  async #begin(): Promise<void> {
    const { LiveLoop } = await import('./liveLoop.ts');
    this.#loop = new LiveLoop(this.#painter, this.#source, this.#targets, this.#options, this.stats, (error) => this.end(error));
    this.#loop.pause(this.#isPaused);
    // What waits in a stream has to be closed also where all was over before it began.
    if (this.#hasEnded) this.#loop.stop();
  }

  /** Whether it rests, after {@link Live.pause} or because nobody can see it. */
  get paused(): boolean {
    return this.#isPaused || this.#loop?.isSeen === false;
  }

  /**
   * Changes options; those left out stay. The next frame shows it.
   * @throws {@link ParameterError}, {@link InputError} for a value that does not fit
   */
  set(options: Partial<AttachOptions>): void {
    checkOptions(options);
    this.#options = { ...this.#options, ...options };
    this.#loop?.set(this.#options);
  }

  /** Rests until {@link Live.resume}: no frame is painted, none is kept. The frames of a stream are still read and closed. */
  pause(): void {
    this.#isPaused = true;
    this.#loop?.pause(true);
  }

  /** Goes on after {@link Live.pause}. */
  resume(): void {
    this.#isPaused = false;
    this.#loop?.pause(false);
  }

  /**
   * Records what the canvas of the page shows as a file, from now on until the recording is stopped or this ends. While nobody can see the canvas its picture stands still; a `toMediaStream` goes on.
   * @throws {@link InputError} where the target is no canvas of the page, or for a type that this browser cannot write; {@link UnsupportedError} where there is no `MediaRecorder`; {@link ParameterError}
   *
   * @example
   * ```ts
   * const live = pipeline.attach(image, canvas);
   * const recording = await live.record({ type: 'video/webm' });
   * const film: Blob = await recording.stop();
   * ```
   */
  async record(options: RecordingOptions = {}): Promise<Recording> {
    const [canvas, ...others] = this.#targets;
    if (!isA(canvas, 'HTMLCanvasElement') || others.length > 0) throw new InputError('record: only what is painted on one canvas of the page can be recorded; attach one, or make a stream with toMediaStream');
    if (this.#hasEnded) throw new InputError('record: there is nothing to record, because the painting has ended', { code: 'source-closed' });
    const { recordCanvas } = await import('./recording.ts');
    return recordCanvas(canvas as HTMLCanvasElement, options, this.ended);
  }

  /** Ends it: nothing more is painted, and {@link Live.ended} resolves. The targets keep what they show. A second call does nothing. */
  stop(): void {
    this.end();
  }

  /** As {@link Live.stop}, for `using`. */
  declare readonly [Symbol.dispose]: () => void;

  /** Ends it, with an error where it failed. @internal */
  end(error?: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#loop?.stop();
    closeGiven(this.#source, this.#options);
    this.#painter.left(this);
    if (error === undefined) this.#settle.resolve();
    else this.#settle.reject(error);
  }

  /** Shows the frame that is there once more, after what it showed was lost. @internal */
  again(): void {
    this.#loop?.again();
  }
}

function checkOptions({ frameRate, resize, quality, onFrame, ...shown }: Partial<AttachOptions>): void {
  checkShownAs(shown);
  if (frameRate !== undefined && !(frameRate > 0 && frameRate < Infinity)) throw new ParameterError(`attach: frameRate is ${String(frameRate)}, must be a positive number of frames a second`);
  if (resize !== undefined && typeof resize !== 'boolean') throw new ParameterError(`attach: resize is ${String(resize)}, must be true or false`);
  if (quality !== undefined && quality !== 'full' && quality !== 'auto') throw new ParameterError(`attach: quality is ${JSON.stringify(quality)}, must be one of full, auto`);
  if (onFrame !== undefined && typeof onFrame !== 'function') throw new ParameterError(`attach: onFrame is ${String(onFrame)}, must be a function`);
}
