import type { Layers } from './render.ts';

/** How one layer is smoothed. */
interface Brush {
  /** The brush covers this many pixels to every side, and fades to a third at `fade`. */
  readonly reach: number;
  readonly fade: number;
  /** How strictly brightness must agree; 0 not at all. */
  readonly strictness: number;
}

/** The window's shadows have edges worth keeping. */
const directBrush: Brush = { reach: 3, fade: 2, strictness: 12 };
/** What the room throws back changes slowly everywhere. */
const bouncedBrush: Brush = { reach: 6, fade: 4.5, strictness: 0 };
const gleamBrush: Brush = { reach: 1, fade: 0.7, strictness: 4 };

/** Smooths the grain of the light between pixels that face the same way at the same depth; texture and edges stay. */
export function soften(layers: Layers, width: number, height: number): Layers {
  return {
    ...layers,
    direct: brushed(layers.direct, directBrush, layers, width, height),
    bounced: brushed(layers.bounced, bouncedBrush, layers, width, height),
    gleam: brushed(layers.gleam, gleamBrush, layers, width, height),
  };
}

function brushed(source: Float32Array, brush: Brush, layers: Layers, width: number, height: number): Float32Array {
  const target = new Float32Array(source.length);
  const brightness = brush.strictness > 0 ? steadyBrightness(source, width, height) : undefined;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) brushPixel(target, source, brush, layers, brightness, x, y, width, height);
  }
  return target;
}

function brushPixel(
  target: Float32Array, source: Float32Array, { reach, fade, strictness }: Brush, layers: Layers,
  brightness: Float32Array | undefined, x: number, y: number, width: number, height: number,
): void {
  const here = y * width + x;
  let total = 0;
  for (let ny = Math.max(y - reach, 0); ny <= Math.min(y + reach, height - 1); ny += 1) {
    for (let nx = Math.max(x - reach, 0); nx <= Math.min(x + reach, width - 1); nx += 1) {
      const there = ny * width + nx;
      const unlike = ((nx - x) ** 2 + (ny - y) ** 2) / (fade * fade) + unlikeness(layers, here, there);
      if (unlike > 9) continue;
      const weight = Math.exp(-unlike - (brightness ? strictness * contrast(brightness[here]!, brightness[there]!) : 0));
      total += weight;
      for (let index = 0; index < 3; index += 1) target[here * 3 + index]! += source[there * 3 + index]! * weight;
    }
  }
  for (let index = here * 3; index < here * 3 + 3; index += 1) target[index]! /= total;
}

function unlikeness({ normal, distance }: Layers, here: number, there: number): number {
  const a = here * 3;
  const b = there * 3;
  const turned = (normal[a]! - normal[b]!) ** 2 + (normal[a + 1]! - normal[b + 1]!) ** 2 + (normal[a + 2]! - normal[b + 2]!) ** 2;
  return turned * 60 + (distance[here]! - distance[there]!) ** 2 * 90;
}

function contrast(a: number, b: number): number {
  return ((a - b) / (a + b + 0.05)) ** 2;
}

/** The green channel, averaged over 3 by 3 pixels so that single grains do not pass for edges. */
function steadyBrightness(source: Float32Array, width: number, height: number): Float32Array {
  const steady = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let ny = y - 1; ny <= y + 1; ny += 1) {
        for (let nx = x - 1; nx <= x + 1; nx += 1) {
          const inside = Math.min(Math.max(ny, 0), height - 1) * width + Math.min(Math.max(nx, 0), width - 1);
          sum += source[inside * 3 + 1]!;
        }
      }
      steady[y * width + x] = sum / 9;
    }
  }
  return steady;
}
