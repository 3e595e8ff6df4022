import type { Pixels } from '../../src/io/pixels.ts';
import { field, fieldOf, pictureOf } from './field.ts';
import { kuwahara, type KuwaharaOptions } from './kuwahara.ts';

/** The effect in float64, every pixel of the disc. */
export function generalizedKuwahara(source: Pixels, brush: KuwaharaOptions = {}): Pixels {
  return pictureOf(kuwahara(fieldOf(source), field(1, 1, () => [1, 0, 1]), brush));
}
