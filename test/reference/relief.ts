import { field, type Field } from './field.ts';
import { gaussianBlur } from './gaussianBlur.ts';

/** How far strokes are pushed sideways, in px, by the lightness in g: with whole Gaussians of full size. The wide one is that of the narrow one, which only borders notice. */
export function relief({ width, height, at }: Field, unit: number): Field {
  const lightness = { data: Float64Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))[1]), width, height };
  const near = gaussianBlur(lightness, 4 * unit);
  const far = gaussianBlur(near, Math.sqrt(14 ** 2 - 4 ** 2) * unit);
  return field(width, height, (x, y) => [unit * (15 * (far.data[y * width + x]! - 0.5) + 3.5 * (near.data[y * width + x]! - 0.5)), 0, 0]);
}
