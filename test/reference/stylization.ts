import type { StylizationParams } from '../../src/effects/stylization.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture } from '../support/pictures.ts';
import { normalizedConvolution } from './domainTransform.ts';

/** The smoothed picture times one minus the length of its Sobel gradient, summed over the channels. */
export function stylization(source: Pixels, { sigmaS, sigmaR }: StylizationParams): Pixels {
  const { width, height } = source;
  const smooth = normalizedConvolution(source, sigmaS, sigmaR, 3);
  const mirror = (i: number, n: number): number => (n === 1 ? 0 : i < 0 ? -i : i >= n ? 2 * n - 2 - i : i);
  return picture(width, height, (x, y) => {
    const at = (dx: number, dy: number, c: number): number => smooth[3 * (mirror(y + dy, height) * width + mirror(x + dx, width)) + c] as number;
    let edge = 0;
    for (let c = 0; c < 3; c++) {
      const gx = [-1, 0, 1].reduce((sum, d) => sum + (2 - Math.abs(d)) * (at(1, d, c) - at(-1, d, c)), 0);
      const gy = [-1, 0, 1].reduce((sum, d) => sum + (2 - Math.abs(d)) * (at(d, 1, c) - at(d, -1, c)), 0);
      edge += Math.hypot(gx, gy);
    }
    return [0, 1, 2].map((c) => 255 * at(0, 0, c) * (1 - edge));
  });
}
