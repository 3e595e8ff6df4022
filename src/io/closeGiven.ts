import { isA } from './source.ts';

/** Closes the frames and bitmaps that a call was given, where `close` says so; each once, also where one is given twice. */
export function closeGiven(source: unknown, { close = false, inputs = {} }: { readonly close?: boolean; readonly inputs?: Readonly<Record<string, unknown>> }): void {
  if (!close) return;
  for (const given of new Set([source, ...Object.values(inputs)])) if (isA(given, 'VideoFrame') || isA(given, 'ImageBitmap')) (given as VideoFrame | ImageBitmap).close();
}
