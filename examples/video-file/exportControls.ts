import { AtelierError } from 'atelier-gpu';
import { fileName } from '../shared/saveFile.ts';
import { duration, megabytes } from '../shared/words.ts';
import { FilmError, type FilmOptions } from './paintFilm.ts';

/** The controls that have a whole film painted. */
export interface ExportControls {
  /** Whether there is a film; what was begun of another is cancelled. */
  ready(isReady: boolean): void;
}

/** @param paint - paints the film into a file, whose name begins with what `nameOf` says */
export function exportControls(paint: (options: FilmOptions) => Promise<Blob>, nameOf: () => string): ExportControls {
  const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
  const begin = find<HTMLButtonElement>('export');
  const cancel = find('cancel');
  const progress = find<HTMLProgressElement>('progress');
  const download = find<HTMLAnchorElement>('download');
  const told = find('exported');
  let stop: AbortController | undefined;

  async function run(): Promise<void> {
    const own = new AbortController();
    const started = performance.now();
    stop = own;
    offer(undefined);
    show(true);
    try {
      const file = await paint({ signal: own.signal, onProgress: (part) => void (progress.value = part) });
      offer(file);
      told.textContent = `Painted in ${duration(performance.now() - started)}: ${megabytes(file.size)}.`;
    } catch (error) {
      told.textContent = wordsFor(error, own.signal);
    } finally {
      if (stop === own) show(false);
    }
  }

  function show(isPainting: boolean): void {
    progress.value = 0;
    progress.hidden = cancel.hidden = !isPainting;
    begin.hidden = isPainting;
    if (isPainting) told.textContent = 'Painting frame by frame…';
    (isPainting ? cancel : begin).focus();
  }

  function offer(file: Blob | undefined): void {
    URL.revokeObjectURL(download.href);
    download.removeAttribute('href');
    download.hidden = file === undefined;
    if (file === undefined) return;
    download.href = URL.createObjectURL(file);
    download.download = fileName(file, nameOf());
  }

  begin.addEventListener('click', () => void run());
  cancel.addEventListener('click', () => stop?.abort());
  return {
    ready(isReady) {
      stop?.abort();
      begin.disabled = !isReady;
      if (isReady) offer(undefined);
      told.textContent = '';
    },
  };
}

function wordsFor(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'Cancelled.';
  if (error instanceof FilmError) return error.message;
  if (error instanceof AtelierError) return `The film could not be painted: ${error.message}.`;
  throw error;
}
