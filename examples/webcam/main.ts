import { DestroyedError, oil, stabilize, type Live, type Pipeline, type Studio } from 'atelier-gpu';
import { CameraError, openCamera } from '../shared/camera.ts';
import { openDrawing } from '../shared/drawing.ts';
import { NEEDS_WEBGPU, openStudio, pictureWidth } from '../shared/openStudio.ts';
import { openPage } from './page.ts';

let studio: Studio | undefined;
let stream: MediaStream | undefined;
let pipeline: Pipeline | undefined;
let live: Live | undefined;

const page = openPage(oil, {
  begin,
  end,
  repaint,
  set: (params) => pipeline?.set(page.choice.look.effect.name, params),
  change: () => live?.set(page.choice.options),
  record: () => live?.record(),
  float: async () => pipeline?.toMediaStream(stream?.getVideoTracks()[0] as MediaStreamTrack, page.choice.options),
  read: () => studio && live && { ...live.stats, metrics: studio.metrics() },
});
addEventListener('pagehide', () => end());
// To look at in the console.
Object.defineProperty(globalThis, 'atelier', { get: () => ({ studio, pipeline, live }) });

/** Opens the camera, or begins a drawing, and paints it. */
async function begin(from: 'camera' | 'drawing'): Promise<void> {
  studio = await openStudio();
  if (studio === undefined) return end(NEEDS_WEBGPU);
  try {
    const width = pictureWidth(studio.metrics().adapter.isFallback);
    stream = from === 'camera' ? await openCamera(width, end) : openDrawing(width);
    await page.show(stream);
    repaint();
  } catch (error) {
    if (!(error instanceof CameraError)) throw error;
    end(error.message);
  }
}

/** Paints as the controls say. Until the kernels of another look are compiled, the one before goes on. */
function repaint(): void {
  if (studio === undefined) return;
  const before = pipeline;
  const { look, steady, options } = page.choice;
  pipeline = studio.pipeline(steady ? stabilize(look) : look);
  live = pipeline.attach(page.video, page.canvas, options);
  live.ended.catch((error: unknown) => error instanceof DestroyedError || end(`The painting stopped: ${String(error)}`));
  void pipeline.ready.catch(() => {}).then(() => before?.destroy());
}

/** Lets go of the camera and of all GPU memory. */
function end(trouble?: string): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
  studio?.destroy();
  studio = stream = pipeline = live = undefined;
  page.clear(trouble);
}
