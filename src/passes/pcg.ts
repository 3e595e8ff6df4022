/** The hash of `shaders/lib/noise.wgsl`, for what is the same at every pixel: 32 bits to 32 bits. */
export function pcg(state: number): number {
  const h = (Math.imul(state, 747796405) + 2891336453) >>> 0;
  const w = Math.imul((h >>> ((h >>> 28) + 4)) ^ h, 277803737) >>> 0;
  return ((w >>> 22) ^ w) >>> 0;
}
