/** The twin of shaders/lib/softSteps.wgsl. */
export function softSteps(x: number, steps: number, riser: number, shift: number): number {
  const level = Math.min(1, Math.max(0, x)) * steps + shift;
  const tread = Math.floor(level);
  return (tread + smoothstep(0.5 - riser / 2, 0.5 + riser / 2, level - tread)) / steps;
}

export function smoothstep(low: number, high: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}
