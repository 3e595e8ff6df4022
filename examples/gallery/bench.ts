import { AtelierError, type AnyEffect, type Pipeline, type Studio } from 'atelier-gpu';
import { paramControls } from '../shared/paramControls.ts';
import type { Photograph } from './photograph.ts';
import { readInto } from './readInto.ts';
import { dimensions, duration, stem, titleOf } from '../shared/words.ts';

/** One look or effect at a time, large, with its controls. */
export interface Bench {
  open(effect: AnyEffect, photograph: Photograph): void;
  /** Also when nothing is open. */
  close(): void;
}

const LONGEST_SIDE = 900;

/** Watches the dialog in which a visitor changes a look. */
export function setUpBench(studio: Studio): Bench {
  const dialog = document.querySelector('#bench') as HTMLDialogElement;
  const find = <T extends HTMLElement>(selector: string): T => dialog.querySelector(selector) as T;
  const canvas = find<HTMLCanvasElement>('canvas');
  const facts = find('#bench-facts');
  let work: { readonly effect: AnyEffect; readonly photograph: Photograph; readonly pipeline: Pipeline } | undefined;
  let outdated = false;
  let busy = false;

  /** Paints until the picture shows what the controls say: what changed meanwhile is painted once, at the end. */
  async function paint(): Promise<void> {
    outdated = true;
    if (busy) return;
    busy = true;
    while (outdated) {
      outdated = false;
      if (work === undefined) break;
      const { pipeline, photograph } = work;
      try {
        const ms = await readInto(canvas, pipeline, photograph.bitmap, LONGEST_SIDE);
        dialog.style.setProperty('--ratio', String(canvas.width / canvas.height));
        facts.textContent = `${dimensions(canvas)}, ${duration(ms)}`;
      } catch (error) {
        complain(error, pipeline);
      }
    }
    busy = false;
  }

  /** Of a pipeline that was put away nobody wants to know. */
  function complain(error: unknown, pipeline: Pipeline): void {
    if (!(error instanceof AtelierError)) throw error;
    if (work?.pipeline === pipeline) facts.textContent = `Could not be painted: ${error.message}.`;
  }

  /** Lays out the controls, all as the effect's table says. */
  function lay(): void {
    const { effect, pipeline } = work as NonNullable<typeof work>;
    const controls = paramControls(effect, (key, value) => {
      pipeline.set(0, { [key]: value });
      void paint();
    });
    find('#bench-params').replaceChildren(...controls);
  }

  find('#bench-reset').addEventListener('click', () => {
    const { effect, pipeline } = work as NonNullable<typeof work>;
    pipeline.set(0, effect.step().params as Record<string, unknown>);
    lay();
    void paint();
  });
  find('#bench-save').addEventListener('click', async () => {
    const { effect, photograph, pipeline } = work as NonNullable<typeof work>;
    facts.textContent = 'Painting the whole picture…';
    try {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await pipeline.toBlob(photograph.bitmap));
      link.download = `${stem(photograph.name)}.${effect.name}.png`;
      link.click();
      URL.revokeObjectURL(link.href);
      facts.textContent = `Saved as ${link.download}`;
    } catch (error) {
      complain(error, pipeline);
    }
  });
  dialog.addEventListener('close', () => {
    work?.pipeline.destroy();
    work = undefined;
  });

  return {
    open(effect, photograph) {
      work = { effect, photograph, pipeline: studio.pipeline(effect.step()) };
      find('#bench-title').textContent = titleOf(effect.name);
      facts.textContent = 'On the easel…';
      dialog.style.setProperty('--ratio', String(photograph.bitmap.width / photograph.bitmap.height));
      // The photograph stands in until the painting is there.
      canvas.width = photograph.bitmap.width;
      canvas.height = photograph.bitmap.height;
      canvas.getContext('2d')?.drawImage(photograph.bitmap, 0, 0);
      lay();
      dialog.showModal();
      void paint();
    },
    close: () => dialog.close(),
  };
}
