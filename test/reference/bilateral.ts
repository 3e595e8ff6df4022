import type { BilateralParams } from '../../src/effects/bilateral.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture, texel } from '../support/pictures.ts';

/** A colour, its weight, and where it lies. */
interface Tap {
  readonly color: readonly number[];
  readonly weight: number;
  readonly x: number;
  readonly y: number;
}

const reflected = (i: number, length: number): number => {
  while (i < 0 || i >= length) i = length === 1 ? 0 : i < 0 ? -i : 2 * (length - 1) - i;
  return i;
};

const mean = (taps: readonly Tap[], weigh: (tap: Tap) => number): number[] | undefined => {
  const total = taps.reduce((sum, tap) => sum + weigh(tap), 0);
  return total === 0 ? undefined : [0, 1, 2].map((c) => taps.reduce((sum, tap) => sum + weigh(tap) * (tap.color[c] as number), 0) / total);
};

/** Pixels as one: their mean colour in their midst. */
const cellOf = (pixels: readonly Tap[]): Tap => {
  const middle = (along: 'x' | 'y'): number => pixels.reduce((sum, tap) => sum + tap[along], 0) / pixels.length;
  return { color: mean(pixels, ({ weight }) => weight) ?? [0, 0, 0], weight: pixels.reduce((sum, { weight }) => sum + weight, 0), x: middle('x'), y: middle('y') };
};

/** Bilateral filter with cells of `factor` x `factor` pixels within `reach` cells of a pixel's own; with cells of one pixel it is OpenCV's. */
export function bilateral(source: Pixels, { sigmaColor, sigmaSpace }: Pick<BilateralParams, 'sigmaColor' | 'sigmaSpace'>, factor: number = 1): Pixels {
  const half = 1.5 * sigmaSpace;
  const radius = Math.max(1, half % 1 === 0.5 ? 2 * Math.round(half / 2) : Math.round(half));
  const square = Array.from({ length: (2 * radius + 1) ** 2 }, (_, i) => [(i % (2 * radius + 1)) - radius, Math.floor(i / (2 * radius + 1)) - radius] as const);
  const inDisc = square.filter(([x, y]) => x * x + y * y <= radius * radius);
  const reach = factor === 1 ? radius : Math.sqrt((1.05 * inDisc.length) / Math.PI) / factor;
  const cells = square.filter(([x, y]) => x * x + y * y <= reach * reach && (x !== 0 || y !== 0));
  const pixelAt = (x: number, y: number): Tap => {
    const [r = 0, g = 0, b = 0, a = 0] = texel(source, reflected(x, source.width), reflected(y, source.height));
    return { color: [r, g, b], weight: a / 255, x, y };
  };
  const pixelsOf = (cx: number, cy: number): Tap[] => Array.from({ length: factor * factor }, (_, i) => pixelAt(cx * factor + (i % factor), cy * factor + Math.floor(i / factor)));
  const known = new Map<string, Tap>();
  const cellAt = (cx: number, cy: number): Tap => {
    const name = `${cx} ${cy}`;
    const cell = known.get(name) ?? cellOf(pixelsOf(cx, cy));
    known.set(name, cell);
    return cell;
  };
  return picture(source.width, source.height, (x, y) => {
    const own = texel(source, x, y);
    const [cx, cy] = [Math.floor(x / factor), Math.floor(y / factor)];
    const taps = [...pixelsOf(cx, cy), ...cells.map(([i, j]) => cellAt(cx + i, cy + j))];
    const weigh = (tap: Tap): number => {
      const distance = tap.color.reduce((sum, value, c) => sum + Math.abs(value - (own[c] as number)), 0) / 255;
      return tap.weight * Math.exp(-0.5 * (((tap.x - x) ** 2 + (tap.y - y) ** 2) / sigmaSpace ** 2 + (distance / sigmaColor) ** 2));
    };
    return [...(mean(taps, weigh) ?? own.slice(0, 3)), own[3] as number];
  });
}
