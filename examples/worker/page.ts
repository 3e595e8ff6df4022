import type { AnyEffect, AnyStep } from 'atelier-gpu';
import { lookControls } from '../shared/lookControls.ts';
import { showMeters, type Reading } from '../shared/meters.ts';
import { findSheet } from '../shared/sheet.ts';
import { count, titleOf } from '../shared/words.ts';

/** Who has the painting done. */
export interface Employer {
  begin(from: 'camera' | 'drawing'): Promise<void>;
  end(): void;
  /** Another look was chosen. */
  repaint(): unknown;
  /** A parameter of the look was changed. */
  set(params: Readonly<Record<string, unknown>>): unknown;
  read(): Promise<Reading | undefined> | undefined;
}

/** The page around the painting. */
export interface Page {
  readonly look: AnyStep;
  show(stream: MediaStream): Promise<void>;
  /** A canvas that no worker has yet, in front of those that are there. */
  spareCanvas(): HTMLCanvasElement;
  /** The spare canvas is painted: what is behind it can go. */
  hang(): void;
  clear(trouble?: string): void;
}

const BLOCK_MS = 2000;
const TURN_MS = 4000;

/** Has the controls of the page say what the visitor wants; `first` is the look to begin with. */
export function openPage(first: AnyEffect, employer: Employer): Page {
  const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
  const sheet = findSheet();
  const status = find('status');
  const stop = find<HTMLButtonElement>('stop');
  const controls = lookControls(find('look'), find('params'), first, { chosen: () => void employer.repaint(), changed: (params) => void employer.set(params) });

  async function begin(from: 'camera' | 'drawing'): Promise<void> {
    status.textContent = from === 'camera' ? 'Waiting for the camera…' : 'Sharpening the pencils…';
    await employer.begin(from);
  }

  async function block(): Promise<void> {
    const blocked = find('blocked');
    const before = (await employer.read())?.metrics.frames ?? 0;
    blocked.textContent = 'The page is blocked…';
    await shown();
    const end = performance.now() + BLOCK_MS;
    while (performance.now() < end);
    const after = (await employer.read())?.metrics.frames ?? 0;
    blocked.textContent = `The page stood still for two seconds. Meanwhile the worker painted ${count(after - before, 'frame')}.`;
  }

  find('use-camera').addEventListener('click', () => void begin('camera'));
  find('use-drawing').addEventListener('click', () => void begin('drawing'));
  find('block').addEventListener('click', () => void block());
  stop.addEventListener('click', () => employer.end());
  turnHand(document.querySelector('#clock path') as SVGElement);
  showMeters(find('meters'), document.querySelector('#graph') as SVGElement, employer.read);

  return {
    get look() {
      return controls.look;
    },
    async show(stream) {
      await sheet.show(stream);
      stop.disabled = false;
    },
    spareCanvas() {
      const spare = sheet.canvas.cloneNode() as HTMLCanvasElement;
      canvases().at(-1)?.after(spare);
      return spare;
    },
    hang() {
      for (const canvas of canvases().slice(0, -1)) canvas.remove();
      status.textContent = `${titleOf(controls.look.effect.name)}, painted in a worker.`;
    },
    clear(trouble) {
      sheet.clear(trouble);
      stop.disabled = true;
      status.textContent = 'Nothing is on the easel yet.';
    },
  };
}

/** Those on the sheet, the foremost last. */
function canvases(): HTMLCanvasElement[] {
  return [...document.querySelectorAll<HTMLCanvasElement>('#sheet canvas')];
}

/** Resolves when the page shows what was changed. */
function shown(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Turns a hand by this thread: it stands still when the thread has no time for it. Where the visitor wants little motion it moves once a second. */
function turnHand(hand: SVGElement): void {
  const step = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1000 : 0;
  const turn = (now: number): void => {
    const at = step === 0 ? now : now - (now % step);
    hand.setAttribute('transform', `rotate(${((360 * at) / TURN_MS) % 360})`);
    requestAnimationFrame(turn);
  };
  requestAnimationFrame(turn);
}
