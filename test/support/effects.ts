import add from './kernels/add.wgsl';
import constant from './kernels/constant.wgsl';
import equalize from './kernels/equalize.wgsl';
import histogram from './kernels/histogram.wgsl';
import offset from './kernels/offset.wgsl';
import { defineEffect, optional, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';

/** Adds `amount` to every channel. */
export const shift: Effect<{ amount: number }> = defineEffect({
  name: 'shift',
  params: { amount: float(0, { min: -1, max: 1 }) },
  build: (graph, { source }, { amount }) => graph.compute(offset, { inputs: { source }, params: { amount } }),
});

/** Adds the picture to what it gave the frame before. */
export const trail: Effect<Record<string, never>> = defineEffect({
  name: 'trail',
  params: {},
  build(graph, { source }) {
    const { previous, current } = graph.history('trail', 'rgba8unorm');
    return graph.compute(add, { inputs: { a: source, b: previous }, into: current });
  },
});

/** Adds a colour that is baked. */
export const tinted: Effect<{ red: number }> = defineEffect({
  name: 'tinted',
  params: { red: float(0.2, { min: 0, max: 1 }) },
  build(graph, { source }, { red }) {
    const tint = graph.baked(`tint ${red}`, 'rgba8unorm', graph.frame, (into) => graph.compute(constant, { into, params: { color: [red, 0, 0, 1] } }));
    return graph.compute(add, { inputs: { a: source, b: tint } });
  },
});

/** Adds the mask where there is one. */
export const masked: Effect<Record<string, never>> = defineEffect({
  name: 'masked',
  params: {},
  inputs: { mask: optional('r') },
  build: (graph, { source, mask }) => (mask === undefined ? graph.compute(offset, { inputs: { source }, params: { amount: 0 } }) : graph.compute(add, { inputs: { a: source, b: mask } })),
});

/** Histogram equalisation of red, as grey; its counts are an intermediate that can be looked at no further than the source. */
export const equalized: Effect<Record<string, never>> = defineEffect({
  name: 'equalized',
  params: {},
  build(graph, { source }) {
    const counts = graph.buffer(1024, { clear: true });
    graph.computeAll(histogram, { inputs: { source, histogram: counts } });
    graph.inspect('equalized input', source);
    return graph.compute(equalize, { inputs: { source, histogram: counts } });
  },
});
