import type { Pixels } from '../../src/io/pixels.ts';
import { picture } from '../support/pictures.ts';

/** Three numbers of a texel. */
export type Triple = readonly [number, number, number];
/** A texture with three channels and a size, read at continuous coordinates: texel centres lie at halves, borders clamp. */
export interface Field {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): Triple;
}

/** Keeps what `at` says at each texel. */
export function field(width: number, height: number, at: (x: number, y: number) => readonly number[]): Field {
  const texels = Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)) as unknown as Triple);
  return { width, height, at: (x, y) => texels[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)]! };
}

/** What a linear sampler gives at (x, y). */
export function bilinear({ at }: Field, x: number, y: number): Triple {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [tx, ty] = [x - 0.5 - left, y - 0.5 - top];
  return [0, 1, 2].map((i) => {
    const row = (dy: number): number => at(left, top + dy)[i]! * (1 - tx) + at(left + 1, top + dy)[i]! * tx;
    return row(0) * (1 - ty) + row(1) * ty;
  }) as unknown as Triple;
}

/** The twin of shaders/passes/reduce.wgsl: means of `factor` by `factor` texels, the edge repeated. */
export function reduced({ width, height, at }: Field, factor: number): Field {
  const cell = Array.from({ length: factor * factor }, (_, i) => [i % factor, Math.floor(i / factor)] as const);
  return field(Math.ceil(width / factor), Math.ceil(height / factor), (x, y) => [0, 1, 2].map((c) => cell.reduce((sum, [dx, dy]) => sum + at(factor * x + dx, factor * y + dy)[c]!, 0) / cell.length));
}

/** The rgb of a picture, in [0, 1]. */
export function fieldOf({ data, width, height }: Pixels): Field {
  return field(width, height, (x, y) => [0, 1, 2].map((c) => data[4 * (y * width + x) + c]! / 255));
}

/** Shown as a picture: [0, 1] to code values. */
export function pictureOf({ width, height, at }: Field): Pixels {
  return picture(width, height, (x, y) => at(x, y).map((value) => 255 * value));
}
