import type { AnyEffect, AnyStep, AttachOptions, PaintedStream, Recording } from 'atelier-gpu';
import { lookControls } from '../shared/lookControls.ts';
import { showMeters, type Reading } from '../shared/meters.ts';
import { saveFile } from '../shared/saveFile.ts';
import { findSheet } from '../shared/sheet.ts';
import { titleOf } from '../shared/words.ts';
import { CAN_FLOAT, floatingWindow } from './floatingWindow.ts';

/** Who paints. */
export interface Painter {
  begin(from: 'camera' | 'drawing'): Promise<void>;
  end(): void;
  /** Another look was chosen. */
  repaint(): void;
  /** A parameter of the look was changed. */
  set(params: Readonly<Record<string, unknown>>): void;
  /** The options were changed. */
  change(): void;
  record(): Recording | Promise<Recording> | undefined;
  /** The painting as a stream that goes on while the page is hidden. */
  float(): Promise<PaintedStream | undefined>;
  read(): Reading | undefined;
}

/** What the controls say. */
export interface Choice {
  readonly look: AnyStep;
  readonly steady: boolean;
  readonly options: AttachOptions;
}

/** The page around the painting. */
export interface Page {
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
  readonly choice: Choice;
  show(stream: MediaStream): Promise<void>;
  clear(trouble?: string): void;
}

/** Has the controls of the page tell a painter what the visitor wants; `first` is the look to begin with. */
export function openPage(first: AnyEffect, painter: Painter): Page {
  const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
  const sheet = findSheet();
  const status = find('status');
  const tools = find<HTMLFieldSetElement>('tools');
  const mirror = find('mirror');
  const record = find('record');
  const float = find('float');
  const quality = find<HTMLSelectElement>('quality');
  const steady = find<HTMLInputElement>('steady');
  const floating = floatingWindow(painter.float, (open) => setPressed(float, open));
  const controls = lookControls(find('look'), find('params'), first, { chosen: repaint, changed: painter.set });
  let recording: { readonly of: string; readonly file: Recording } | undefined;

  function repaint(): void {
    // A recording is of one look.
    void finishRecording();
    painter.repaint();
    void floating.renew();
    if (!tools.disabled) tell();
  }

  function tell(): void {
    status.textContent = `${titleOf(controls.look.effect.name)}, painted frame by frame.`;
  }

  async function begin(from: 'camera' | 'drawing'): Promise<void> {
    status.textContent = from === 'camera' ? 'Waiting for the camera…' : 'Sharpening the pencils…';
    // As in a looking glass; a drawing is not one's own face.
    setMirror(from === 'camera');
    await painter.begin(from);
  }

  function setMirror(mirrored: boolean): void {
    setPressed(mirror, mirrored);
    sheet.mirror(mirrored);
  }

  async function toggleRecording(): Promise<void> {
    if (recording !== undefined) return finishRecording();
    const file = await painter.record();
    if (file === undefined) return;
    recording = { of: controls.look.effect.name, file };
    setPressed(record, true);
    record.textContent = 'Stop and save';
  }

  async function finishRecording(): Promise<void> {
    const finished = recording;
    if (finished === undefined) return;
    recording = undefined;
    setPressed(record, false);
    record.textContent = 'Record';
    saveFile(await finished.file.stop(), finished.of);
  }

  find('use-camera').addEventListener('click', () => void begin('camera'));
  find('use-drawing').addEventListener('click', () => void begin('drawing'));
  find('stop').addEventListener('click', () => painter.end());
  find('fullscreen').addEventListener('click', () => void document.querySelector('.frame')?.requestFullscreen());
  record.addEventListener('click', () => void toggleRecording());
  float.addEventListener('click', () => void floating.toggle());
  mirror.addEventListener('click', () => {
    setMirror(!isPressed(mirror));
    painter.change();
  });
  quality.addEventListener('change', painter.change);
  steady.addEventListener('change', repaint);
  find('fullscreen').hidden = !document.fullscreenEnabled;
  float.hidden = !CAN_FLOAT;
  showMeters(find('meters'), document.querySelector('#graph') as SVGElement, painter.read);

  return {
    video: sheet.video,
    canvas: sheet.canvas,
    get choice() {
      const options = quality.value === 'auto' ? ({ quality: 'auto', scale: 1 } as const) : ({ quality: 'full', scale: Number(quality.value) } as const);
      return { look: controls.look, steady: steady.checked, options: { ...options, fit: 'cover' as const, mirror: isPressed(mirror) } };
    },
    async show(stream) {
      await sheet.show(stream);
      tools.disabled = false;
      tell();
    },
    clear(trouble) {
      void finishRecording();
      floating.close();
      sheet.clear(trouble);
      tools.disabled = true;
      status.textContent = 'Nothing is on the easel yet.';
    },
  };
}

function isPressed(button: HTMLElement): boolean {
  return button.ariaPressed === 'true';
}

function setPressed(button: HTMLElement, pressed: boolean): void {
  button.ariaPressed = String(pressed);
}
