import { oklabToLinear } from './oklab.ts';

/** The twin of shaders/lib/gamut.wgsl, to the last bit of chroma. */
export function intoGamut([L, a, b]: readonly [number, number, number]): [number, number, number] {
  const isShown = (share: number): boolean => oklabToLinear([L, share * a, share * b]).every((c) => c >= -1e-3 && c <= 1 + 1e-3);
  if (isShown(1)) return [L, a, b];
  let [shown, lost] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const middle = (shown + lost) / 2;
    if (isShown(middle)) shown = middle;
    else lost = middle;
  }
  return [L, shown * a, shown * b];
}
