import { DestroyedError, oil, stabilize, type Live, type Pipeline, type Studio } from 'atelier-gpu';
import { NEEDS_WEBGPU, openStudio } from '../shared/openStudio.ts';
import { drawFilm } from './drawFilm.ts';
import { openPage } from './page.ts';
import { paintFilm, type FilmOptions } from './paintFilm.ts';

let studio: Studio | undefined;
let pipeline: Pipeline | undefined;
let live: Live | undefined;

const page = openPage(oil, {
  begin,
  end,
  repaint,
  draw: drawFilm,
  paintWhole,
  set: (params) => pipeline?.set(page.look.effect.name, params),
  read: () => studio && live && { ...live.stats, metrics: studio.metrics() },
});
addEventListener('pagehide', () => end());
// To look at in the console.
Object.defineProperty(globalThis, 'atelier', { get: () => ({ studio, pipeline, live }) });

/** Plays a film, and paints what is shown of it. */
async function begin(film: Blob): Promise<void> {
  end();
  studio = await openStudio();
  if (studio === undefined) return end(NEEDS_WEBGPU);
  if (await page.show(film)) repaint();
}

/** Paints as the controls say. Until the kernels of another look are compiled, the one before goes on. */
function repaint(): void {
  if (studio === undefined) return;
  const before = pipeline;
  pipeline = newPipeline(studio);
  live = pipeline.attach(page.video, page.canvas, { fit: 'cover', quality: 'auto' });
  live.ended.catch((error: unknown) => error instanceof DestroyedError || end(`The painting stopped: ${String(error)}`));
  void pipeline.ready.catch(() => {}).then(() => before?.destroy());
}

function newPipeline(by: Studio): Pipeline {
  return by.pipeline(page.isSteady ? stabilize(page.look) : page.look);
}

/** Paints all frames of a film into a file. */
async function paintWhole(film: Blob, options: FilmOptions): Promise<Blob> {
  const whole = newPipeline(studio as Studio);
  try {
    return await paintFilm(film, whole, options);
  } finally {
    whole.destroy();
  }
}

/** Lets go of the film and of all GPU memory. */
function end(trouble?: string): void {
  studio?.destroy();
  studio = pipeline = live = undefined;
  page.clear(trouble);
}
