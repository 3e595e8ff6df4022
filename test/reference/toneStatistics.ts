/** The twin of shaders/passes/toneStatistics.wgsl without its bins: percentiles and mean of the tones themselves. */
export function toneStatistics(tones: readonly number[], { darkest, lightest, share }: { darkest: number; lightest: number; share: number }): [low: number, high: number, mean: number] {
  const sorted = [...tones].sort((a, b) => a - b);
  const percentile = (part: number): number => {
    const at = part * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
    return below + (above - below) * (at - Math.floor(at));
  };
  const [low, high] = [Math.min(percentile(0.02), darkest), Math.max(percentile(0.98), lightest)];
  const stretched = tones.map((tone) => tone + share * (Math.min(1, Math.max(0, (tone - low) / (high - low))) - tone));
  return [low, high, stretched.reduce((sum, tone) => sum + tone, 0) / tones.length];
}
