import type { Target } from '../io/target.ts';
import { isA } from '../io/source.ts';

/** Who is told of the canvases of a live painting. */
export interface CanvasWatcher {
  /** Whether anybody can see one of them. */
  seen(visible: boolean): void;
  /** One has another size in the page; {@link LiveCanvases.resize} gives it to the canvas. */
  resized(): void;
}

/** One canvas and the size of its content box in the page. */
interface Followed {
  readonly canvas: HTMLCanvasElement;
  /** In CSS pixels, or in those of the device where the browser knows them. */
  width: number;
  height: number;
  inDevicePixels: boolean;
  /** What it was resized for last. */
  ratio: number;
  isNew: boolean;
  isAway: boolean;
}

/** How much a box may change, in CSS pixels, when its canvas gets another size: rounding, but not layout that follows the canvas. */
const ROUNDING = 1;

/**
 * The HTML canvases among the targets of a live painting: whether they can be seen, and how large they are in the page.
 * Owns: the observers. Borrows: the canvases.
 */
export class LiveCanvases {
  readonly #followed: Followed[];
  readonly #watcher: CanvasWatcher;
  readonly #document: Document | undefined;
  #seeing: IntersectionObserver | undefined;
  #sizing: ResizeObserver | undefined;

  constructor(targets: readonly Target[], watcher: CanvasWatcher) {
    this.#watcher = watcher;
    const canvases = targets.filter((target): target is HTMLCanvasElement => isA(target, 'HTMLCanvasElement'));
    this.#followed = canvases.map((canvas) => ({ canvas, width: 0, height: 0, inDevicePixels: false, ratio: 1, isNew: false, isAway: false }));
    // What is no canvas of the page may be looked at from anywhere.
    if (canvases.length === 0 || canvases.length < targets.length) return;
    this.#document = (canvases[0] as HTMLCanvasElement).ownerDocument;
    this.#document.addEventListener('visibilitychange', this.#tellSeen);
    this.#seeing = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const followed = this.#of(target);
        // One that is in no document is there for other uses than being seen.
        if (followed !== undefined) followed.isAway = !isIntersecting && target.isConnected;
      }
      this.#tellSeen();
    });
    for (const canvas of canvases) this.#seeing.observe(canvas);
  }

  readonly #tellSeen = (): void => this.#watcher.seen(this.#document?.hidden !== true && this.#followed.some(({ isAway }) => !isAway));

  #of(element: Element): Followed | undefined {
    return this.#followed.find(({ canvas }) => canvas === element);
  }

  /** Whether {@link resize} follows the page. */
  set followsSize(follows: boolean) {
    if (follows === (this.#sizing !== undefined) || this.#followed.length === 0) return;
    this.#sizing?.disconnect();
    this.#sizing = follows ? new ResizeObserver((entries) => this.#onResize(entries)) : undefined;
    for (const { canvas } of this.#followed) {
      try {
        this.#sizing?.observe(canvas, { box: 'device-pixel-content-box' });
      } catch {
        this.#sizing?.observe(canvas);
      }
    }
  }

  #onResize(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect, devicePixelContentBoxSize } of entries) {
      const followed = this.#of(target);
      if (followed === undefined) continue;
      const exact = devicePixelContentBoxSize?.[0];
      followed.width = exact?.inlineSize ?? contentRect.width;
      followed.height = exact?.blockSize ?? contentRect.height;
      followed.inDevicePixels = exact !== undefined;
      followed.isNew = true;
    }
    this.#watcher.resized();
  }

  /**
   * Gives canvases the size they have in the page. That clears them, so they must be drawn in the same task.
   * @param give - gives one its size, unless its box in the page follows that
   */
  resize(longestSide: number, give: (canvas: HTMLCanvasElement, width: number, height: number) => boolean = keepsItsBox): void {
    if (this.#sizing === undefined) return;
    for (let i = 0; i < this.#followed.length; i++) {
      const followed = this.#followed[i] as Followed;
      const ratio = followed.inDevicePixels ? 1 : devicePixelRatio;
      if (!followed.isNew && followed.ratio === ratio) continue;
      followed.isNew = false;
      followed.ratio = ratio;
      const shrunk = Math.min(1, longestSide / (Math.max(followed.width, followed.height) * ratio)) * ratio;
      const width = Math.round(followed.width * shrunk);
      const height = Math.round(followed.height * shrunk);
      // One that is in no document, or not laid out, has no size there.
      if (width === 0 || height === 0 || (followed.canvas.width === width && followed.canvas.height === height)) continue;
      if (!give(followed.canvas, width, height)) this.#sizing.unobserve(followed.canvas);
    }
  }

  stop(): void {
    this.#document?.removeEventListener('visibilitychange', this.#tellSeen);
    this.#seeing?.disconnect();
    this.#sizing?.disconnect();
    this.#sizing = undefined;
  }
}

/** Gives a canvas a size, unless its box in the page follows that: it would grow again with each frame where a CSS pixel is not one of the device. */
export function keepsItsBox(canvas: HTMLCanvasElement, width: number, height: number): boolean {
  const size = [canvas.width, canvas.height] as const;
  const before = canvas.getBoundingClientRect();
  canvas.width = width;
  canvas.height = height;
  const after = canvas.getBoundingClientRect();
  if (Math.abs(after.width - before.width) < ROUNDING && Math.abs(after.height - before.height) < ROUNDING) return true;
  [canvas.width, canvas.height] = size;
  return false;
}
