import type { Layers } from './render.ts';

const exposure = 1.22;
/** How much darker the corners are than the middle. */
const vignette = 0.3;

/** Develops the rendered light into 8-bit sRGB, three bytes a pixel. */
export function develop({ direct, bounced, colour, gleam }: Layers, width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const gain = exposure * lensShade((2 * x + 1) / width - 1, (2 * y + 1) / height - 1);
      const first = (y * width + x) * 3;
      for (let index = first; index < first + 3; index += 1) {
        bytes[index] = encode(film(((direct[index]! + bounced[index]!) * colour[index]! + gleam[index]!) * gain));
      }
    }
  }
  return bytes;
}

function lensShade(across: number, down: number): number {
  return 1 - (vignette * (across * across + down * down)) / 2;
}

/** A film-like curve: a soft toe that keeps the shadows open, and a long shoulder instead of clipping. */
function film(value: number): number {
  const scaled = value * 0.75;
  return (scaled * (2.51 * scaled + 0.03)) / (scaled * (2.43 * scaled + 0.59) + 0.14);
}

function encode(linear: number): number {
  const value = Math.min(Math.max(linear, 0), 1);
  return Math.round(255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055));
}
