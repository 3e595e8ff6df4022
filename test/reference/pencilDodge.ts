import type { PencilDodgeParams } from '../../src/effects/pencilDodge.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';
import { recursiveFilter } from './domainTransform.ts';
import { gaussianBlur } from './gaussianBlur.ts';

/** The drawing in float64, with an exact blur. */
export function pencilDodge(source: Pixels, { smoothing, sigma, sigmaR, strength, gamma, color, shade, saturation }: PencilDodgeParams): Pixels {
  const { width, height } = source;
  const luma = ([r = 0, g = 0, b = 0]: readonly number[]): number => 0.299 * r + 0.587 * g + 0.114 * b;
  const code = (i: number): number[] => texel(source, i % width, Math.floor(i / width)).map((value) => value / 255);
  const light = Float64Array.from({ length: width * height }, (_, i) => luma(code(i)));
  const edgePreserving = smoothing === 'edgePreserving';
  const smooth = edgePreserving ? recursiveFilter(light, light, source, sigma, sigmaR, 3) : light;
  const blurred = gaussianBlur({ data: smooth, width, height }, edgePreserving ? sigma / 3 : sigma).data;
  return picture(width, height, (x, y) => {
    const i = y * width + x;
    const own = light[i] as number;
    const line = Math.min(1, own / Math.max(1 / 255, blurred[i] as number)) ** gamma;
    const rgb = code(i).slice(0, 3);
    const tone = line * (1 - shade * (1 - own));
    const chroma = rgb.map((value) => saturation * (value - own));
    const inGamut = Math.min(1, ...chroma.map((value) => (value > 0 ? (1 - tone) / value : value < 0 ? tone / -value : 1)));
    return rgb.map((value, channel) => {
      const [before, drawn] = color ? [value, tone + inGamut * (chroma[channel] as number)] : [own, line];
      return 255 * (before + strength * (drawn - before));
    });
  });
}
