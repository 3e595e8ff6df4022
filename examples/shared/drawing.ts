import { drawSeascape } from './seascape.ts';

/** What the worker is told that draws. */
export interface DrawingOrder {
  readonly width: number;
  readonly height: number;
  readonly moves: boolean;
  /** Milliseconds from frame to frame. */
  readonly pace: number;
  /** Takes the frames. */
  readonly frames: WritableStream<VideoFrame>;
}

const PACE_MS = 1000 / 30;
const SHAPE = 2 / 3;

/**
 * A ship on the sea, for whoever has no camera. It is drawn in a worker where the browser can, so that it goes on whatever the page does.
 * Whoever gets it stops its track, and with that the drawing.
 */
export function openDrawing(width: number): MediaStream {
  const moves = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  const height = Math.round(width * SHAPE);
  if (!('MediaStreamTrackGenerator' in globalThis)) return drawHere(width, height, moves);
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const order: DrawingOrder = { width, height, moves, pace: PACE_MS, frames: track.writable };
  new Worker(new URL('./drawingWorker.ts', import.meta.url), { type: 'module' }).postMessage(order, [order.frames]);
  return new MediaStream([track]);
}

function drawHere(width: number, height: number, moves: boolean): MediaStream {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const stream = canvas.captureStream();
  const timer = setInterval(() => {
    if (stream.active) drawSeascape(context, moves ? performance.now() / 1000 : 0);
    else clearInterval(timer);
  }, PACE_MS);
  return stream;
}
