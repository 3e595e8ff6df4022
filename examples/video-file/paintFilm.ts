import type { Pipeline } from 'atelier-gpu';
import { ALL_FORMATS, BlobSource, BufferTarget, Conversion, getFirstEncodableVideoCodec, Input, Mp4OutputFormat, Output, VideoSample, WebMOutputFormat, type OutputFormat, type VideoCodec } from 'mediabunny';

/** Says in plain words why a film cannot be painted. */
export class FilmError extends Error {}

/** How a film is painted. */
export interface FilmOptions {
  /** Stops it: the call rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Told how much is done, from 0 to 1. */
  readonly onProgress: (part: number) => void;
}

/** In what files a browser can write a film: those that play everywhere first. */
const WAYS: readonly (readonly [OutputFormat, readonly VideoCodec[]])[] = [
  [new Mp4OutputFormat({ fastStart: 'in-memory' }), ['avc']],
  [new WebMOutputFormat(), ['vp9', 'vp8', 'av1']],
];

/**
 * Paints a film into a new file, with its sound. One frame is in memory at a time: it is decoded, painted, given to the encoder, and closed before the next.
 * @throws {@link FilmError}
 */
export async function paintFilm(film: Blob, pipeline: Pipeline, { signal, onProgress }: FilmOptions): Promise<Blob> {
  const input = new Input({ source: new BlobSource(film), formats: ALL_FORMATS });
  try {
    const { width, height } = await sizeOf(input);
    const canvas = new OffscreenCanvas(width, height);
    const { format, codec } = await chooseWay(width, height);
    const target = new BufferTarget();
    const conversion = await Conversion.init({
      input,
      output: new Output({ format, target }),
      tracks: 'primary',
      video: { codec, processedWidth: width, processedHeight: height, process: (sample) => paintSample(sample, pipeline, canvas) },
    });
    if (!conversion.isValid) throw new FilmError('This browser cannot decode this film. A current Chrome, Edge or Safari may.');
    conversion.onProgress = onProgress;
    await execute(conversion, signal);
    return new Blob([target.buffer as ArrayBuffer], { type: format.mimeType });
  } finally {
    input.dispose();
  }
}

async function sizeOf(input: Input): Promise<{ readonly width: number; readonly height: number }> {
  const track = await input.getPrimaryVideoTrack().catch((cause: unknown) => {
    throw new FilmError('This file is no film that can be read here. MP4, MOV, WebM and MKV can.', { cause });
  });
  if (track === null) throw new FilmError('There is no picture in this file.');
  return { width: even(await track.getDisplayWidth()), height: even(await track.getDisplayHeight()) };
}

/** Encoders share one colour between two pixels. */
function even(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2));
}

async function chooseWay(width: number, height: number): Promise<{ readonly format: OutputFormat; readonly codec: VideoCodec }> {
  for (const [format, codecs] of WAYS) {
    const codec = await getFirstEncodableVideoCodec([...codecs], { width, height });
    if (codec !== null) return { format, codec };
  }
  throw new FilmError(`This browser cannot encode a film of ${width} × ${height}.`);
}

async function paintSample(sample: VideoSample, pipeline: Pipeline, canvas: OffscreenCanvas): Promise<VideoSample> {
  const frame = sample.toVideoFrame();
  try {
    // Until the kernels for this size of picture are compiled, nothing is drawn.
    while (!pipeline.render(frame, canvas, { fit: 'fill' })) await nextTask();
    // In the same task: what a canvas shows is gone after it.
    return new VideoSample(canvas, { timestamp: sample.timestamp, duration: sample.duration });
  } finally {
    frame.close();
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function execute(conversion: Conversion, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const cancel = (): void => void conversion.cancel();
  signal.addEventListener('abort', cancel);
  try {
    await conversion.execute();
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
