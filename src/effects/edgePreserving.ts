import { defineEffect, type Effect } from '../core/effect.ts';
import { choice, float, int } from '../core/params.ts';
import { normalizedConvolution } from '../passes/domainTransform.ts';

export interface EdgePreservingParams { method: 'normalized'; sigmaS: number; sigmaR: number; iterations: number }
export const edgePreserving: Effect<EdgePreservingParams> = defineEffect({
  name: 'edgePreserving',
  params: {
    method: choice('normalized', ['normalized'], { rebuilds: true }),
    sigmaS: float(60, { min: 0.5, max: 200, unit: 'px' }),
    sigmaR: float(0.4, { min: 0.01, max: 1 }),
    iterations: int(3, { min: 1, max: 5, rebuilds: true }),
  },
  build: (graph, { source }, params) => normalizedConvolution(graph, source, params),
});
