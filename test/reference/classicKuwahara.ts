import type { Pixels } from '../../src/io/pixels.ts';
import { field, fieldOf, pictureOf, type Triple } from './field.ts';

/** Mean of the least varying of the four squares of radius + 1 px that have the pixel in a corner, cut at the borders. */
export function classicKuwahara(picture: Pixels, radius: number): Pixels {
  const source = fieldOf(picture);
  const { width, height } = source;
  return pictureOf(field(width, height, (px, py) => {
    const quadrants = [[-radius, -radius], [0, -radius], [-radius, 0], [0, 0]].map(([left, top]) => {
      const texels: Triple[] = [];
      for (let y = Math.max(0, py + top!); y <= Math.min(height - 1, py + top! + radius); y++) {
        for (let x = Math.max(0, px + left!); x <= Math.min(width - 1, px + left! + radius); x++) texels.push(source.at(x, y));
      }
      const mean = [0, 1, 2].map((c) => texels.reduce((sum, texel) => sum + texel[c]!, 0) / texels.length);
      const variance = texels.reduce((sum, texel) => sum + mean.reduce((all, value, c) => all + (texel[c]! - value) ** 2, 0), 0) / texels.length;
      return { mean, variance };
    });
    return quadrants.reduce((best, quadrant) => (quadrant.variance < best.variance ? quadrant : best)).mean;
  }));
}
