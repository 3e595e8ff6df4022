import type { LevelsOptions } from '../../src/passes/levels.ts';

/** The twin of shaders/passes/levels.wgsl without its bins: percentiles and mean of the tones themselves. */
export function levels(tones: readonly number[], { low, high, gain = 1, darkest = 0.3, lightest = 0.55, contrasts = [0.05, 0.35] }: Omit<LevelsOptions, 'of'>): [low: number, high: number, gain: number, mean: number] {
  const sorted = [...tones].sort((a, b) => a - b);
  const percentile = (part: number): number => {
    const at = part * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
    return below + (above - below) * (at - Math.floor(at));
  };
  const [black, white] = [percentile(low), percentile(high)];
  const t = Math.min(1, Math.max(0, (white - black - contrasts[0]) / (contrasts[1] - contrasts[0])));
  const found = [Math.min(black, darkest), Math.max(white, lightest), gain * t * t * (3 - 2 * t)] as const;
  return [...found, tones.reduce((sum, tone) => sum + leveled(tone, found), 0) / tones.length];
}

/** The twin of shaders/lib/levels.wgsl. */
export function leveled(tone: number, [low, high, gain]: readonly [number, number, number]): number {
  return Math.min(1, Math.max(0, tone + gain * ((tone - low) / (high - low) - tone)));
}
