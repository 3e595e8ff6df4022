import { bilinear, type Field, type Triple } from './field.ts';
import { fromOklab, toOklab } from './oklab.ts';

export interface Wash {
  readonly washes: number;
  readonly wobble: number;
  readonly light: number;
  readonly color: number;
}

/** The twin of shaders/passes/wash.wgsl: OKLab of the wash at a pixel. `source` holds code values in [0, 1], `sheet` a paper. */
export function wash(x: number, y: number, source: Field, sheet: Field, { washes, wobble, light, color }: Wash): Triple {
  const p = [x + 0.5, y + 0.5] as const;
  const cloud = (zoom: number, elsewhere: number): number => {
    const fold = (u: number): number => Math.abs(2 * (u / 2 - Math.floor(u / 2)) - 1);
    const [u, v] = [fold((p[0] * zoom) / sheet.width + elsewhere), fold((p[1] * zoom) / sheet.height + 1.7 * elsewhere)];
    return bilinear(sheet, u * sheet.width, v * sheet.height)[1] - 0.5;
  };
  const shift = (slow: number, quick: number): number => wobble * (8 * cloud(3.1, slow) + 3.2 * cloud(17, quick));
  const [L, a, b] = toOklab(bilinear(source, p[0] + shift(0.13, 0.53), p[1] + shift(0.37, 0.71)));
  const lifted = L ** light;
  const riser = 0.25 + 0.65 * smoothstep(-0.08, 0.12, cloud(1.2, 0.91));
  const tread = lifted * washes + 0.7 * cloud(2.4, 0.23);
  const stepped = (Math.floor(tread) + smoothstep(0.5 - riser / 2, 0.5 + riser / 2, tread - Math.floor(tread))) / washes;
  const tone = Math.min(1, Math.max(0, lifted + 0.72 * (stepped - lifted)));
  const gain = (1 + (color - 1) * Math.exp(-(a * a + b * b) / 0.16 ** 2)) * (1 + 0.4 * cloud(1.9, 0.47));
  const turn = 0.24 * cloud(1.4, 0.83);
  const mixed = 2 * cloud(2.2, 0.61);
  const dark = 1 - smoothstep(0, 0.55, tone);
  return [
    0.2 + 0.8 * tone,
    gain * (a * Math.cos(turn) - b * Math.sin(turn)) + dark * 0.012 * mixed,
    gain * (a * Math.sin(turn) + b * Math.cos(turn)) + dark * (0.035 * mixed - 0.03),
  ];
}

export interface Pigment {
  readonly bleed: number;
  readonly rim: number;
  readonly edge: number;
  readonly granulation: number;
}

/** The twin of shaders/effects/watercolorWash.wgsl: code values at a pixel. */
export function watercolorWash(x: number, y: number, washed: Field, sheet: Field, { bleed, rim, edge, granulation }: Pigment): number[] {
  const blurred = (sigma: number): number[] => {
    const sum = [0, 0, 0];
    for (let i = 0; i < 12; i++) {
      const radius = sigma * Math.sqrt(-2 * Math.log(1 - (i + 0.5) / 12));
      const angle = i * Math.PI * (3 - Math.sqrt(5));
      bilinear(washed, x + 0.5 + radius * Math.cos(angle), y + 0.5 + radius * Math.sin(angle)).forEach((value, k) => (sum[k]! += value / 12));
    }
    return sum;
  };
  const [L, a, b] = washed.at(x, y);
  const [wideL = 0, wideA = 0, wideB = 0] = blurred(bleed);
  const [narrowL = 0] = blurred(rim);
  const [height, flow, clumps] = sheet.at(x, y).map((value) => value - 0.5) as unknown as Triple;
  const wetEdge = 0.6 * Math.min(1, Math.max(0, 9 * (wideL - L))) + 0.6 * Math.min(1, Math.max(0, 16 * (narrowL - L)));
  const settle = granulation * (1 - 0.55 * (1 - smoothstep(0, 0.55, L)));
  const density = 1 + 0.8 * flow + settle * (0.3 * clumps - 0.35 * height) + 1.1 * edge * wetEdge;
  const painted = 1 - 0.9 * (1 - smoothstep(0.03, 0.1, Math.hypot(a, b))) * smoothstep(0.9, 0.98, L + 0.08 * flow);
  return fromOklab([L, a + 0.6 * (wideA - a), b + 0.6 * (wideB - b)]).map((c) => 1 - (1 - Math.min(1, Math.max(1e-3, c)) ** Math.min(3, Math.max(0.25, density))) * painted);
}

function smoothstep(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
