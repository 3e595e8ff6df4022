import { isA } from '../io/source.ts';
import type { LiveSource } from '../studio/liveFrames.ts';
import { framesOfTrack } from '../studio/trackFrames.ts';
import { FrameSender } from './framePort.ts';
import type { PostedFrames } from './protocol.ts';

/** A painting that goes on in a worker. */
export interface WorkerLive {
  /** Resolves when the source ends, after `detach()`, and when something else is attached; rejects with what makes painting impossible. Nobody needs to handle that. */
  readonly ended: Promise<void>;
}

/** One that was begun, and what posts frames to it where they do not go by themselves. */
export interface SentSource {
  readonly live: WorkerLive;
  readonly sender: FrameSender | undefined;
}

/** Begins a painting in the worker; rejects with a `DataCloneError` as the cause where `frames` cannot be transferred. */
type Begin = (frames: PostedFrames) => Promise<WorkerLive>;

/** So often a track of the page is looked at whose copy the worker has: of its `stop()` no event tells, and the camera must not go on without it. */
const LOOK_MS = 500;

/**
 * Sends a source to a worker in the way that costs the page least.
 * @param end - ends the painting in the worker
 * @throws `InputError` for a source that gives no frames, and what `begin` rejects with
 */
export async function sendSource(source: LiveSource, begin: Begin, end: () => void): Promise<SentSource> {
  const live = isA(source, 'MediaStreamTrack') ? await sendTrack(source as MediaStreamTrack, begin, end) : undefined;
  if (live !== undefined) return { live, sender: undefined };
  const { port1, port2 } = new MessageChannel();
  const sender = new FrameSender(source, port1);
  try {
    return { live: await begin(port2), sender };
  } catch (error) {
    sender.end();
    throw error;
  }
}

/** The frames of a track, or a copy of it; `undefined` where neither can be transferred. */
async function sendTrack(track: MediaStreamTrack, begin: Begin, end: () => void): Promise<WorkerLive | undefined> {
  const frames = framesOfTrack(track);
  if (frames !== undefined) return begin(frames);
  const copy = track.clone();
  try {
    const live = await begin(copy);
    const timer = setInterval(() => track.readyState === 'ended' && end(), LOOK_MS);
    const forget = (): void => clearInterval(timer);
    live.ended.then(forget, forget);
    return live;
  } catch (error) {
    copy.stop();
    if ((error as { readonly cause?: { readonly name?: unknown } }).cause?.name === 'DataCloneError') return undefined;
    throw error;
  }
}
