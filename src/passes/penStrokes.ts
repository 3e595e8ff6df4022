import { pcg } from './hash.ts';

/** A layer of parallel strokes. */
export interface PenLayer {
  /** Degrees from the x axis, clockwise: -45 rises to the right. */
  readonly angle: number;
  /** Px from row to row. */
  readonly spacing: number;
  /** Px of a row that a stroke has for itself. */
  readonly length: number;
  /** Px of the widest stroke. */
  readonly width: number;
  readonly seed: number;
  /** Part of its length by which a stroke goes on beyond either end of that: 0.15 leaves gaps, from 0.22 they close. 0.15 where it is left out, at most 0.35. */
  readonly overlap?: number;
  /** How far rows stray, as a part of their distance; 0.8 where it is left out. */
  readonly jitter?: number;
  /** The steepest a stroke may lean against its layer, a slope; 0.05 where it is left out. */
  readonly tilt?: number;
  /** How far a stroke may bow, in u; 0.6 where it is left out. */
  readonly bend?: number;
  /** Px over which the edges of a stroke fade, 1 where it is left out. */
  readonly soft?: number;
}

/** Uniforms of a kernel that draws such layers: `pens: array<vec4f, 3 n>` and `penSeeds: array<vec4u, 2 n>` for n of them. */
export interface PenUniforms {
  readonly pens: readonly number[];
  readonly penSeeds: readonly number[];
}

/**
 * The numbers with which `shaders/lib/penStrokes.wgsl` draws layers of strokes; `unit` is u in px. Cost of a layer in a kernel: one fetch for each stroke over a pixel,
 * two at the mean, and about 80 hashes.
 * @see P. Litwinowicz, "Processing Images and Video for an Impressionist Effect", SIGGRAPH 1997
 *
 * @example
 * ```ts
 * const params = penStrokes(2, [{ angle: -45, spacing: 6, length: 80, width: 4, seed: 1 }, { angle: -17, spacing: 6, length: 52, width: 5, seed: 21 }]);
 * ```
 */
export function penStrokes(unit: number, layers: readonly PenLayer[]): PenUniforms {
  return { pens: layers.flatMap((layer) => numbersOf(unit, layer)), penSeeds: layers.flatMap(({ seed }) => hashesOf(seed)) };
}

function numbersOf(unit: number, { angle, spacing, length, width, overlap = 0.15, jitter = 0.8, tilt = 0.05, bend = 0.6, soft = 1 }: PenLayer): readonly number[] {
  const turn = (angle * Math.PI) / 180;
  return [Math.cos(turn), Math.sin(turn), spacing, length, overlap, jitter, tilt, bend * unit, soft, width, unit, 0];
}

/** Hashed here, because a kernel would do it for every pixel. The offset of a row is that of its column 0. */
function hashesOf(seed: number): readonly number[] {
  const hashed = (k: number): number => pcg((seed + k) >>> 0);
  return [hashed(2), hashed(3), hashed(4), hashed(5), pcg(hashed(OFFSET)), hashed(WANDER), 0, 0];
}

const OFFSET = 1;
const WANDER = 900;
