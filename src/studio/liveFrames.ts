import { InputError } from '../core/errors.ts';
import { isA, type Source } from '../io/source.ts';
import { assertVideo, framesOfTrack } from './trackFrames.ts';

/** What can be painted frame by frame: any {@link Source}, or a stream of frames. The frames of a stream are taken over: each is closed, painted or not, of those that wait in the end up to 256, and the stream is cancelled. */
export type LiveSource = Source | MediaStreamTrack | ReadableStream<VideoFrame>;

/** Who is given the frames of a feed. */
export interface FrameSink {
  /** A frame that is there now: it is looked at in this task or never. */
  show(source: Source): void;
  /** A frame that whoever gets it must close. */
  take(frame: VideoFrame): void;
  /** There will be no more; with an error where something went wrong. */
  end(error?: unknown): void;
}

/** Where the frames of a live painting come from. It rests until it is told to go. */
export interface FrameFeed {
  go(): void;
  /** Gives no frames until it is told to go. A stream is read on and its frames are closed, or else the camera would stall. */
  rest(): void;
  /** Gives the frame once more that is there, where the source does not do so by itself, as a video that stands still. */
  again(): void;
  /** Gives back whatever it has. */
  stop(): void;
}

/**
 * Opens the feed that suits a source: its own clock where it has one, else that of the display, else a timer.
 * @param frameRate - of the timer, in frames a second, asked before each
 * @throws {@link InputError} where no frames can be had from it
 */
export function openFeed(source: LiveSource, frameRate: () => number, sink: FrameSink): FrameFeed {
  if (isA(source, 'MediaStreamTrack')) return openTrack(source as MediaStreamTrack, sink);
  if (typeof (source as Partial<ReadableStream> | null)?.getReader === 'function') return openStream(source as ReadableStream<VideoFrame>, sink);
  if (isA(source, 'HTMLVideoElement')) return new VideoFeed(source as HTMLVideoElement, sink);
  return new ClockFeed(source as Source, frameRate, sink);
}

/** Calls back at the next frame of the display; gives what cancels it. */
type Clock = (tick: () => void) => () => void;

function displayClock(tick: () => void): () => void {
  const handle = requestAnimationFrame(tick);
  return () => cancelAnimationFrame(handle);
}

function timerClock(frameRate: () => number): Clock {
  return (tick) => {
    const timer = setTimeout(tick, 1000 / frameRate());
    return () => clearTimeout(timer);
  };
}

const NOTHING = (): void => {};

/** A picture that is looked at again and again. */
class ClockFeed implements FrameFeed {
  readonly #clock: Clock;
  readonly #tick: () => void;
  #cancel = NOTHING;

  constructor(source: Source, frameRate: () => number, sink: FrameSink) {
    // Of the runtimes, Node has no display.
    this.#clock = typeof requestAnimationFrame === 'function' ? displayClock : timerClock(frameRate);
    this.#tick = () => {
      // Before the frame, which may stop the feed.
      this.go();
      sink.show(source);
    };
  }

  go(): void {
    this.#cancel = this.#clock(this.#tick);
  }

  rest(): void {
    this.#cancel();
  }

  again(): void {}

  stop(): void {
    this.#cancel();
  }
}

/** A video element, followed by its own callback for each new frame, or where there is none by its time. */
class VideoFeed implements FrameFeed {
  readonly #video: HTMLVideoElement;
  readonly #sink: FrameSink;
  readonly #clock: Clock;
  #cancelNext = NOTHING;
  #cancelAgain = NOTHING;
  #shownTime = -1;

  constructor(video: HTMLVideoElement, sink: FrameSink) {
    this.#video = video;
    this.#sink = sink;
    this.#clock = 'requestVideoFrameCallback' in video ? (tick) => this.#atNextFrame(tick) : displayClock;
  }

  #atNextFrame(tick: () => void): () => void {
    const handle = this.#video.requestVideoFrameCallback(tick);
    return () => this.#video.cancelVideoFrameCallback(handle);
  }

  go(): void {
    this.#follow();
    this.again();
  }

  #follow(): void {
    this.#cancelNext = this.#clock(() => {
      this.#follow();
      if (this.#clock !== displayClock || this.#video.currentTime !== this.#shownTime) this.#show();
    });
  }

  #show(): void {
    this.#cancelAgain();
    this.#shownTime = this.#video.currentTime;
    this.#sink.show(this.#video);
  }

  rest(): void {
    this.#cancelNext();
    this.#cancelAgain();
  }

  again(): void {
    this.#cancelAgain();
    this.#cancelAgain = displayClock(() => this.#show());
  }

  stop(): void {
    this.rest();
  }
}

function openTrack(track: MediaStreamTrack, sink: FrameSink): FrameFeed {
  assertVideo(track);
  if (typeof document !== 'undefined') return new TrackFeed(track, sink);
  const frames = framesOfTrack(track);
  if (frames === undefined) throw new InputError('a MediaStreamTrack cannot be read in this worker; make a stream of it in the page, new MediaStreamTrackProcessor({ track }).readable, and transfer that to the worker');
  return openStream(frames, sink);
}

/**
 * A track that a hidden video plays.
 * Owns: the video. Borrows: the track.
 */
class TrackFeed extends VideoFeed {
  readonly #track: MediaStreamTrack;
  readonly #element: HTMLVideoElement;
  readonly #onEnd: () => void;

  constructor(track: MediaStreamTrack, sink: FrameSink) {
    const element = document.createElement('video');
    super(element, sink);
    this.#track = track;
    this.#element = element;
    this.#onEnd = () => sink.end();
    element.muted = true;
    element.playsInline = true;
    const stream = new MediaStream([track]);
    element.srcObject = stream;
    // A track tells when its device goes. Where somebody stopped it, the element tells, or in Chromium the stream.
    track.addEventListener('ended', this.#onEnd);
    element.addEventListener('ended', this.#onEnd);
    stream.addEventListener('inactive', this.#onEnd);
    if (track.readyState === 'ended') queueMicrotask(this.#onEnd);
    else element.play().catch((cause: unknown) => sink.end(new InputError(`the track cannot be played (${String(cause)}); play it in a video element of the page and attach that`, { cause })));
  }

  override stop(): void {
    super.stop();
    this.#track.removeEventListener('ended', this.#onEnd);
    this.#element.removeEventListener('ended', this.#onEnd);
    this.#element.srcObject = null;
  }
}

function openStream(stream: ReadableStream<VideoFrame>, sink: FrameSink): FrameFeed {
  if (stream.locked) throw new InputError('the stream of frames has a reader already; attach it once, or the parts that tee() gives');
  return new StreamFeed(stream.getReader(), sink);
}

/** How many frames may wait in a stream that nobody reads any more: they are taken out of it and closed. */
const MOST_QUEUED = 256;

/**
 * A stream of frames, read as fast as it gives them.
 * Owns: the reader, and each frame until it is passed on.
 */
class StreamFeed implements FrameFeed {
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>;
  #resting = true;

  constructor(reader: ReadableStreamDefaultReader<VideoFrame>, sink: FrameSink) {
    this.#reader = reader;
    this.#readAll(sink).then(() => sink.end(), (error: unknown) => sink.end(error));
  }

  async #readAll(sink: FrameSink): Promise<void> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return;
      if (typeof (value as Partial<VideoFrame> | undefined)?.close !== 'function') throw new InputError(`the stream brought ${value === null ? 'null' : typeof value}, must bring VideoFrame objects`);
      if (this.#resting) value.close();
      else sink.take(value);
    }
  }

  go(): void {
    this.#resting = false;
  }

  rest(): void {
    this.#resting = true;
  }

  again(): void {}

  stop(): void {
    this.#resting = true;
    // Cancelling forgets what waits in the stream without closing it.
    for (let i = 0; i < MOST_QUEUED; i++) this.#reader.read().then(({ value }) => value?.close?.(), NOTHING);
    this.#reader.cancel().catch(NOTHING);
  }
}
