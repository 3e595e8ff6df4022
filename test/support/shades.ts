import type { Pixels } from '../../src/io/pixels.ts';
import { picture } from './pictures.ts';

/** Slow shades and a soft-edged disc, without any grain: every pixel has one clear direction, and nothing that a last bit could decide. */
export function shades(width: number, height: number): Pixels {
  return picture(width, height, (x, y) => {
    const inside = 1 / (1 + Math.exp(Math.hypot(x - 0.6 * width, y - 0.45 * height) - 0.25 * width));
    return [90 + (60 * x) / width + 90 * inside, 150 - 70 * inside + 15 * Math.sin(y / 3), 200 - (100 * y) / height - 60 * inside];
  });
}
