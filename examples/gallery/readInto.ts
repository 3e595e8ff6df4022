import type { Pipeline, Source } from 'atelier-gpu';

/** Paints a picture small, with lengths that shrink along, and shows it on a canvas. Gives the milliseconds. */
export async function readInto(canvas: HTMLCanvasElement, pipeline: Pipeline, source: Source & { readonly width: number; readonly height: number }, longestSide: number): Promise<number> {
  const started = performance.now();
  const { data, width, height } = await pipeline.read(source, { scale: Math.min(1, longestSide / Math.max(source.width, source.height)) });
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0);
  return performance.now() - started;
}
