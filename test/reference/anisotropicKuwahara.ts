import type { Pixels } from '../../src/io/pixels.ts';
import { fieldOf, pictureOf, type Field } from './field.ts';
import { kuwahara, type KuwaharaOptions } from './kuwahara.ts';
import { multiscaleKuwahara } from './multiscaleKuwahara.ts';
import { tensorOf } from './structureTensor.ts';

/** What the twin is given; the defaults are those of the effect. */
export interface AnisotropicKuwaharaOptions extends KuwaharaOptions {
  readonly sigma?: number;
  readonly passes?: number;
  readonly multiscale?: boolean;
}

/** The effect in float64, every pixel of the ellipse; what is painted again is not rounded in between. */
export function anisotropicKuwahara(source: Pixels, { sigma = 2, passes = 1, multiscale = false, ...brush }: AnisotropicKuwaharaOptions = {}): Pixels {
  const paint = (picture: Field, tensor: Field): Field => Array.from({ length: passes }).reduce<Field>((painted) => kuwahara(painted, tensor, brush), picture);
  const picture = fieldOf(source);
  return pictureOf(multiscale ? multiscaleKuwahara(picture, sigma, brush.floor ?? 255 ** -0.5, paint) : paint(picture, tensorOf(picture, sigma)));
}
