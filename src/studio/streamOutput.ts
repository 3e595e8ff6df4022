import { refused } from '../core/device.ts';
import { UnsupportedError } from '../core/errors.ts';

/**
 * Makes a track of what is painted on a canvas.
 * Owns: canvas and track.
 */
export interface StreamOutput {
  readonly canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly track: MediaStreamTrack;
  /** Whether whoever takes the stream is done with what there was. */
  takes(): boolean;
  /** Puts what the canvas shows into the track, in the task that painted it; `timestamp` in microseconds. */
  put(timestamp: number): void;
  /** Ends the track. A second call does nothing. */
  close(): void;
}

/** The one that this browser has. */
export function openStreamOutput(): StreamOutput {
  const generator = makeGenerator();
  if (generator !== undefined) return new GeneratedOutput(generator);
  if (typeof document === 'undefined' || !('captureStream' in HTMLCanvasElement.prototype)) {
    throw new UnsupportedError('neither MediaStreamTrackGenerator, VideoTrackGenerator nor canvas.captureStream is here; make the stream in the page, also of a canvas that a worker paints');
  }
  return new CapturedOutput(document.createElement('canvas'));
}

/** A track, and where its frames are written. */
interface Generator {
  readonly track: MediaStreamTrack;
  readonly writable: WritableStream<VideoFrame>;
}

/** What browsers have beside the types of TypeScript: of the standard, in workers; and of its first draft, in windows. */
interface Generators {
  readonly VideoTrackGenerator?: new () => Generator;
  readonly MediaStreamTrackGenerator?: new (init: { readonly kind: 'video' }) => MediaStreamTrack & Omit<Generator, 'track'>;
}

function makeGenerator(): Generator | undefined {
  const { VideoTrackGenerator: Standard, MediaStreamTrackGenerator: Draft } = globalThis as Generators;
  if (Standard !== undefined) return new Standard();
  if (Draft === undefined) return undefined;
  const track = new Draft({ kind: 'video' });
  return { track, writable: track.writable };
}

/** Frames that are written one by one, with the times they had. */
class GeneratedOutput implements StreamOutput {
  readonly canvas: OffscreenCanvas = new OffscreenCanvas(1, 1);
  readonly track: MediaStreamTrack;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;

  constructor({ track, writable }: Generator) {
    this.track = track;
    this.#writer = writable.getWriter();
    // Where somebody stopped the track, the next frame finds out.
    this.#writer.closed.catch(() => {});
  }

  takes(): boolean {
    return (this.#writer.desiredSize ?? 0) > 0;
  }

  put(timestamp: number): void {
    const frame = this.#shown(timestamp);
    // What was written is the generator's to close; a frame that it refused is still open.
    this.#writer.write(frame).catch(() => frame.close());
  }

  #shown(timestamp: number): VideoFrame {
    try {
      return new VideoFrame(this.canvas, { timestamp, alpha: 'discard' });
    } catch (cause) {
      throw refused('a VideoFrame of what was painted', cause);
    }
  }

  close(): void {
    this.#writer.close().catch(() => {});
    this.track.stop();
  }
}

/** What a canvas shows is taken by the browser, whenever it was painted. */
class CapturedOutput implements StreamOutput {
  readonly canvas: HTMLCanvasElement;
  readonly track: MediaStreamTrack;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.track = canvas.captureStream().getVideoTracks()[0] as MediaStreamTrack;
  }

  takes(): boolean {
    return this.track.readyState === 'live';
  }

  put(): void {}

  close(): void {
    this.track.stop();
  }
}
