import type { PencilSketchParams } from '../../src/effects/pencilSketch.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';
import { windowCounts } from './domainTransform.ts';

/** As bright as windows are full; in colour by OpenCV's YCrCb with that as Y. */
export function pencilSketch(source: Pixels, { sigmaS, sigmaR, shadeFactor, color }: PencilSketchParams): Pixels {
  const counts = windowCounts(source, sigmaS, sigmaR);
  return picture(source.width, source.height, (x, y) => {
    const pen = 255 * shadeFactor * (counts[y * source.width + x] as number);
    if (!color) return [pen, pen, pen];
    const [r = 0, g = 0, b = 0] = texel(source, x, y);
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    const [cr, cb] = [0.713 * (r - luma), 0.564 * (b - luma)];
    return [pen + 1.403 * cr, pen - 0.714 * cr - 0.344 * cb, pen + 1.773 * cb];
  });
}
