import { isVideoFrame, measureSource, ownFrame, unreadable, type Source, type VideoSource } from '../io/source.ts';
import type { VideoInput, VideoLadder } from '../io/video.ts';
import type { FrameInput } from './frame.ts';

/** The pictures of a call that takes time, videos as they were when it began. */
export interface Stills {
  readonly inputs: readonly FrameInput[];
  /** Ends the frames that were made for it. */
  close(): void;
}

/** Makes a frame of each video: that plays on, and a frame may be closed by whoever gave it. Where a browser has no frames, the video is painted as it is then. */
export function holdStill(inputs: readonly FrameInput[]): Stills {
  const frames: VideoFrame[] = [];
  const close = (): void => {
    for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) frame.close();
  };
  try {
    const still = (input: FrameInput): FrameInput => {
      if (input.measured.kind !== 'video' || !('VideoFrame' in globalThis)) return input;
      const frame = ownFrame(input.source as VideoSource);
      frames.push(frame);
      return { ...input, source: frame };
    };
    return { inputs: inputs.map(still), close };
  } catch (cause) {
    close();
    throw unreadable(cause);
  }
}

/** Finds out how each video comes to the GPU, and brings those to memory that come from there. */
export async function settleVideos(videos: VideoLadder, inputs: readonly FrameInput[]): Promise<readonly FrameInput[]> {
  if (inputs.every(({ measured }) => measured.kind !== 'video')) return inputs;
  return Promise.all(inputs.map((input) => settle(videos, input)));
}

async function settle(videos: VideoLadder, input: FrameInput): Promise<FrameInput> {
  if (input.measured.kind !== 'video') return input;
  const source: Source = await videos.settle(input as VideoInput);
  // An element's picture is gone before the GPU has said whether there is memory; a frame waits.
  return { ...input, source, measured: measureSource(source, Infinity), sampled: isVideoFrame(source) && videos.samples(source) };
}
