import { isTainted, isVideoFrame, unreadable, type Source } from '../io/source.ts';
import { openFeed, type FrameFeed, type LiveSource } from '../studio/liveFrames.ts';
import { errorFrom, recordOf, type ErrorRecord } from './errorRecord.ts';

/** From the page: a frame, or the end. */
type FrameMessage = VideoFrame | { readonly end: ErrorRecord | undefined };
/** From the worker: it takes one more frame, or none any more. */
type WantMessage = 'next' | 'stop';

const MICROSECONDS = 1000;
/** Of a timer, where there is no display to follow. */
const FRAME_RATE = 30;

/**
 * The page's side of frames on their way to a worker: one at a time, the next when the worker took the last, and always the newest. What is posted is the worker's to close.
 * Owns: the port, the feed, a frame that waits. Borrows: the source.
 */
export class FrameSender {
  readonly #port: MessagePort;
  readonly #feed: FrameFeed;
  #isPaused = true;
  #isWanted = false;
  #hasMissed = false;
  #next: VideoFrame | undefined;
  #hasEnded = false;

  /** @throws `InputError` for a source that gives no frames */
  constructor(source: LiveSource, port: MessagePort) {
    this.#port = port;
    this.#feed = openFeed(source, () => FRAME_RATE, { show: (shown) => this.#show(shown), take: (frame) => this.#take(frame), end: (error) => this.end(error) });
    port.addEventListener('message', ({ data }: MessageEvent<WantMessage>) => (data === 'next' ? this.#want() : this.end()));
    port.start();
    this.pause(false);
  }

  /** Sends nothing for a while; the frames of a stream are closed. */
  pause(isPaused: boolean): void {
    if (this.#hasEnded || isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#feed.rest();
    else this.#feed.go();
  }

  /** Sends what the source shows once more, as after the canvas got another size. */
  again(): void {
    if (!this.#isPaused && !this.#hasEnded) this.#feed.again();
  }

  /** Tells the worker that there is no more. */
  end(error?: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#feed.stop();
    this.#next?.close();
    this.#port.postMessage({ end: error === undefined ? undefined : recordOf(error) } satisfies FrameMessage);
    this.#port.close();
  }

  #want(): void {
    this.#isWanted = true;
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) this.#post(next);
    else if (this.#hasMissed) this.again();
  }

  /** What an element shows is looked at when it is wanted. */
  #show(source: Source): void {
    this.#hasMissed = !this.#isWanted;
    if (!this.#isWanted) return;
    try {
      this.#post(new VideoFrame(source as CanvasImageSource, { timestamp: Math.round(performance.now() * MICROSECONDS) }));
    } catch (cause) {
      if (isTainted(cause)) this.end(unreadable(cause));
      // Else it shows nothing yet.
    }
  }

  #take(frame: VideoFrame): void {
    if (this.#isWanted) return this.#post(frame);
    this.#next?.close();
    this.#next = frame;
  }

  #post(frame: VideoFrame): void {
    this.#isWanted = false;
    this.#port.postMessage(frame, [frame]);
  }
}

/** The worker's side of them: each is asked for when it is read. */
export function framesOfPort(port: MessagePort): ReadableStream<VideoFrame> {
  let isOpen = true;
  const tell = (message: WantMessage): void => port.postMessage(message);
  return new ReadableStream<VideoFrame>({
    start(controller) {
      port.addEventListener('message', ({ data }: MessageEvent<FrameMessage>) => {
        if (isVideoFrame(data)) return isOpen ? controller.enqueue(data) : data.close();
        port.close();
        if (!isOpen) return;
        isOpen = false;
        if (data.end === undefined) controller.close();
        else controller.error(errorFrom(data.end));
      });
      port.start();
    },
    pull: () => tell('next'),
    cancel() {
      isOpen = false;
      tell('stop');
    },
  }, { highWaterMark: 0 });
}
