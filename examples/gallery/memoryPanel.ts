import type { Studio } from 'atelier-gpu';
import { count, megabytes } from '../shared/words.ts';

const REFRESH_MS = 500;

/** Shows a studio's memory, live, and how many GPU objects the last painting made. */
export function showMemory(studio: Studio, panel: HTMLElement): { paintingBegins(): void } {
  const cells = new Map([...panel.querySelectorAll<HTMLElement>('[data-bytes]')].map((cell) => [cell.dataset['bytes'], cell]));
  const meters = new Map([...panel.querySelectorAll<HTMLElement>('[data-meter]')].map((bar) => [bar.dataset['meter'], bar]));
  const objects = panel.querySelector('#objects') as HTMLElement;
  let before = 0;

  const refresh = (): void => {
    const { bytes, created } = studio.metrics();
    for (const name of ['live', 'pooled', 'peak', 'budget'] as const) (cells.get(name) as HTMLElement).textContent = megabytes(bytes[name]);
    for (const [name, part] of Object.entries({ live: bytes.live, pooled: bytes.live + bytes.pooled, peak: bytes.peak })) {
      (meters.get(name) as HTMLElement).style.setProperty('--part', String(Math.min(1, part / bytes.budget)));
    }
    objects.textContent = `${count(created, 'GPU object')} made, ${created - before} by the last painting`;
  };
  refresh();
  setInterval(refresh, REFRESH_MS);
  return {
    paintingBegins() {
      before = studio.metrics().created;
      refresh();
    },
  };
}
