/** The twin of shaders/lib/softQuantise.wgsl. */
export function softQuantised(level: number, steepness: number): number {
  const border = Math.round(level);
  return border + (0.5 * Math.tanh(steepness * (level - border))) / Math.tanh(steepness / 2);
}
