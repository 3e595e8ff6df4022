import type { DrawingOrder } from './drawing.ts';
import { drawSeascape } from './seascape.ts';

addEventListener('message', ({ data }: MessageEvent<DrawingOrder>) => {
  const { width, height, moves, pace, frames } = data;
  const canvas = new OffscreenCanvas(width, height);
  // Drawn by the CPU, which leaves the GPU to the painter.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  const writer = frames.getWriter();

  /** A picture that stands still is sent again and again too: nobody knows who comes to see it, and when. */
  async function draw(): Promise<void> {
    const now = performance.now();
    drawSeascape(context, moves ? now / 1000 : 0);
    const frame = new VideoFrame(canvas, { timestamp: 1000 * now });
    try {
      await writer.write(frame);
    } catch {
      // The track was stopped: nobody looks any more.
      frame.close();
      return close();
    }
    setTimeout(() => void draw(), pace - (performance.now() - now));
  }

  void draw();
});
