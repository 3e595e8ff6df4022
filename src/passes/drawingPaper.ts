import type { NoiseChannel } from './noise.ts';

/** What a sheet of drawing paper is like. */
export interface DrawingPaperOptions {
  /** Pixels from hill to hill. */
  readonly tooth: number;
  /** How much of the surface is fibres, in [0, 1]. */
  readonly fibres: number;
  readonly seed: number;
}

/**
 * The height of drawing paper as a channel of `noise`, nearly uniform in [0, 1]: grain of `tooth` px and short fibres in two directions.
 *
 * `paper` is another sheet, for washes: its tooth wanders as felt does, has fewer flat hills, grows slower than the picture, and lies beside a flow of water. Dry media need none of
 * that, and their tooth grows with the strokes that rub over it. Cost: that of its channel, none after the first frame.
 *
 * @example
 * ```ts
 * const sheet = noise(graph, [drawingPaper({ tooth: 1.5, fibres: 0.35, seed: 8 })]);
 * ```
 */
export function drawingPaper({ tooth, fibres, seed }: DrawingPaperOptions): NoiseChannel {
  const long = FIBRE.length * tooth;
  const thin = FIBRE.width * tooth;
  const fibre = { octaves: 1, corner: true, weight: 0.5 * fibres };
  return {
    sum: [
      { scale: tooth, seed, corner: true },
      { ...fibre, scale: [long, thin], skew: FIBRE.rising, seed: seed + 1 },
      { ...fibre, scale: [thin, long], skew: FIBRE.leaning, seed: seed + 2 },
    ],
    evened: DEVIATION,
  };
}

// In teeth, and the slants that keep the two directions from being seen.
const FIBRE = { length: 7, width: 0.8, rising: 0.4, leaning: -0.3 };
// Of the sum, nearly whatever the share of the fibres.
const DEVIATION = 0.15;
