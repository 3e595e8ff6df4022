import kernel from '../../shaders/effects/stylization.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { float } from '../core/params.ts';
import { normalizedConvolution } from '../passes/domainTransform.ts';

export interface StylizationParams { sigmaS: number; sigmaR: number }
export const stylization: Effect<StylizationParams> = defineEffect({
  name: 'stylization',
  params: {
    sigmaS: float(60, { min: 0.5, max: 200, unit: 'px' }),
    sigmaR: float(0.45, { min: 0.01, max: 1 }),
  },
  build: (graph, { source }, params) => graph.compute(kernel, { inputs: { smoothed: normalizedConvolution(graph, source, { ...params, iterations: 3 }) } }),
});
