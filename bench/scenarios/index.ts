import type { Scenario } from '../scenario.ts';
import { bilateral } from './bilateral.ts';
import { detailEnhance } from './detailEnhance.ts';
import { edgePreservingInterpolated } from './edgePreservingInterpolated.ts';
import { edgePreservingNormalized } from './edgePreservingNormalized.ts';
import { edgePreservingRecursive } from './edgePreservingRecursive.ts';
import { guidedFilter } from './guidedFilter.ts';
import { kuwahara } from './kuwahara.ts';
import { looks } from './looks.ts';
import { oilPainting } from './oilPainting.ts';
import { pencilDodge } from './pencilDodge.ts';
import { pencilSketch } from './pencilSketch.ts';
import { stylization } from './stylization.ts';

/** Every scenario, in the order of the tables. */
export const scenarios: readonly Scenario[] = [
  edgePreservingRecursive, edgePreservingNormalized, edgePreservingInterpolated, stylization, pencilSketch, detailEnhance,
  pencilDodge, bilateral, guidedFilter, oilPainting, kuwahara, looks,
];
