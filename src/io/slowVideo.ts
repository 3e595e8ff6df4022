import { given } from '../core/device.ts';
import type { Size } from '../core/frameGraph.ts';
import type { Pixels } from './pixels.ts';
import { isVideoFrame, ownFrame, unreadable, type VideoSource } from './source.ts';

/**
 * What videos need where the GPU can neither sample nor copy them.
 * Owns: a 2D canvas, copies of videos in memory. Borrows: nothing.
 */
export class SlowVideo {
  #canvas: OffscreenCanvasRenderingContext2D | undefined;
  readonly #elements = new WeakMap<HTMLVideoElement, LateCopy>();
  readonly #inputs = new WeakMap<object, Map<string, LateCopy>>();

  /** The present picture of a video on a canvas, until the next call. */
  draw(source: VideoSource, { width, height }: Size): OffscreenCanvas {
    this.#canvas ??= given(new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D);
    const { canvas } = this.#canvas;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    // Leaves nothing of the picture before, where this one is transparent.
    this.#canvas.globalCompositeOperation = 'copy';
    // Of a video without a picture a canvas would be left empty, while a frame says that there is none.
    const own = isVideoFrame(source) || !('VideoFrame' in globalThis) ? undefined : ownFrame(source);
    try {
      this.#canvas.drawImage(own ?? source, 0, 0, width, height);
    } finally {
      own?.close();
    }
    return canvas;
  }

  /** A canvas on which a tainted video was drawn is tainted too. */
  forgetCanvas(): void {
    this.#canvas = undefined;
  }

  /** The copies of a video: of elements one by one, of frames, which are new ones each time, by the input of `owner` that they are given for. */
  lateCopy(source: VideoSource, owner: object, input: string): LateCopy {
    if (!isVideoFrame(source)) return known(this.#elements, source, () => new LateCopy());
    return known(known(this.#inputs, owner, () => new Map<string, LateCopy>()), input, () => new LateCopy());
  }
}

function known<K, T>(map: { get(key: K): T | undefined; set(key: K, value: T): unknown }, key: K, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/**
 * Copies of a video to memory, one after the other, each a little late.
 * Owns: a frame of its own while that is copied. Borrows: nothing.
 */
export class LateCopy {
  #copying: Promise<void> | undefined;
  #finished: Pixels | undefined;
  #fault: unknown;

  /**
   * Begins a copy, unless one is under way, and gives the last finished one of this size.
   * @throws {@link InputError} where the last one failed
   */
  next(source: VideoSource, { width, height }: Size): Pixels | undefined {
    const fault = this.#fault;
    this.#fault = undefined;
    if (fault !== undefined) throw unreadable(fault);
    this.#copying ??= this.#copy(ownFrame(source));
    return this.#finished?.width === width && this.#finished.height === height ? this.#finished : undefined;
  }

  async #copy(frame: VideoFrame): Promise<void> {
    try {
      this.#finished = await pixelsOf(frame);
    } catch (error) {
      this.#fault = error;
    } finally {
      frame.close();
      this.#copying = undefined;
    }
  }

  /**
   * What was begun, when it is finished.
   * @throws {@link InputError} where it failed
   */
  async copied(): Promise<Pixels> {
    await this.#copying;
    if (this.#finished === undefined) throw unreadable(this.#fault);
    return this.#finished;
  }
}

/** How a frame is turned when it is shown; newer than the types of TypeScript. */
interface Turned {
  /** Clockwise, in degrees. */
  readonly rotation?: number;
  /** Whether left and right are exchanged after that. */
  readonly flip?: boolean;
}

/** A frame as it is shown: `copyTo` gives it as it is stored. */
async function pixelsOf(frame: VideoFrame): Promise<Pixels> {
  const { displayWidth: width, displayHeight: height, rotation = 0, flip = false, visibleRect } = frame as VideoFrame & Turned;
  const options: VideoFrameCopyToOptions = { format: 'RGBA', colorSpace: 'srgb' };
  const data = new Uint8ClampedArray(frame.allocationSize(options));
  const [plane] = (await frame.copyTo(data, options)) as [PlaneLayout];
  const stored = { width: visibleRect?.width ?? width, height: visibleRect?.height ?? height };
  if (stored.width === width && stored.height === height && plane.stride === 4 * width && rotation === 0 && !flip) return { data, width, height };
  const from = new Uint32Array(data.buffer);
  const to = new Uint32Array(width * height);
  const turns = rotation / 90;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // The pixel's centre, in [0, 1]² of the picture as shown, and then of the picture as stored.
      const u = (flip ? width - x - 0.5 : x + 0.5) / width;
      const v = (y + 0.5) / height;
      const [across, down] = turns === 1 ? [v, 1 - u] : turns === 2 ? [1 - u, 1 - v] : turns === 3 ? [1 - v, u] : [u, v];
      to[y * width + x] = from[Math.floor(down * stored.height) * (plane.stride / 4) + Math.floor(across * stored.width)] as number;
    }
  }
  return { data: new Uint8ClampedArray(to.buffer), width, height };
}
