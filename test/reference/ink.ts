import { smoothstep } from './softSteps.ts';
import { tangentOf } from './tangentFlow.ts';
import type { Triple } from './field.ts';

/** What shaders/looks/inkResponse.wgsl reads at a pixel: (calm, fine, broad), (E, F, G), and blurred tones in [0, 1]. */
export interface InkTexels {
  readonly lines: Triple;
  readonly tensor: Triple;
  readonly light: number;
  readonly lightAround: number;
  readonly calmAround: number;
}

/** The twin of shaders/looks/inkResponse.wgsl: D, L*. */
export function inkResponse({ lines, tensor, light, lightAround, calmAround }: InkTexels, { p, detail, fills }: { readonly p: number; readonly detail: number; readonly fills: number }): number {
  const [calm, fine, broad] = [Math.min(Math.max(lines[0], 0), 1), lines[1], lines[2]];
  const thing = falling(0.08, 0.18, light) * falling(0.6, 0.8, light / Math.max(0.02, lightAround));
  const shadow = falling(0.46, 0.62, Math.min(1, (calm + 0.03) / Math.max(1 / 256, calmAround + 0.03))) * falling(0.34, 0.5, calm);
  const fill = Math.max(thing, falling(0.03, 0.055, light), shadow);
  const sure = smoothstep(0.12, 0.42, Math.min(1, tangentOf(tensor)[2]));
  return 100 * (1 - fills * fill) + p * sure * (fine * smoothstep(0.4, 1.4, Math.abs(fine)) + detail * broad);
}

function falling(low: number, high: number, x: number): number {
  return 1 - smoothstep(low, high, x);
}
