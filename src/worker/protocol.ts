import type { Size } from '../core/frameGraph.ts';
import type { Pixels } from '../io/pixels.ts';
import type { Source } from '../io/source.ts';
import type { AttachOptions, LiveStats } from '../studio/live.ts';
import type { Metrics } from '../studio/metrics.ts';
import type { ReadOptions } from '../studio/pipeline.ts';
import type { StudioOptions } from '../studio/studio.ts';
import type { ErrorRecord } from './errorRecord.ts';

/** What a page posts to a worker, with a port, to have it paint. */
export const INVITATION = 'atelier-gpu painter';

/** What a {@link StudioOptions} has that can be posted. */
export type PostedStudioOptions = Pick<StudioOptions, 'powerPreference' | 'validation' | 'memory' | 'limits' | 'lineKernels' | 'poison' | 'recovery'>;

/** What of `ReadOptions` can be posted. */
export type PostedReadOptions = Omit<ReadOptions, 'signal' | 'inputs'>;

/** What of `AttachOptions` can be posted. */
export type PostedAttachOptions = Omit<AttachOptions, 'onFrame' | 'inputs' | 'resize' | 'close'>;

/** Where frames come from: a stream or track that was transferred, or a port on which the page posts them. */
export type PostedFrames = ReadableStream<VideoFrame> | MediaStreamTrack | MessagePort;

/** What a page can ask of a worker: what it sends, and what comes back. */
export interface PainterCalls {
  /** Gives the longest side that the canvas can have, in pixels. */
  create(sent: { readonly looks: unknown; readonly canvas: OffscreenCanvas; readonly studio: PostedStudioOptions }): number;
  /** Gives its answer when the painting ends. */
  attach(sent: { readonly frames: PostedFrames; readonly options: PostedAttachOptions }): void;
  detach(sent: undefined): void;
  pause(sent: boolean): void;
  /** Of the options that a painting was attached with. */
  change(sent: Partial<PostedAttachOptions>): void;
  stats(sent: undefined): LiveStats | undefined;
  set(sent: { readonly step: string | number; readonly params: Readonly<Record<string, unknown>> }): void;
  resize(sent: Size): void;
  metrics(sent: undefined): Metrics;
  read(sent: { readonly source: Source | Blob; readonly options: PostedReadOptions }): Pixels;
  destroy(sent: undefined): void;
}

/** The name of a call. */
export type CallName = keyof PainterCalls;
/** What a call sends. */
export type Sent<N extends CallName> = Parameters<PainterCalls[N]>[0];
/** What comes back. */
export type Answer<N extends CallName> = ReturnType<PainterCalls[N]>;

/** From the page. */
export type PageMessage =
  | { readonly id: number; readonly call: CallName; readonly sent: unknown }
  /** A call is no longer waited for. */
  | { readonly abort: number }
  | { readonly ping: true };

/** From the worker. */
export type WorkerMessage =
  /** The first: it holds the lock of this name as long as it lives. */
  | { readonly alive: string | undefined }
  | { readonly id: number; readonly given: unknown }
  | { readonly id: number; readonly error: ErrorRecord }
  | { readonly pong: true };
