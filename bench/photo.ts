import type { Size } from '../src/core/frameGraph.ts';
import type { Pixels } from '../src/io/pixels.ts';

const GRAIN = 8;
/** The lowest part of the picture is ruled, as print and fences are. */
const RULED = 0.06;
const RULES = [2, 5, 11, 24];
const RULE_CONTRAST = 40;

/**
 * The sample cropped and resized to a size, with what resizing takes from a photograph: grain in each pixel, and edges from one pixel to the next,
 * here slanted bars of 1 to 12 px. The same for the same size.
 */
export function makePhoto(sample: Pixels, { width, height }: Size): Pixels {
  const scale = Math.min(sample.width / width, sample.height / height);
  const left = (sample.width - width * scale) / 2;
  const top = (sample.height - height * scale) / 2;
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    const isRuled = y >= (1 - RULED) * height;
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const change = GRAIN * (noise(x, y) - 0.5) + (isRuled ? ruling(x, y, width) : 0);
      for (let channel = 0; channel < 3; channel++) {
        data[at + channel] = bilinear(sample, left + (x + 0.5) * scale - 0.5, top + (y + 0.5) * scale - 0.5, channel) + change;
      }
      data[at + 3] = 255;
    }
  }
  return { data, width, height };
}

function ruling(x: number, y: number, width: number): number {
  const period = RULES[Math.floor((x * RULES.length) / width)] as number;
  return (2 * x + y) % (2 * period) < period ? RULE_CONTRAST : -RULE_CONTRAST;
}

function bilinear(picture: Pixels, x: number, y: number, channel: number): number {
  const { data, width, height } = picture;
  const column = Math.min(Math.max(x, 0), width - 1);
  const row = Math.min(Math.max(y, 0), height - 1);
  const x0 = Math.floor(column);
  const y0 = Math.floor(row);
  const at = (x: number, y: number): number => data[4 * (Math.min(y, height - 1) * width + Math.min(x, width - 1)) + channel] as number;
  const mix = (a: number, b: number, t: number): number => a + t * (b - a);
  return mix(mix(at(x0, y0), at(x0 + 1, y0), column - x0), mix(at(x0, y0 + 1), at(x0 + 1, y0 + 1), column - x0), row - y0);
}

/** Uniform in [0, 1), the same for the same pixel. */
function noise(x: number, y: number): number {
  let hash = (Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
