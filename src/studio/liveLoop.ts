import { AtelierError } from '../core/errors.ts';
import type { Source } from '../io/source.ts';
import type { Target } from '../io/target.ts';
import type { AttachOptions, LivePainter, LiveStats } from './live.ts';
import { LiveCanvases } from './liveCanvases.ts';
import { openFeed, type FrameFeed, type LiveSource } from './liveFrames.ts';
import { LiveMeter, type WrittenStats } from './liveMeter.ts';
import { LiveQuality } from './liveQuality.ts';
import type { RenderOptions } from './pipeline.ts';

/** How many frames may be on the GPU: the next is painted while one is shown. */
const MOST_IN_FLIGHT = 2;
/** How often in a row the GPU or the budget may refuse a frame, before that is no passing matter. */
const MOST_REFUSALS = 30;
const FRAME_RATE = 30;

/**
 * What a live painting does with each frame.
 * Owns: the feed, the observers of the canvases, a frame of a stream that waits. Borrows: painter, source, targets.
 */
export class LiveLoop {
  /** Whether anybody can see what is painted. */
  isSeen = true;
  readonly #painter: LivePainter;
  readonly #stats: WrittenStats;
  readonly #meter: LiveMeter;
  readonly #canvases: LiveCanvases;
  readonly #feed: FrameFeed;
  readonly #end: (error?: unknown) => void;
  #options: AttachOptions;
  #quality: LiveQuality | undefined;
  /** As frames are to be painted. */
  #wanted: RenderOptions;
  /** As the last one was. */
  #shown: RenderOptions | undefined;
  #state: 'waiting' | 'open' | 'ended' = 'waiting';
  #isPaused = false;
  #goes = false;
  #inFlight = 0;
  #refusals = 0;
  /** The newest frame of a stream, while two others are on the GPU. */
  #next: VideoFrame | undefined;

  /** @param end - told when there is nothing more to paint, with an error where it failed; it must stop the loop */
  constructor(painter: LivePainter, source: LiveSource, targets: readonly Target[], options: AttachOptions, stats: LiveStats, end: (error?: unknown) => void) {
    this.#painter = painter;
    this.#options = options;
    this.#quality = options.quality === 'auto' ? new LiveQuality() : undefined;
    this.#wanted = this.#renderOptions();
    this.#stats = stats;
    this.#meter = new LiveMeter(stats);
    this.#end = end;
    this.#feed = openFeed(source, () => this.#frameRate, { show: (frame) => this.#show(frame), take: (frame) => this.#take(frame), end });
    this.#canvases = new LiveCanvases(targets, { seen: (visible) => this.#see(visible), resized: () => this.again() });
    this.#canvases.followsSize = options.resize !== false;
    painter.ready.then(() => this.#open(), (error: unknown) => (isPassing(error) ? this.#open() : end(error)));
  }

  set(options: AttachOptions): void {
    this.#options = options;
    this.#quality = options.quality === 'auto' ? (this.#quality ?? new LiveQuality()) : undefined;
    this.#wanted = this.#renderOptions();
    this.#canvases.followsSize = options.resize !== false;
    this.again();
  }

  get #frameRate(): number {
    return this.#options.frameRate ?? FRAME_RATE;
  }

  #renderOptions(): RenderOptions {
    const { scale = 1, upsample = 'edges' } = this.#options;
    // What is painted again is not closed in between.
    return { ...this.#options, scale: scale * (this.#quality?.scale ?? 1), upsample, close: false };
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#update();
  }

  stop(): void {
    this.#state = 'ended';
    this.#update();
    this.#feed.stop();
    this.#canvases.stop();
  }

  /** Asks for the frame that is there, where the source does not bring it by itself. */
  again(): void {
    if (this.#goes) this.#feed.again();
  }

  #open(): void {
    if (this.#state === 'waiting') this.#state = 'open';
    this.#update();
  }

  #see(visible: boolean): void {
    this.isSeen = visible;
    this.#update();
  }

  #update(): void {
    const goes = this.#state === 'open' && this.isSeen && !this.#isPaused;
    if (goes === this.#goes) return;
    this.#goes = goes;
    if (goes) return this.#feed.go();
    this.#feed.rest();
    this.#meter.rest();
    this.#dropNext();
  }

  #dropNext(): void {
    if (this.#next === undefined) return;
    this.#next.close();
    this.#next = undefined;
    this.#stats.dropped++;
  }

  #show(frame: Source): void {
    if (this.#inFlight < MOST_IN_FLIGHT) this.#paint(frame);
    else this.#stats.dropped++;
  }

  #take(frame: VideoFrame): void {
    this.#dropNext();
    if (this.#inFlight < MOST_IN_FLIGHT) this.#paintAndClose(frame);
    else this.#next = frame;
  }

  #paintAndClose(frame: VideoFrame): void {
    try {
      this.#paint(frame);
    } finally {
      frame.close();
    }
  }

  #paint(frame: Source): void {
    try {
      this.#canvases.resize(this.#painter.longestSide);
      const began = performance.now();
      if (!this.#render(frame)) return this.#skip();
      const now = performance.now();
      this.#refusals = 0;
      this.#meter.painted(began, now);
      this.#follow(now);
      this.#options.onFrame?.(this.#stats);
    } catch (error) {
      if (this.#paintsSmaller(error)) this.#skip();
      else if (isPassing(error) && (!isRefusal(error) || this.#refusals++ < MOST_REFUSALS)) this.#skip();
      else this.#end(error);
    }
  }

  /** With options that need another plan, frames are painted as before until it is there. */
  #render(frame: Source): boolean {
    const wanted = this.#wanted;
    if (this.#painter.render(frame, wanted)) {
      this.#shown = wanted;
      this.#stats.scale = wanted.scale as number;
      return true;
    }
    return this.#shown !== undefined && this.#shown !== wanted && this.#painter.render(frame, this.#shown);
  }

  /** Whether a smaller size is tried, where there is no memory for that one. */
  #paintsSmaller(error: unknown): boolean {
    const isFull = error instanceof AtelierError && (error.code === 'budget' || error.code === 'out-of-memory');
    if (!isFull || this.#quality?.refused() !== true) return false;
    this.#wanted = this.#renderOptions();
    return true;
  }

  #skip(): void {
    this.#stats.skipped++;
    this.again();
  }

  /** Until the GPU is done with a frame. */
  #follow(submitted: number): void {
    this.#inFlight++;
    const painted = this.#shown;
    void this.#painter.gpuDone().then(() => {
      this.#inFlight--;
      const now = performance.now();
      const took = this.#meter.done(submitted, now);
      if (painted === this.#wanted && this.#quality?.note(took, now, this.#frameRate) === true) this.#wanted = this.#renderOptions();
      const next = this.#next;
      this.#next = undefined;
      if (next !== undefined) this.#paintAndClose(next);
    });
  }
}

/** Whether the same frame could be painted later. */
function isPassing(error: unknown): error is AtelierError {
  return error instanceof AtelierError && (error.recoverable || error.code === 'source-closed');
}

/** Whether the GPU or the budget refused it, which may never get better. */
function isRefusal({ code }: AtelierError): boolean {
  return code === 'budget' || code === 'out-of-memory' || code === 'gpu';
}
