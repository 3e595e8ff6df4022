import type { AnyEffect, AnyStep } from 'atelier-gpu';
import { watchArrivals } from '../shared/arrivals.ts';
import { lookControls } from '../shared/lookControls.ts';
import { showMeters, type Reading } from '../shared/meters.ts';
import { findSheet } from '../shared/sheet.ts';
import { stem, titleOf } from '../shared/words.ts';
import { exportControls } from './exportControls.ts';
import { FilmError, type FilmOptions } from './paintFilm.ts';
import { playerControls } from './playerControls.ts';

/** Who paints. */
export interface Painter {
  begin(film: Blob): Promise<void>;
  end(): void;
  /** Makes a film for whoever has none. */
  draw(): Promise<Blob>;
  /** Another look was chosen. */
  repaint(): void;
  /** A parameter of the look was changed. */
  set(params: Readonly<Record<string, unknown>>): void;
  paintWhole(film: Blob, options: FilmOptions): Promise<Blob>;
  read(): Reading | undefined;
}

/** The page around the painting. */
export interface Page {
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
  readonly look: AnyStep;
  readonly isSteady: boolean;
  /** Plays a film; `false` where the browser cannot, and then the page says so. */
  show(film: Blob): Promise<boolean>;
  clear(trouble?: string): void;
}

/** Has the controls of the page tell a painter what the visitor wants; `first` is the look to begin with. */
export function openPage(first: AnyEffect, painter: Painter): Page {
  const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
  const sheet = findSheet();
  const { video } = sheet;
  const status = find('status');
  const tools = find<HTMLFieldSetElement>('tools');
  const steady = find<HTMLInputElement>('steady');
  const controls = lookControls(find('look'), find('params'), first, { chosen: repaint, changed: painter.set });
  const whole = exportControls(paintWhole, () => `${stem(name)}.${controls.look.effect.name}`);
  let film: Blob | undefined;
  let name = '';
  let address = '';

  async function open(file: Blob, called: string): Promise<void> {
    name = called;
    status.textContent = `Opening ${name}…`;
    await painter.begin(file);
  }

  function paintWhole(options: FilmOptions): Promise<Blob> {
    // So that the GPU has time for it.
    video.pause();
    return painter.paintWhole(film as Blob, options);
  }

  async function draw(): Promise<void> {
    status.textContent = 'Drawing a film…';
    try {
      await open(await painter.draw(), 'seascape');
    } catch (error) {
      if (!(error instanceof FilmError)) throw error;
      sheet.clear(error.message);
    }
  }

  function repaint(): void {
    painter.repaint();
    tell();
  }

  function tell(): void {
    if (film !== undefined) status.textContent = `${name}, painted with ${titleOf(controls.look.effect.name)} while it plays.`;
  }

  watchArrivals(
    { input: find('file'), drop: find('drop') },
    (file) => void open(file, file.name),
    () => sheet.clear('That was no file. Please drop a film: MP4, MOV or WebM.'),
  );
  find('draw').addEventListener('click', () => void draw());
  find('away').addEventListener('click', () => painter.end());
  steady.addEventListener('change', repaint);
  playerControls(video);
  showMeters(find('meters'), document.querySelector('#graph') as SVGElement, painter.read);

  return {
    video,
    canvas: sheet.canvas,
    get look() {
      return controls.look;
    },
    get isSteady() {
      return steady.checked;
    },
    async show(file) {
      address = URL.createObjectURL(file);
      try {
        await sheet.show(address);
      } catch {
        painter.end();
        sheet.clear(`This browser cannot play “${name}”. MP4 with H.264, and WebM, play nearly everywhere.`);
        return false;
      }
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) video.pause();
      film = file;
      tools.disabled = false;
      whole.ready(true);
      tell();
      return true;
    },
    clear(trouble) {
      whole.ready(false);
      sheet.clear(trouble);
      URL.revokeObjectURL(address);
      film = undefined;
      tools.disabled = true;
      status.textContent = 'Nothing is on the easel yet.';
    },
  };
}
