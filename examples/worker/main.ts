import { AtelierError, DestroyedError, oil, UnsupportedError } from 'atelier-gpu';
import { WorkerPainter } from 'atelier-gpu/worker';
import { CameraError, openCamera } from '../shared/camera.ts';
import { openDrawing } from '../shared/drawing.ts';
import { NEEDS_WEBGPU, pictureWidth } from '../shared/openStudio.ts';
import type { Reading } from '../shared/meters.ts';
import { openPage } from './page.ts';

let stream: MediaStream | undefined;
let painter: WorkerPainter | undefined;
/** Counts the looks that were asked for: one that is ready late does not take the place of a later one. */
let turn = 0;

const page = openPage(oil, {
  begin,
  end,
  repaint,
  // A look that is not ready yet is told when it is.
  set: (params) => painter?.set(page.look.effect.name, params).catch(() => {}),
  read: () => painter && readingOf(painter).catch(() => undefined),
});
addEventListener('pagehide', () => end());
// To look at in the console.
Object.defineProperty(globalThis, 'atelier', { get: () => ({ painter }) });

/** Opens the camera, or begins a drawing, and has it painted. */
async function begin(from: 'camera' | 'drawing'): Promise<void> {
  try {
    stream = from === 'camera' ? await openCamera(pictureWidth(), end) : openDrawing(pictureWidth());
    await page.show(stream);
    await repaint();
  } catch (error) {
    if (!(error instanceof CameraError || error instanceof AtelierError)) throw error;
    end(error instanceof UnsupportedError ? NEEDS_WEBGPU : error.message);
  }
}

/** Has another worker paint another look. Until it is ready, the one before goes on. */
async function repaint(): Promise<void> {
  const [track] = stream?.getVideoTracks() ?? [];
  if (track === undefined) return;
  const own = ++turn;
  const worker = new Worker(new URL('./painter.ts', import.meta.url), { type: 'module' });
  const next = await WorkerPainter.create(worker, { looks: page.look, canvas: page.spareCanvas() });
  if (own !== turn) return next.destroy();
  await next.set(0, { ...page.look.params });
  const live = await next.attach(track, { fit: 'cover', quality: 'auto' });
  live.ended.catch((error: unknown) => error instanceof DestroyedError || end(`The painting stopped: ${String(error)}`));
  page.hang();
  const before = painter;
  painter = next;
  await before?.destroy();
}

async function readingOf(by: WorkerPainter): Promise<Reading | undefined> {
  const stats = await by.stats();
  return stats && { ...stats, metrics: await by.metrics() };
}

/** Lets go of the camera, and of the worker with all its GPU memory. */
function end(trouble?: string): void {
  turn++;
  for (const track of stream?.getTracks() ?? []) track.stop();
  void painter?.destroy();
  stream = painter = undefined;
  page.clear(trouble);
}
