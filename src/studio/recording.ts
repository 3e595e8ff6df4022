import { DestroyedError, GpuError, InputError, ParameterError, UnsupportedError } from '../core/errors.ts';

/** How a recording is made. */
export interface RecordingOptions {
  /** A type of file, with its codecs, as `video/webm;codecs=vp9`. By default the first that the browser has of MP4 with H.264, WebM with VP9 or VP8, and MP4 with AV1. */
  readonly type?: string;
  /** How many bits a second may take, of video and sound together; the browser chooses where it is left out. */
  readonly bitsPerSecond?: number;
  /** Sound to record with it. It is borrowed: it goes on when the recording ends. */
  readonly audio?: MediaStreamTrack | undefined;
}

/** A recording in progress. It ends when it is stopped, or when what it records ends. */
export interface Recording {
  /** The type of the file. */
  readonly type: string;
  /**
   * Ends it, and gives the file. Every call gives the same.
   * @throws {@link DestroyedError} after `cancel()`; {@link GpuError} where the browser's encoder failed
   */
  stop(): Promise<Blob>;
  /** Ends it, and drops what was recorded. */
  cancel(): void;
}

/** What players have, in this order: H.264 plays everywhere; AV1 is small, but few machines encode it as fast as it comes. */
const TYPES = ['video/mp4;codecs=avc1', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/mp4;codecs=av01', 'video/mp4', 'video/webm'] as const;
/** After so many milliseconds what was encoded leaves the encoder as a `Blob`, which browsers can keep on the disk. */
const SLICE_MS = 1000;

/**
 * Records a track. What it records is borrowed.
 * @throws {@link UnsupportedError} where the browser records nothing, {@link InputError} for a type it cannot write or a track that has ended, {@link ParameterError}
 */
export function recordTrack(track: MediaStreamTrack, { type, bitsPerSecond, audio }: RecordingOptions): Recording {
  if (bitsPerSecond !== undefined && !(bitsPerSecond > 0 && bitsPerSecond < Infinity)) throw new ParameterError(`record: bitsPerSecond is ${String(bitsPerSecond)}, must be a positive number`);
  if (track.readyState === 'ended') throw new InputError('record: there is nothing to record, because the painting has ended', { code: 'source-closed' });
  const mimeType = chooseType(type);
  const recorder = begin(new MediaStream(audio === undefined ? [track] : [track, audio]), { mimeType, ...(bitsPerSecond === undefined ? {} : { bitsPerSecond }) });
  const file = collect(recorder, mimeType);
  // Whoever stops it sees a failure; a recording that nobody stops must not crash the page.
  file.catch(() => {});
  const end = (): void => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  let cancelled = false;
  return {
    type: mimeType,
    stop: async () => {
      if (cancelled) throw new DestroyedError('the recording was cancelled; begin another');
      end();
      return file;
    },
    cancel: () => {
      cancelled = true;
      end();
    },
  };
}

/** Records what a canvas shows from now on, until `ended` is settled. */
export function recordCanvas(canvas: HTMLCanvasElement, options: RecordingOptions, ended: Promise<void>): Recording {
  const [track] = canvas.captureStream().getVideoTracks() as [MediaStreamTrack];
  const stop = (): void => track.stop();
  try {
    const recording = recordTrack(track, options);
    // A recording ends with what it records.
    ended.then(stop, stop);
    return {
      type: recording.type,
      stop: () => recording.stop().finally(stop),
      cancel: () => {
        recording.cancel();
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

function chooseType(type: string | undefined): string {
  if (typeof MediaRecorder === 'undefined') throw new UnsupportedError('there is no MediaRecorder here; record in a page of a browser, not in a worker or in Node');
  const supported = TYPES.filter((candidate) => MediaRecorder.isTypeSupported(candidate));
  if (type !== undefined) {
    if (!MediaRecorder.isTypeSupported(type)) throw new InputError(`record: this browser cannot write ${JSON.stringify(type)}; of the usual types it can write ${supported.join(', ') || 'none'}`);
    return type;
  }
  if (supported[0] === undefined) throw new UnsupportedError(`this browser can write none of ${TYPES.join(', ')}; say with type what it can`);
  return supported[0];
}

function begin(stream: MediaStream, options: MediaRecorderOptions): MediaRecorder {
  try {
    const recorder = new MediaRecorder(stream, options);
    recorder.start(SLICE_MS);
    return recorder;
  } catch (cause) {
    throw new UnsupportedError(`this browser cannot record ${String(options.mimeType)} (${String(cause)}); try another type, or without sound`, { cause });
  }
}

/** The file, when the recorder is done. */
function collect(recorder: MediaRecorder, type: string): Promise<Blob> {
  const parts: Blob[] = [];
  return new Promise((resolve, reject) => {
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.addEventListener('stop', () => resolve(new Blob(parts, { type })));
    // It stops after that, too late to be heard.
    recorder.addEventListener('error', (event) => {
      const cause: unknown = (event as { error?: unknown }).error;
      reject(new GpuError(`the browser's encoder failed (${String(cause)}); record another type, a smaller picture or fewer bits a second`, { cause }));
    });
  });
}
