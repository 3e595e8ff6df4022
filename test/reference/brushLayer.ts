import type { Brush } from '../../src/passes/brushLayer.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture } from '../support/pictures.ts';
import { hash01, valueNoise } from './noise.ts';
import { fromOklab, toOklab } from './oklab.ts';
import { structureTensor, valueAt } from './structureTensor.ts';

interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly ux: number;
  readonly uy: number;
  readonly forward: number;
  readonly backward: number;
  readonly bend: number;
  readonly halfWidth: number;
  readonly priority: number;
  readonly paint: readonly number[];
  readonly own: readonly number[];
  readonly phase: number;
}

/** One layer of strokes over `source` itself, by scattering: every stroke visits every pixel. No placement and no chalk. */
export function brushLayer(source: Pixels, brush: Brush, tensorSigma: number): Pixels {
  const strokes = layStrokes(source, brush, tensorSigma);
  return picture(source.width, source.height, (x, y) => {
    const own = [0, 1, 2].map((c) => valueAt(source, x, y, c));
    const sum = [0, 0, 0];
    let [weight, bare] = [0, 1];
    for (const stroke of strokes) {
      const cover = coverOf(stroke, brush, x, y, own);
      const w = cover * Math.exp(brush.order * (stroke.priority - 1));
      stroke.paint.forEach((value, c) => (sum[c] = (sum[c] as number) + w * value));
      weight += w;
      bare *= 1 - cover;
    }
    return own.map((below, c) => 255 * (below * bare + (weight === 0 ? 0 : (sum[c] as number) / weight) * (1 - bare)));
  });
}

function coverOf({ x, y, ux, uy, forward, backward, bend, halfWidth, own: wanted, phase }: Stroke, { width, bristle, edge, opacity, respect, seed }: Brush, px: number, py: number, own: readonly number[]): number {
  const [dx, dy] = [px - x, py - y];
  const u = dx * ux + dy * uy;
  const un = u / (u > 0 ? forward : backward);
  const vn = (dy * ux - dx * uy - bend * u * u) / halfWidth;
  if (Math.abs(un) >= 1.1 || Math.abs(vn) >= 1.2) return 0;
  const hair = valueNoise(3.5 * vn + phase, u / (2.2 * width) + 3.7 * phase, seed + 55);
  const rim = Math.sqrt(Math.max(0, 1 - Math.abs(un) ** 3)) - Math.abs(vn) - bristle * (hair - 0.35) * (0.25 + 0.75 * un * un) - 5 * Math.max(0, Math.abs(un) - 1);
  const away = own.reduce((total, value, c) => total + (value - (wanted[c] as number)) ** 2, 0);
  return clamp((rim * halfWidth) / edge + 0.5, 0, 1) * opacity * Math.exp(-away / (2 * respect ** 2));
}

function layStrokes(source: Pixels, brush: Brush, tensorSigma: number): Stroke[] {
  const { width, height } = source;
  const cell = Math.max(brush.width * brush.spacing, 1.5);
  // More than any stroke reaches.
  const pad = 6;
  const tensor = structureTensor(source, tensorSigma);
  const tangentAt = (x: number, y: number): number => {
    const at = 3 * (clamp(Math.floor(y + 0.5), 0, height - 1) * width + clamp(Math.floor(x + 0.5), 0, width - 1));
    const [e = 0, f = 0, g = 0] = tensor.subarray(at);
    return 0.5 * Math.atan2(2 * f, e - g) + Math.PI / 2;
  };
  const strokes: Stroke[] = [];
  for (let row = -pad; row < Math.ceil(height / cell) + pad; row++) {
    for (let column = -pad; column < Math.ceil(width / cell) + pad; column++) {
      const random = (k: number): number => hash01(column, row, (brush.seed * 7919 + k) >>> 0);
      strokes.push(layStroke(source, brush, cell, [column, row], random, tangentAt));
    }
  }
  return strokes;
}

function layStroke(source: Pixels, brush: Brush, cell: number, [column, row]: readonly [number, number], random: (k: number) => number, tangentAt: (x: number, y: number) => number): Stroke {
  const signed = (k: number): number => 2 * random(k) - 1;
  const [x, y] = [(column + 0.5 + 0.45 * signed(0)) * cell, (row + 0.5 + 0.45 * signed(1)) * cell];
  const [x0, y0] = [clamp(x, 0, source.width - 1), clamp(y, 0, source.height - 1)];
  const angle = tangentAt(x0, y0) + (brush.angle * signed(2) * Math.PI) / 2;
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const own = sample(source, x0, y0);
  const stride = brush.length / 12;
  const walk = (sign: number): { half: number; aside: number } => {
    let [px, py, dx, dy, half, alive] = [x0, y0, sign * ux, sign * uy, 0, true];
    for (let step = 0; step < 6; step++) {
      [px, py] = [px + dx * stride, py + dy * stride];
      alive &&= Math.max(...sample(source, px, py).map((value, c) => Math.abs(value - (own[c] as number)))) < brush.clip;
      half += alive ? stride : 0;
      const turn = tangentAt(px, py);
      const along = Math.cos(turn) * dx + Math.sin(turn) * dy < 0 ? -1 : 1;
      [dx, dy] = [dx + along * Math.cos(turn), dy + along * Math.sin(turn)];
      const length = Math.hypot(dx, dy);
      [dx, dy] = [dx / length, dy / length];
    }
    return { half: Math.max(half, brush.width / 2), aside: (py - y0) * ux - (px - x0) * uy };
  };
  const [ahead, behind] = [walk(1), walk(-1)];
  const bend = clamp((ahead.aside + behind.aside) / 2 / (brush.length / 2) ** 2, -0.6 / brush.length, 0.6 / brush.length);
  const [L = 0, a = 0, b = 0] = toOklab(own);
  const turn = brush.hue * signed(5) * Math.PI;
  const strength = 1 + brush.chroma * signed(4);
  const turned = [strength * (a * Math.cos(turn) - b * Math.sin(turn)), strength * (a * Math.sin(turn) + b * Math.cos(turn))];
  const paint = fromOklab([L + brush.lightness * signed(3), ...turned]);
  return { x, y, ux, uy, forward: ahead.half, backward: behind.half, bend, halfWidth: (brush.width / 2) * (0.75 + 0.5 * random(6)), priority: random(7), paint, own, phase: 64 * random(9) };
}

function sample(source: Pixels, x: number, y: number): number[] {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [tx, ty] = [x - left, y - top];
  return [0, 1, 2].map((c) => {
    const row = (dy: number): number => valueAt(source, left, top + dy, c) * (1 - tx) + valueAt(source, left + 1, top + dy, c) * tx;
    return row(0) * (1 - ty) + row(1) * ty;
  });
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
