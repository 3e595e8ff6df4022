/** `hash01` of shaders/lib/noise.wgsl, for what is thrown once a picture: uniform in [0, 1), the same for the same cell and seed. */
export function hash01(x: number, y: number, seed: number): number {
  return (pcg(x + pcg(y + pcg(seed))) >>> 8) * 2 ** -24;
}

/** The hash itself, of 32 bits to 32. */
export function pcg(state: number): number {
  const h = (Math.imul(state, 747796405) + 2891336453) >>> 0;
  const w = Math.imul((h >>> ((h >>> 28) + 4)) ^ h, 277803737) >>> 0;
  return ((w >>> 22) ^ w) >>> 0;
}
