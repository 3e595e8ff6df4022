import { InputError } from '../core/errors.ts';

/** Of the draft "MediaStreamTrack Insertable Media Processing using Streams"; no types of TypeScript have it. */
type TrackProcessor = new (init: { readonly track: MediaStreamTrack; readonly maxBufferSize: number }) => { readonly readable: ReadableStream<VideoFrame> };

/** @throws {@link InputError} for a track of sound. */
export function assertVideo(track: MediaStreamTrack): void {
  if (track.kind !== 'video') throw new InputError(`the track is one of ${track.kind}, must be one of video`);
}

/** The frames of a track, of which only the newest waits; `undefined` where this browser, or this kind of thread, cannot read tracks. The track stays the caller's. */
export function framesOfTrack(track: MediaStreamTrack): ReadableStream<VideoFrame> | undefined {
  assertVideo(track);
  const { MediaStreamTrackProcessor: Processor } = globalThis as { readonly MediaStreamTrackProcessor?: TrackProcessor };
  return Processor === undefined ? undefined : new Processor({ track, maxBufferSize: 1 }).readable;
}
