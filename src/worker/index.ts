/**
 * Painting in a dedicated worker, so that the page is never held up: {@link servePainter} for the worker's module, {@link WorkerPainter} for the page.
 * @packageDocumentation
 */
export { servePainter } from './servePainter.ts';
export { WorkerPainter, type LookJson, type WorkerAttachOptions, type WorkerPainterOptions, type WorkerReadOptions, type WorkerSource } from './workerPainter.ts';
export type { WorkerLive } from './sendSource.ts';
export * from '../core/errors.ts';
export type { Pixels } from '../io/pixels.ts';
export type { AttachOptions, Live, LiveStats } from '../studio/live.ts';
export type { Metrics } from '../studio/metrics.ts';
export type { Pipeline, ReadOptions } from '../studio/pipeline.ts';
