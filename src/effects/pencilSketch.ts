import kernel from '../../shaders/effects/pencilSketch.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { bool, float } from '../core/params.ts';
import { domainTransform, windowCounts, windowRadius } from '../passes/domainTransform.ts';

export interface PencilSketchParams { sigmaS: number; sigmaR: number; shadeFactor: number; color: boolean }
export const pencilSketch: Effect<PencilSketchParams> = defineEffect({
  name: 'pencilSketch',
  params: {
    sigmaS: float(60, { min: 0.5, max: 200, unit: 'px' }),
    sigmaR: float(0.07, { min: 0.01, max: 1 }),
    shadeFactor: float(0.02, { min: 0, max: 0.1 }),
    color: bool(false),
  },
  build(graph, { source }, { sigmaS, sigmaR, shadeFactor, color }) {
    const { across, down } = windowCounts(graph, domainTransform(graph, source, { sigmaS, sigmaR }), windowRadius(sigmaS, 0, 3));
    return graph.compute(kernel, { inputs: { source, across, down }, params: { shade: shadeFactor, colored: color } });
  },
});
