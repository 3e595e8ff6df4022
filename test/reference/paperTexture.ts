/** The twin of shaders/effects/paperTexture.wgsl: one channel `c` on paper of `height`, with the slope that `height` has there. */
export function paperTexture(c: number, { height, dx, dy, flow }: { height: number; dx: number; dy: number; flow: number }, strength: number, color: number): number {
  const tint = 1 + (1 - (1 - strength) ** 4) * (color - 1);
  const painted = c - (c - c * c) * strength * (0.5 - height);
  const light = 1 + 0.5 * 0.6 * strength * 0.5 * (0.6428 * dx + 0.766 * dy) + 0.08 * strength * (flow - 0.5);
  return tint * painted * light;
}
