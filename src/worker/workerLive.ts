import { LiveCanvases } from '../studio/liveCanvases.ts';
import type { FrameSender } from './framePort.ts';
import type { PostedAttachOptions } from './protocol.ts';
import type { WorkerCalls } from './workerCalls.ts';

/** How a painting in a worker is attached; see `AttachOptions`. */
export interface WorkerAttachOptions extends PostedAttachOptions {
  /** Whether a canvas of the page takes the size it is shown at, in pixels of the device; `true` by default. Only where the page had laid it out when the painter was made, at a size of its CSS. */
  readonly resize?: boolean;
}

/** The canvas that was given to the worker, as the page sees it. */
export interface WatchedCanvas {
  /** Undefined where it is none of the page. */
  readonly element: HTMLCanvasElement | undefined;
  /** Whether its box in the page was seen to be independent of its size in pixels. */
  readonly keepsItsBox: boolean;
  /** The longest side that it can have. */
  readonly longestSide: number;
}

/**
 * A painting that goes on in a worker. Made by `WorkerPainter.attach`. After its end its calls do nothing.
 *
 * Owns: what watches the canvas, what posts frames. Borrows: the painter's calls.
 */
export class WorkerLive {
  /** Resolves when the source ends, after `detach()`, and when something else is attached; rejects with what makes painting impossible, and with a `DestroyedError` when the painter is destroyed. Nobody needs to handle that. */
  readonly ended: Promise<void>;
  readonly #calls: WorkerCalls;
  readonly #sender: FrameSender | undefined;
  readonly #watch: LiveCanvases | undefined;
  readonly #keepsItsBox: boolean;
  #isSeen = true;
  #isPaused = false;
  #hasEnded = false;

  /** @internal Use `WorkerPainter.attach`. */
  constructor(calls: WorkerCalls, ended: Promise<void>, sender: FrameSender | undefined, { element, keepsItsBox, longestSide }: WatchedCanvas, resize: boolean) {
    this.ended = ended;
    this.#calls = calls;
    this.#sender = sender;
    this.#keepsItsBox = keepsItsBox;
    this.#watch = element === undefined ? undefined : new LiveCanvases([element], {
      seen: (visible) => {
        this.#isSeen = visible;
        forget(this.#update());
      },
      resized: () => this.#watch?.resize(longestSide, (_canvas, width, height) => {
        forget(calls.call('resize', { width, height }).then(() => sender?.again()));
        return true;
      }),
    });
    this.#follow(resize);
    const leave = (): void => this.leave();
    ended.then(leave, leave);
  }

  #follow(resize: boolean): void {
    if (this.#watch !== undefined) this.#watch.followsSize = resize && this.#keepsItsBox;
  }

  async #update(): Promise<void> {
    if (this.#hasEnded) return;
    const rests = this.#isPaused || !this.#isSeen;
    this.#sender?.pause(rests);
    await this.#calls.call('pause', rests);
  }

  /** Rests until {@link WorkerLive.resume}: no frame is painted. */
  pause(): Promise<void> {
    this.#isPaused = true;
    return this.#update();
  }

  /** Goes on after {@link WorkerLive.pause}, as soon as the canvas can be seen. */
  resume(): Promise<void> {
    this.#isPaused = false;
    return this.#update();
  }

  /**
   * Changes options; those left out stay. The next frame shows it.
   * @throws `ParameterError`, `InputError` for a value that does not fit
   */
  async set({ resize, ...options }: Partial<WorkerAttachOptions>): Promise<void> {
    if (this.#hasEnded) return;
    if (resize !== undefined) this.#follow(resize);
    await this.#calls.call('change', options);
    this.#sender?.again();
  }

  /** Lets go of the canvas and of the source. @internal */
  leave(): void {
    this.#hasEnded = true;
    this.#watch?.stop();
    this.#sender?.end();
  }
}

/** What comes too late for the painter is of no use to it. */
function forget(told: Promise<void>): void {
  told.catch(() => {});
}
