import { AtelierError, type AnyEffect, type Studio } from 'atelier-gpu';
import { readInto } from './readInto.ts';
import { duration, titleOf } from '../shared/words.ts';

/** The wall of everything that paints. */
export interface MoreWall {
  /** Hangs the photograph's tiles and paints those in view, one after the other; of the photograph it has already it goes on where it rested. */
  show(photograph: ImageBitmap): void;
  /** Stops after the tile that is being painted. */
  rest(): void;
}

interface Tile {
  readonly effect: AnyEffect;
  readonly button: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
  readonly facts: HTMLElement;
}

const LONGEST_SIDE = 420;

/** Fills the section with a tile for each look and effect; `open` is called with the one that is clicked. */
export async function hangMore(studio: Studio, section: HTMLElement, open: (effect: AnyEffect) => void): Promise<MoreWall> {
  const { effects, looks } = await import('atelier-gpu/all');
  // Combinators paint nothing by themselves.
  const shelves = { looks, effects: effects.filter((effect) => effect.looks.length === 0) };
  const tiles = Object.entries(shelves).flatMap(([id, list]) => list.map((effect) => hangTile(section.querySelector(`#${id}`) as HTMLElement, effect, open)));
  const inView = new Set<Tile>();
  const painted = new Set<Tile>();
  let photograph: ImageBitmap | undefined;
  let resting = true;
  let busy = false;

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inView[isIntersecting ? 'add' : 'delete'](tiles.find(({ button }) => button === target) as Tile);
    void work();
  });
  for (const { button } of tiles) observer.observe(button);
  section.hidden = false;

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let tile = next(); tile !== undefined; tile = next()) await paint(tile, photograph as ImageBitmap);
    busy = false;
  }

  function next(): Tile | undefined {
    return resting ? undefined : tiles.find((tile) => inView.has(tile) && !painted.has(tile));
  }

  async function paint(tile: Tile, of: ImageBitmap): Promise<void> {
    const { effect, canvas, button, facts } = tile;
    painted.add(tile);
    const pipeline = studio.pipeline(effect.step());
    try {
      const ms = await readInto(canvas, pipeline, of, LONGEST_SIDE);
      if (of !== photograph) return;
      button.dataset['state'] = 'painted';
      facts.textContent = duration(ms);
    } catch (error) {
      if (!(error instanceof AtelierError)) throw error;
      // The studio is gone, or the photograph was taken down meanwhile.
      if (!error.recoverable && (error.code === 'device-lost' || error.code === 'destroyed')) resting = true;
      else if (of === photograph) facts.textContent = 'Could not be painted';
    } finally {
      pipeline.destroy();
    }
  }

  return {
    show(next) {
      resting = false;
      if (next !== photograph) {
        photograph = next;
        painted.clear();
        for (const { button, facts } of tiles) {
          delete button.dataset['state'];
          button.style.setProperty('--ratio', String(next.width / next.height));
          facts.textContent = '';
        }
      }
      void work();
    },
    rest() {
      resting = true;
    },
  };
}

function hangTile(shelf: HTMLElement, effect: AnyEffect, open: (effect: AnyEffect) => void): Tile {
  const item = document.createElement('li');
  item.innerHTML = '<button type="button" class="tile"><canvas class="picture" width="3" height="2"></canvas><span class="name"></span><span class="facts"></span></button>';
  const find = <T extends HTMLElement>(selector: string): T => item.querySelector(selector) as T;
  const button = find<HTMLButtonElement>('button');
  find('.name').textContent = titleOf(effect.name);
  button.dataset['effect'] = effect.name;
  button.addEventListener('click', () => open(effect));
  shelf.append(item);
  return { effect, button, canvas: find('canvas'), facts: find('.facts') };
}
