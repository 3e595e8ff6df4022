import { evened, fractal, valueNoise } from './noise.ts';

/** The height of drawing paper at a pixel, in [0, 1], as the recipe of the drawings writes it. */
export function drawingPaper(x: number, y: number, tooth: number, fibres: number, seed: number): number {
  const rising = valueNoise((x + 0.4 * y) / (7 * tooth), (y - 0.4 * x) / (0.8 * tooth), seed + 1);
  const leaning = valueNoise((x - 0.3 * y) / (0.8 * tooth), (y + 0.3 * x) / (7 * tooth), seed + 2);
  return evened(fractal(x / tooth, y / tooth, seed) + fibres * 0.5 * (rising + leaning - 1), 0.15);
}
