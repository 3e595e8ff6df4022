import type { NoiseChannel, NoiseTerm } from '../../src/passes/noise.ts';

/** The twin of shaders/lib/noise.wgsl: the same integers, float64 instead of f32. */
export function pcg(state: number): number {
  const h = (Math.imul(state, 747796405) + 2891336453) >>> 0;
  const w = Math.imul((h >>> ((h >>> 28) + 4)) ^ h, 277803737) >>> 0;
  return ((w >>> 22) ^ w) >>> 0;
}

export function hash01(x: number, y: number, seed: number): number {
  return (pcg((x + pcg((y + pcg(seed)) >>> 0)) >>> 0) >>> 8) / 2 ** 24;
}

export function valueNoise(x: number, y: number, seed: number): number {
  const cellX = Math.floor(x);
  const cellY = Math.floor(y);
  const fadeX = fade(x - cellX);
  const row = (dy: number): number => mix(hash01(cellX, cellY + dy, seed), hash01(cellX + 1, cellY + dy, seed), fadeX);
  return mix(row(0), row(1), fade(y - cellY));
}

const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);
const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

/** `x` and `y` in px, `scale` in px per cell of the coarsest octave. */
export function fbm(x: number, y: number, scale: number, seed: number, octaves: number = 3, gain: number = 0.5): number {
  return fractal(x / scale + 31.7, y / scale + 12.3, seed, octaves, gain);
}

/** `startX` and `startY` in cells of the coarsest octave. */
export function fractal(startX: number, startY: number, seed: number, octaves: number = 3, gain: number = 0.5): number {
  let [atX, atY] = [startX, startY];
  let sum = 0;
  let norm = 0;
  for (let octave = 0, amplitude = 1; octave < octaves; octave++, amplitude *= gain) {
    sum += amplitude * valueNoise(atX, atY, seed + 101 * octave);
    norm += amplitude;
    atX = atX * 2.02 + 17.3;
    atY = atY * 2.02 + 9.1;
  }
  return sum / norm;
}

export function evened(value: number, deviation: number): number {
  return 1 / (1 + Math.exp((-1.702 * (value - 0.5)) / deviation));
}

/** The twin of shaders/passes/noise.wgsl: one channel at a pixel. */
export function noiseChannel(x: number, y: number, channel: NoiseChannel): number {
  if ('evened' in channel) return evened(noiseChannel(x, y, channel.sum), channel.evened);
  const terms = 'scale' in channel ? [channel] : channel.filter((term) => term !== undefined);
  return terms.reduce((sum, term) => sum + (term.weight ?? 1) * (noiseTerm(x, y, term) - 0.5), 0.5);
}

function noiseTerm(x: number, y: number, { scale, seed, octaves, gain, skew = 0, corner = false }: NoiseTerm): number {
  const [scaleX, scaleY] = typeof scale === 'number' ? [scale, scale] : scale;
  const [shiftX, shiftY] = corner ? [0, 0] : [31.7, 12.3];
  return fractal((x + skew * y) / scaleX + shiftX, (y - skew * x) / scaleY + shiftY, seed, octaves, gain);
}
