import { makeStoppable } from '../core/disposal.ts';
import { UnsupportedError } from '../core/errors.ts';
import { isA, isVideoFrame, measureSource, type Source } from '../io/source.ts';
import { workingSize } from '../io/placement.ts';
import type { AttachOptions, Live, LivePainter, LiveStats } from './live.ts';
import type { LiveSource } from './liveFrames.ts';
import type { RenderOptions } from './pipeline.ts';
import { recordTrack, type Recording, type RecordingOptions } from './recording.ts';
import { openStreamOutput, type StreamOutput } from './streamOutput.ts';
import { framesOfTrack } from './trackFrames.ts';

/** How a stream is painted. Its pictures are as large as those of the source, cropped and within `maxSize`; with a smaller `scale` they are painted smaller and enlarged. */
export type StreamOptions = Omit<AttachOptions, 'resize' | 'close'>;

/** What a {@link PaintedStream} needs of its pipeline. */
export interface StreamPainter {
  /** Has `render` paint each new frame. */
  paintEach(source: LiveSource, options: AttachOptions, render: LivePainter['render']): Live;
  render(source: Source, canvas: StreamOutput['canvas'], options: RenderOptions): boolean;
}

/**
 * A painting that goes on as a stream: for calls, for recording, for a video element. Made by {@link Pipeline.toMediaStream}.
 *
 * It shows each frame as soon as it is painted; where painting is slower than the source, or whoever takes the stream slower than both, frames are left out. It goes on while the page is hidden, as far as the browser brings it frames.
 * Everything that is transparent is black.
 *
 * Owns: the track it gives, a canvas, the frames in between. Borrows: pipeline and source; a track given to it goes on when this ends.
 */
export class PaintedStream {
  /** The painted video. Whoever stops it ends the painting with the next frame. */
  readonly track: MediaStreamTrack;
  /** Counts and times, written over with each frame. */
  readonly stats: LiveStats;
  /** Resolves after {@link PaintedStream.stop} and when the source ends, with the track; rejects as {@link Live.ended}. Nobody needs to handle that. */
  readonly ended: Promise<void>;
  readonly #live: Live;
  #stream: MediaStream | undefined;

  static {
    makeStoppable(this.prototype);
  }

  /** @internal Use {@link Pipeline.toMediaStream}. */
  constructor(live: Live, track: MediaStreamTrack) {
    this.#live = live;
    this.track = track;
    this.stats = live.stats;
    this.ended = live.ended;
  }

  /**
   * A stream of the track, the same each time.
   * @throws {@link UnsupportedError} in workers, which have tracks but no streams; post the track to the page.
   */
  get stream(): MediaStream {
    if (typeof MediaStream === 'undefined') throw new UnsupportedError('workers have no MediaStream; post the track to the page and make the stream there');
    this.#stream ??= new MediaStream([this.track]);
    return this.#stream;
  }

  /**
   * Records it as a file, from now on until the recording is stopped or this ends.
   * @throws {@link InputError} for a type that this browser cannot write, or after the end; {@link UnsupportedError} where there is no `MediaRecorder`; {@link ParameterError}
   *
   * @example
   * ```ts
   * const [track] = (await navigator.mediaDevices.getUserMedia({ video: true })).getVideoTracks();
   * const painted = await pipeline.toMediaStream(track!);
   * const recording = await painted.record({ bitsPerSecond: 4e6 });
   * await new Promise((resolve) => setTimeout(resolve, 5000));
   * const film: Blob = await recording.stop();                  // recording.type: 'video/mp4;codecs=avc1', where the browser writes that
   * ```
   */
  async record(options: RecordingOptions = {}): Promise<Recording> {
    return recordTrack(this.track, options);
  }

  /** Ends it, and its track. A track that was given as the source goes on. A second call does nothing. */
  stop(): void {
    this.#live.stop();
  }

  /** As {@link PaintedStream.stop}, for `using`. */
  declare readonly [Symbol.dispose]: () => void;
}

/** Paints a source as a stream. */
export function openPaintedStream(painter: StreamPainter, source: LiveSource, options: StreamOptions): PaintedStream {
  const output = openStreamOutput();
  const { canvas, track } = output;
  const render = (frame: Source, how: RenderOptions): boolean => {
    if (track.readyState === 'ended') live.stop();
    if (!output.takes()) return false;
    fit(canvas, frame, how);
    if (!painter.render(frame, canvas, how)) return false;
    output.put(isVideoFrame(frame) ? frame.timestamp : performance.now() * MICROSECONDS);
    return true;
  };
  let live: Live;
  try {
    // A video element that plays a track rests while the page is hidden.
    live = painter.paintEach((isA(source, 'MediaStreamTrack') ? framesOfTrack(source as MediaStreamTrack) : undefined) ?? source, options, render);
  } catch (error) {
    output.close();
    throw error;
  }
  const close = (): void => output.close();
  live.ended.then(close, close);
  return new PaintedStream(live, track);
}

const MICROSECONDS = 1000;

/** Gives the canvas the size of the whole picture, whatever part of that is painted for it. */
function fit(canvas: StreamOutput['canvas'], frame: Source, how: RenderOptions): void {
  const { width, height } = workingSize(measureSource(frame, Infinity), { ...how, scale: 1 });
  // Setting a side clears it, also to what it was.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
