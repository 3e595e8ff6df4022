import { pcg, valueNoise } from './noise.ts';

type Rgb = readonly [number, number, number];
export interface Strokes {
  readonly unit: number;
  readonly angle: number;
  readonly cover: number;
  readonly wash: number;
  readonly lines: number;
  readonly grain: number;
  readonly seed: number;
}

const LAYERS = [[0, 3.1, 40, 0.72, 0.03, 0.24, 0], [0.384, 3.3, 34, 0.6, 0.08, 0.45, 20], [-0.698, 3.3, 28, 0.56, 0.3, 0.8, 40]] as const;

/** The twin of shaders/effects/pencilStrokes.wgsl at pixel (x, y). `at` gives the rgb in [0, 1] of a pixel, clamped at the border; `height` is the paper's there. */
export function pencilStrokes(x: number, y: number, at: (x: number, y: number) => Rgb, height: number, { unit: u, angle, cover, wash, lines, grain, seed }: Strokes): Rgb {
  const density = (px: number, py: number): Rgb => at(Math.floor(px), Math.floor(py)).map((c) => -Math.log(Math.max(c, 0.04))) as unknown as Rgb;
  const here = density(x, y);
  const [px, py] = [x + 0.5, y + 0.5];
  const laid = [0, 0, 0];
  for (const [turn, spacingUnits, lengthUnits, share, low, high, extra] of LAYERS) {
    const [spacing, length, own] = [spacingUnits * u, lengthUnits * u, seed + extra];
    const [c, s] = [Math.cos(angle + turn), Math.sin(angle + turn)];
    const a = px * c + py * s;
    const b = -px * s + py * c + 4 * u * (valueNoise(px / (90 * u), py / (90 * u), own) - 0.5);
    for (let row = Math.floor(b / spacing) - 1; row <= Math.floor(b / spacing) + 1; row++) {
      const rowHash = pcg((row + pcg(own)) >>> 0);
      const offset = unit(rowHash) * length;
      // One column more than the kernel: what it leaves out must not matter.
      for (let column = Math.floor((a + offset) / length) - 1; column <= Math.floor((a + offset) / length) + 1; column++) {
        const hashes = [pcg((column + rowHash) >>> 0)];
        for (let i = 0; i < 3; i++) hashes.push(pcg(hashes[i]!));
        const [r1, r2, r3, r4] = hashes.map((hash) => unit(hash) - 0.5) as [number, number, number, number];
        const da = a - ((column + 0.5 + 0.3 * r1) * length - offset);
        const db = b - (row + 0.5 + 0.8 * r2) * spacing;
        const q = da / (length * (0.45 + 0.26 + 0.25 * r3));
        const aside = Math.abs(db - 0.1 * r4 * da - 1.2 * u * r1 * (q * q - 0.5));
        if (Math.abs(q) > 1 || aside > 1.8 * u) continue;
        const there = density(px - da * c + db * s, py - da * s - db * c);
        const same = Math.exp(-there.reduce((sum, d, i) => sum + (d - here[i]!) ** 2, 0) / 0.12);
        const value = there.map((d, i) => d + 0.35 * (here[i]! - d));
        const pressure = smoothstep(low, high, Math.min(Math.max(...value) / 1.6, 1)) * (0.25 + 0.75 * same);
        const taper = 1 - smoothstep(0.55, 1, Math.abs(q));
        const coverage = Math.min(1, Math.max(0, (1.25 * u * (0.5 + 0.5 * pressure) * (0.35 + 0.65 * taper) - aside) / (1.1 * u) + 0.5)) * smoothstep(0, 0.25, taper);
        for (let i = 0; i < 3; i++) laid[i]! += share * pressure * coverage * value[i]!;
      }
    }
  }
  const ring = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => density(px + 3 * u * Math.cos((i * Math.PI) / 4), py + 3 * u * Math.sin((i * Math.PI) / 4)));
  const tooth = 1 + grain * (0.35 + 1.25 * smoothstep(0.1, 0.9, height) - 1);
  return here.map((d, i) => {
    const line = Math.max(0, d - ring.reduce((sum, value) => sum + value[i]! / 8, 0));
    const pigment = cover * (0.8 * laid[i]! * tooth + wash * d) + lines * line * (1 + grain * (0.6 * height - 0.3));
    return Math.exp(-2.4 * (1 - Math.exp(-pigment / 2.4)));
  }) as unknown as Rgb;
}

const unit = (hash: number): number => (hash >>> 8) / 2 ** 24;

function smoothstep(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
