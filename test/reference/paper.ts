import { fbm, valueNoise } from './noise.ts';

export interface Paper {
  readonly tooth: number;
  readonly fibres: number;
  readonly flow: number;
  readonly seed: number;
}

/** The twin of shaders/passes/paper.wgsl: height and flow at a pixel, both in [0, 1], and 0. */
export function paper(x: number, y: number, sheet: Paper): [height: number, flow: number, none: number] {
  return [height(x, y, sheet), fbm(x, y, sheet.flow, sheet.seed + 11, 4, 0.55), 0];
}

function height(x: number, y: number, { tooth, fibres, seed }: Paper): number {
  const drift = (k: number): number => 1.4 * tooth * (valueNoise(x / (4 * tooth), y / (4 * tooth), seed + 3 + k) - 0.5);
  const felt = fbm(x + drift(0), y + drift(1), tooth, seed, 3);
  const threads = fibre(x / tooth, y / tooth, [1, 0.4], seed + 7) + fibre(x / tooth, y / tooth, [0.3, -1], seed + 8) - 1;
  return 1 / (1 + Math.exp((-1.702 * (felt + 0.5 * fibres * threads - 0.5)) / 0.2));
}

function fibre(x: number, y: number, [dx, dy]: readonly [number, number], seed: number): number {
  const length = Math.hypot(dx, dy);
  const [cos, sin] = [dx / length, dy / length];
  return valueNoise((x * cos + y * sin) / 7, (y * cos - x * sin) / 0.8, seed);
}
