import { isA } from '../io/source.ts';
import type { LiveSource } from '../studio/liveFrames.ts';
import { framesOfTrack } from '../studio/trackFrames.ts';
import { FrameSender } from './framePort.ts';
import type { PostedFrames } from './protocol.ts';

/** A painting that was begun: its end, and what posts frames to it where they do not go by themselves. */
export interface SentSource {
  readonly ended: Promise<void>;
  readonly sender: FrameSender | undefined;
}

/** Its end, wrapped, so that who awaits the beginning does not wait for the end. */
export type Begun = Pick<SentSource, 'ended'>;

/** Begins a painting in the worker; rejects with a `DataCloneError` as the cause where `frames` cannot be transferred. */
type Begin = (frames: PostedFrames) => Promise<Begun>;

/** So often a track of the page is looked at whose copy the worker has: of its `stop()` no event tells, and the camera must not go on without it. */
const LOOK_MS = 500;

/**
 * Sends a source to a worker in the way that costs the page least.
 * @param end - ends the painting in the worker
 * @throws `InputError` for a source that gives no frames, and what `begin` rejects with
 */
export async function sendSource(source: LiveSource, begin: Begin, end: () => void): Promise<SentSource> {
  const begun = isA(source, 'MediaStreamTrack') ? await sendTrack(source as MediaStreamTrack, begin, end) : undefined;
  if (begun !== undefined) return { ...begun, sender: undefined };
  const { port1, port2 } = new MessageChannel();
  const sender = new FrameSender(source, port1);
  try {
    return { ...(await begin(port2)), sender };
  } catch (error) {
    sender.end();
    throw error;
  }
}

/** The frames of a track, or a copy of it; `undefined` where neither can be transferred. */
async function sendTrack(track: MediaStreamTrack, begin: Begin, end: () => void): Promise<Begun | undefined> {
  const frames = framesOfTrack(track);
  if (frames !== undefined) return begin(frames);
  const copy = track.clone();
  try {
    const begun = await begin(copy);
    const timer = setInterval(() => track.readyState === 'ended' && end(), LOOK_MS);
    const forget = (): void => clearInterval(timer);
    begun.ended.then(forget, forget);
    return begun;
  } catch (error) {
    copy.stop();
    if ((error as { readonly cause?: { readonly name?: unknown } }).cause?.name === 'DataCloneError') return undefined;
    throw error;
  }
}
