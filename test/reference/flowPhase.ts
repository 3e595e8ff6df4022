import { bilinear, type Field } from './field.ts';
import { hash01 } from './noise.ts';

/** A kernel of phasor noise: its phase as cosine and sine, and its normal. */
export interface Phasor {
  readonly z: readonly [number, number];
  readonly n: readonly [number, number];
}

/** The kernels of a picture, one per cell; the edge is repeated. */
export interface PhasorGrid {
  readonly columns: number;
  readonly rows: number;
  at(column: number, row: number): Phasor;
}

export interface Lines {
  readonly period: number;
  readonly turn: number;
  readonly seed: number;
}

/** The kernels of a single picture, from a tensor with one texel per pixel. */
export function phasorGrid(tensor: Field, { period, turn, seed }: Lines): PhasorGrid {
  const [columns, rows] = [Math.ceil(tensor.width / period) + 2, Math.ceil(tensor.height / period) + 2];
  let grid = gridOf(columns, rows, (column, row) => {
    const n = lineNormal(bilinear(tensor, (column - 0.5) * period + 0.5, (row - 0.5) * period + 0.5), turn);
    const angle = 2 * Math.PI * hash01(column, row, seed);
    return { z: [Math.cos(angle), Math.sin(angle)], n };
  });
  for (let round = 0; round < ROUNDS; round++) grid = agreed(grid, round < ROUNDS - ROUNDS_PER_FRAME);
  return grid;
}

const ROUNDS = 32;
/** Those that every frame has. */
const ROUNDS_PER_FRAME = 2;

function gridOf(columns: number, rows: number, of: (column: number, row: number) => Phasor): PhasorGrid {
  const kernels = Array.from({ length: columns * rows }, (_, i) => of(i % columns, Math.floor(i / columns)));
  return { columns, rows, at: (column, row) => kernels[clamp(row, rows) * columns + clamp(column, columns)]! };
}

/** One round: each kernel takes the phase that its neighbours, those it has or with the edge repeated, and by half itself, predict for it. A cell is one period wide: k dx is 2 pi. */
function agreed({ columns, rows, at }: PhasorGrid, isRepeated: boolean): PhasorGrid {
  return gridOf(columns, rows, (column, row) => {
    const { z, n } = at(column, row);
    const sum = [0.5 * z[0], 0.5 * z[1]];
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const isOutside = column + dx < 0 || column + dx >= columns || row + dy < 0 || row + dy >= rows;
        if ((dx === 0 && dy === 0) || (isOutside && !isRepeated)) continue;
        const other = at(column + dx, row + dy);
        const cosine = dot(other.n, n);
        const sign = cosine < 0 ? -1 : 1;
        const ahead = Math.PI * ((n[0] + sign * other.n[0]) * dx + (n[1] + sign * other.n[1]) * dy);
        const [x, y] = product(sign < 0 ? conjugate(other.z) : other.z, [Math.cos(ahead), -Math.sin(ahead)]);
        const weight = cosine * cosine * (dx !== 0 && dy !== 0 ? 0.6 : 1);
        sum[0]! += weight * x;
        sum[1]! += weight * y;
      }
    }
    const length = Math.max(Math.hypot(...sum), 1e-9);
    return { z: [sum[0]! / length, sum[1]! / length], n };
  });
}

/** The phase of the lines at a pixel, in radians. */
export function flowPhase(grid: PhasorGrid, tensor: Field, x: number, y: number, { period, turn }: Lines): number {
  const normal = lineNormal(tensor.at(x, y), turn);
  const [column, row] = [Math.floor(x / period + 0.5), Math.floor(y / period + 0.5)];
  const sum = [0, 0];
  for (let j = row - 1; j <= row + 2; j++) {
    for (let i = column - 1; i <= column + 2; i++) {
      const { z, n } = grid.at(i, j);
      const d = [x - (clamp(i, grid.columns) - 0.5) * period, y - (clamp(j, grid.rows) - 0.5) * period] as const;
      const ahead = (2 * Math.PI * dot(n, d)) / period;
      const seen = product(z, [Math.cos(ahead), Math.sin(ahead)]);
      const weight = Math.exp(-dot(d, d) / (2 * (0.62 * period) ** 2));
      sum[0]! += weight * seen[0];
      sum[1]! += weight * (isOpposed(n, normal) ? -seen[1] : seen[1]);
    }
  }
  return Math.atan2(sum[1]!, sum[0]!);
}

/** The twin of shaders/lib/lineCover.wgsl: the overlap of a line with a box of one pixel. */
export function lineCover(phase: number, rate: number, duty: number): number {
  const [distance, half] = [Math.abs(phase) / rate, (duty * Math.PI) / rate];
  return Math.max(0, Math.min(distance + 0.5, half) - Math.max(distance - 0.5, -half));
}

/** Across the flow, turned by `turn` radians. */
function lineNormal([e, f, g]: readonly [number, number, number], turn: number): [number, number] {
  const across = 0.5 * Math.atan2(2 * f, e - g) + turn;
  return [Math.cos(across), Math.sin(across)];
}

const dot = (a: readonly [number, number], b: readonly [number, number]): number => a[0] * b[0] + a[1] * b[1];
const isOpposed = (a: readonly [number, number], b: readonly [number, number]): boolean => dot(a, b) < 0;
const conjugate = ([x, y]: readonly [number, number]): [number, number] => [x, -y];
const product = (a: readonly [number, number], b: readonly [number, number]): [number, number] => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const clamp = (value: number, size: number): number => Math.min(Math.max(value, 0), size - 1);
