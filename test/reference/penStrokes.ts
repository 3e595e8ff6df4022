import type { PenLayer } from '../../src/passes/penStrokes.ts';
import type { Field } from './field.ts';
import { hash01, valueNoise } from './noise.ts';
import { smoothstep } from './softSteps.ts';

/**
 * The twin of shaders/lib/penStrokes.wgsl at pixel (x, y), as the recipe writes it: all nine candidates. `draw` gets the coverage of a stroke by its width, and the place of its
 * tone, rounded.
 */
export function penStrokes(x: number, y: number, unit: number, layer: PenLayer, push: number, draw: (cover: (width: number) => number, toneX: number, toneY: number) => void): void {
  const { angle, spacing, length, seed, overlap = 0.15, jitter = 0.8, tilt = 0.05, bend = 0.6, soft = 1 } = layer;
  const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const wander = 4 * unit * (valueNoise(x / (90 * unit), y / (90 * unit), seed + 900) - 0.5);
  const a = x * c + y * s;
  const b = -x * s + y * c + wander + push;
  for (const dj of [-1, 0, 1]) {
    const row = Math.floor(b / spacing) + dj;
    const offset = hash01(row, 0, seed + 1) * length;
    for (const dk of [-1, 0, 1]) {
      const column = Math.floor((a + offset) / length) + dk;
      const [r1, r2, r3, r4] = [2, 3, 4, 5].map((k) => hash01(row, column, seed + k) - 0.5) as [number, number, number, number];
      const da = a - ((column + 0.5 + 0.3 * r1) * length - offset);
      const db = b - (row + 0.5 + jitter * r2) * spacing;
      const q = da / (length * (0.45 + overlap + 0.25 * r3));
      const aside = Math.abs(db - 2 * tilt * r4 * da - 2 * bend * unit * r1 * (q * q - 0.5));
      const taper = 1 - smoothstep(0.55, 1, Math.abs(q));
      const cover = (width: number): number => clamp01((0.5 * width * (0.35 + 0.65 * taper) - aside) / soft + 0.5) * smoothstep(0, 0.25, taper);
      draw(cover, Math.floor(x - da * c + db * s + 0.5), Math.floor(y - da * s - db * c + 0.5));
    }
  }
}

/** What a layer leaves of a pixel: 1 - prod(1 - weight cover), each stroke as strong and as wide as the tone at its middle (r of `tone`), mixed with that at the pixel, lies in `range`. */
export function hatched(x: number, y: number, unit: number, layer: PenLayer, push: number, tone: Field, { here, range }: { readonly here: number; readonly range: readonly [number, number] }): number {
  let clear = 1;
  penStrokes(x, y, unit, layer, push, (cover, toneX, toneY) => {
    const weight = smoothstep(...range, here * tone.at(x, y)[0] + (1 - here) * tone.at(toneX, toneY)[0]);
    clear *= 1 - weight * cover(0.5 * (1 + weight) * layer.width);
  });
  return 1 - clear;
}

const clamp01 = (t: number): number => Math.min(1, Math.max(0, t));
