import type { Pixels } from '../../src/io/pixels.ts';
import { picture, scene } from './pictures.ts';

/** The test scene averaged over 3 x 3 pixels: a photograph has no independent noise in every pixel, and soft edges. */
export function softScene(width: number, height: number): Pixels {
  const { data } = scene(width, height);
  const clamp = (at: number, size: number): number => Math.min(Math.max(at, 0), size - 1);
  return picture(width, height, (x, y) =>
    [0, 1, 2].map((c) => {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += data[4 * (clamp(y + dy, height) * width + clamp(x + dx, width)) + c]!;
      return sum / 9;
    }),
  );
}
