/**
 * Painting in a dedicated worker, so that the page is never held up: {@link servePainter} for the worker's module, {@link WorkerPainter} for the page.
 * @packageDocumentation
 */
export { servePainter } from './servePainter.ts';
export { WorkerPainter, type LookJson, type WorkerPainterOptions, type WorkerReadOptions, type WorkerSource } from './workerPainter.ts';
export type { WorkerAttachOptions, WorkerLive } from './workerLive.ts';
