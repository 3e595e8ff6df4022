import { BufferTarget, CanvasSource, getFirstEncodableVideoCodec, Output, WebMOutputFormat } from 'mediabunny';
import { drawSeascape } from '../shared/seascape.ts';
import { FilmError } from './paintFilm.ts';

const [WIDTH, HEIGHT] = [480, 320];
const FRAME_RATE = 24;
const FRAMES = 96;

/** Draws a short film of a ship on the sea, for whoever has none at hand. */
export async function drawFilm(): Promise<Blob> {
  const codec = await getFirstEncodableVideoCodec(['vp9', 'vp8', 'av1'], { width: WIDTH, height: HEIGHT });
  if (codec === null) throw new FilmError('This browser cannot draw a film. Please choose one of your own.');
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d', { alpha: false }) as OffscreenCanvasRenderingContext2D;
  const source = new CanvasSource(canvas, { codec, bitrate: 2e6 });
  const format = new WebMOutputFormat();
  const target = new BufferTarget();
  const output = new Output({ format, target });
  output.addVideoTrack(source, { frameRate: FRAME_RATE });
  await output.start();
  for (let i = 0; i < FRAMES; i++) {
    drawSeascape(context, i / FRAME_RATE);
    await source.add(i / FRAME_RATE, 1 / FRAME_RATE);
  }
  await output.finalize();
  return new Blob([target.buffer as ArrayBuffer], { type: format.mimeType });
}
