import { InputError } from '../core/errors.ts';
import type { Size } from '../core/frameGraph.ts';
import type { Pixels } from './pixels.ts';
import { isVideoFrame, unreadable, type VideoSource } from './source.ts';

/**
 * Copies of a video to memory, one after the other, each a little late.
 * Owns: a frame of its own while it is copied. Borrows: nothing.
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

/** The late copies of one pipeline: of elements one by one, of frames by the name of the input they are given for. */
export class LateCopies {
  readonly #elements = new WeakMap<HTMLVideoElement, LateCopy>();
  readonly #inputs = new Map<string, LateCopy>();

  of(source: VideoSource, input: string): LateCopy {
    const known = isVideoFrame(source) ? this.#inputs.get(input) : this.#elements.get(source);
    if (known !== undefined) return known;
    const copy = new LateCopy();
    if (isVideoFrame(source)) this.#inputs.set(input, copy);
    else this.#elements.set(source, copy);
    return copy;
  }
}

/** A frame that lives until we close it: the picture a video shows now. */
export function ownFrame(source: VideoSource): VideoFrame {
  return isVideoFrame(source) ? source.clone() : new VideoFrame(source);
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
  const { displayWidth: width, displayHeight: height, rotation = 0, flip = false } = frame as VideoFrame & Turned;
  const options: VideoFrameCopyToOptions = { format: 'RGBA', colorSpace: 'srgb' };
  const bytes = new Uint8ClampedArray(frame.allocationSize(options));
  const [plane] = await frame.copyTo(bytes, options);
  if (plane === undefined) throw new InputError('the source frame has no pixels');
  const stored = { width: frame.visibleRect?.width ?? width, height: frame.visibleRect?.height ?? height };
  if (stored.width === width && stored.height === height && plane.stride === 4 * width && rotation === 0 && !flip) return { data: bytes, width, height };
  const from = new Uint32Array(bytes.buffer);
  const to = new Uint32Array(width * height);
  const turns = rotation / 90;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Of the pixel's centre, from [0, 1]² of the picture as shown to that of the picture as stored.
      const u = (flip ? width - x - 0.5 : x + 0.5) / width;
      const v = (y + 0.5) / height;
      const [across, down] = turns === 1 ? [v, 1 - u] : turns === 2 ? [1 - u, 1 - v] : turns === 3 ? [1 - v, u] : [u, v];
      to[y * width + x] = from[Math.floor(down * stored.height) * (plane.stride / 4) + Math.floor(across * stored.width)] as number;
    }
  }
  return { data: new Uint8ClampedArray(to.buffer), width, height };
}
