import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** What a process held after so many frames. */
export interface MemorySample {
  readonly frame: number;
  /** Bytes of memory of the process that computes. */
  readonly resident: number;
  /** Bytes that the library says it holds in all states. */
  readonly held: number;
}

/** A soak: how many frames, and after how many each the memory is looked at. */
export interface SoakPlan {
  readonly frames: number;
  readonly every: number;
  /** Frames after which the curve must be flat. */
  readonly warmUp: number;
}

const MEGABYTE = 1e6;
/** What a curve may swing after the warm-up; pools that are kept have been seen to swing by 4 MB, textures that are made anew each frame by 12. */
const SWING = 24 * MEGABYTE;
/** What drivers, heaps and caches take beside what is counted. */
const OVERHEAD = 48 * MEGABYTE;

/** The 300 frames of every test run; with SOAK_FRAMES so many, which takes its time. */
export const SOAK: SoakPlan = planOf(Number(process.env['SOAK_FRAMES'] ?? 300));
/** Whether this is the long form, whose curves are kept. */
export const IS_LONG: boolean = process.env['SOAK_FRAMES'] !== undefined;

function planOf(frames: number): SoakPlan {
  return { frames, every: Math.max(10, Math.ceil(frames / 200)), warmUp: Math.min(100, Math.floor(frames / 3)) };
}

/** Sizes drawn at random, the same in each run. */
export function drawnSizes(frames: number): { width: number; height: number }[] {
  return fc.sample(fc.record({ width: fc.integer({ min: 160, max: 480 }), height: fc.integer({ min: 90, max: 270 }) }), { numRuns: frames, seed: 7 });
}

/** What is wrong with a curve; empty where it is flat. `baseline` is what a GPU process held before; a process that also runs JavaScript has none. */
export function faultsOf(samples: readonly MemorySample[], baseline: number | undefined, budget: number, { warmUp }: SoakPlan): string[] {
  const faults: string[] = [];
  const warm = samples.filter(({ frame }) => frame >= warmUp).map(({ resident }) => resident);
  // A heap of JavaScript swings by itself, and only where it has got to tells of a leak.
  const [second, , last] = [0.25, 0.5, 0.75].map((from) => mean(warm.slice(Math.floor(from * warm.length), Math.floor((from + 0.25) * warm.length)))) as [number, number, number];
  const swing = baseline === undefined ? last - second : Math.max(...warm) - Math.min(...warm);
  if (swing >= SWING) faults.push(`the process ${baseline === undefined ? 'drifts' : 'swings'} by ${inMegabytes(swing)}, at most ${inMegabytes(SWING)} are flat`);
  const most = Math.max(...warm) - (baseline ?? Infinity);
  if (most >= budget + OVERHEAD) faults.push(`the process holds ${inMegabytes(most)} more than before, at most ${inMegabytes(budget + OVERHEAD)} are explained`);
  const held = Math.max(...samples.map((sample) => sample.held));
  if (held > budget) faults.push(`the library holds ${inMegabytes(held)}, its budget is ${inMegabytes(budget)}`);
  return faults;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

/** Writes a curve as CSV and as a drawing beside the other results of benchmarks. */
export function keepCurve(name: string, samples: readonly MemorySample[]): void {
  const folder = join(import.meta.dirname, '../../bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `soak-${name}.csv`), ['frame,resident,held', ...samples.map(({ frame, resident, held }) => `${frame},${resident},${held}`), ''].join('\n'));
  writeFileSync(join(folder, `soak-${name}.svg`), drawing(name, samples));
}

const WIDTH = 800;
const HEIGHT = 300;

function drawing(name: string, samples: readonly MemorySample[]): string {
  const most = Math.max(...samples.map(({ resident }) => resident)) * 1.1;
  const last = samples.at(-1)?.frame ?? 1;
  const line = (of: 'resident' | 'held', colour: string): string =>
    `<polyline fill="none" stroke="${colour}" points="${samples.map((sample) => `${((sample.frame / last) * WIDTH).toFixed(1)},${(HEIGHT - (sample[of] / most) * HEIGHT).toFixed(1)}`).join(' ')}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT + 30}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#f4f1ea"/>
${line('resident', '#a33')}
${line('held', '#25a')}
<text x="4" y="${HEIGHT + 20}">${name}: ${last} frames of random sizes; red: the process, up to ${inMegabytes(most / 1.1)}; blue: what the library counts</text>
</svg>
`;
}
