import type { Metrics } from 'atelier-gpu';
import { duration, megabytes } from './words.ts';

/** How a painting goes on. */
export interface Reading {
  readonly fps: number;
  /** GPU time of a frame. */
  readonly gpuMilliseconds: number;
  readonly metrics: Metrics;
}

const REFRESH_MS = 500;
/** The graph shows the last minute. */
const MOST = 120;
const HEIGHT = 32;

/** Fills the cells with `data-meter` in a list, and draws how many bytes were held in the last minute; `read` gives undefined where nothing is painted. */
export function showMeters(list: HTMLElement, graph: SVGElement, read: () => Promise<Reading | undefined> | Reading | undefined): void {
  const held: number[] = [];
  const tell = (name: string, words: string): void => void ((list.querySelector(`[data-meter=${name}]`) as HTMLElement).textContent = words);

  const refresh = async (): Promise<void> => {
    const reading = await read();
    tell('rate', reading === undefined ? '–' : String(Math.round(reading.fps)));
    tell('gpu', reading === undefined || reading.gpuMilliseconds === 0 ? '–' : duration(reading.gpuMilliseconds));
    if (reading === undefined) return;
    const bytes = heldBytes(reading.metrics);
    tell('memory', megabytes(bytes));
    tell('created', String(reading.metrics.created));
    held.push(bytes);
    if (held.length > MOST) held.shift();
    draw(graph, held);
  };
  setInterval(() => void refresh(), REFRESH_MS);
}

/** All the GPU memory a studio holds. */
export function heldBytes({ bytes }: Metrics): number {
  const { budget: _budget, peak: _peak, ...held } = bytes;
  return Object.values(held).reduce((sum, part) => sum + part, 0);
}

function draw(graph: SVGElement, held: readonly number[]): void {
  const most = Math.max(...held, 1);
  // The newest on the right; a little air above the highest.
  const line = held.map((bytes, i) => `${MOST - held.length + i + 1},${(HEIGHT * (1 - (0.85 * bytes) / most)).toFixed(2)}`);
  graph.setAttribute('viewBox', `0 0 ${MOST} ${HEIGHT}`);
  (graph.querySelector('polyline') as SVGElement).setAttribute('points', line.join(' '));
  (graph.querySelector('polygon') as SVGElement).setAttribute('points', [`${MOST - held.length + 1},${HEIGHT}`, ...line, `${MOST},${HEIGHT}`].join(' '));
  graph.ariaLabel = `GPU memory held in the last minute: between ${megabytes(Math.min(...held))} and ${megabytes(most)}`;
}
