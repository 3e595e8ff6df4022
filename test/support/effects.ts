import add from './kernels/add.wgsl';
import constant from './kernels/constant.wgsl';
import constantHalf from './kernels/constant.wgsl?rgba16float';
import constantScalar from './kernels/constant.wgsl?r32float';
import equalize from './kernels/equalize.wgsl';
import histogram from './kernels/histogram.wgsl';
import offset from './kernels/offset.wgsl';
import offsetHalf from './kernels/offset.wgsl?rgba16float';
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

/** As {@link trail}, from a colour on. */
export const grown: Effect<{ red: number }> = defineEffect({
  name: 'grown',
  params: { red: float(0.2, { min: 0, max: 1 }) },
  build(graph, { source }, { red }) {
    const { previous, current } = graph.history('grown', 'rgba8unorm', graph.frame, (into) => graph.compute(constant, { into, params: { color: [red, 0, 0, 1] } }));
    return graph.compute(add, { inputs: { a: source, b: previous }, into: current });
  },
});

/** Adds a colour that is baked. */
export const tinted: Effect<{ red: number }> = defineEffect({
  name: 'tinted',
  params: { red: float(0.2, { min: 0, max: 1 }) },
  build(graph, { source }, { red }) {
    const tint = graph.baked(`tint ${red}`, 'rgba8unorm', graph.frame, (into) => {
      graph.compute(constant, { into, params: { color: [red, 0, 0, 1] } });
      graph.inspect('tint', into);
    });
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

/** Histogram equalisation of red, as grey. */
export const equalized: Effect<Record<string, never>> = defineEffect({
  name: 'equalized',
  params: {},
  build(graph, { source }) {
    const counts = graph.buffer(1024, { clear: true });
    graph.computeAll(histogram, { inputs: { source, histogram: counts } });
    graph.inspect('input', source);
    return graph.compute(equalize, { inputs: { source, histogram: counts } });
  },
});

/** Leaves the picture; its intermediates differ in size and format. */
export const looked: Effect<{ grey: number }> = defineEffect({
  name: 'looked',
  params: { grey: float(0.5, { min: 0, max: 1 }) },
  build(graph, { source }, { grey }) {
    graph.inspect('grey', graph.compute(constantScalar, { params: { color: [grey, 1, 1, 1] }, size: { width: 40, height: 3 } }));
    graph.inspect('small', graph.compute(offsetHalf, { inputs: { source }, params: { amount: 0 }, size: { width: 2, height: 3 } }), { scale: 1.5 });
    graph.inspect('signed', graph.compute(constantHalf, { params: { color: [1, 1, -0.5, 1] } }), { channel: 'b', scale: 0.5, offset: 0.5 });
    graph.inspect('input', source);
    return graph.compute(offset, { inputs: { source }, params: { amount: 0 } });
  },
});

/** Paints one texture twice: lighter by 0.1, then by 0.4. */
export const repainted: Effect<Record<string, never>> = defineEffect({
  name: 'repainted',
  params: {},
  build(graph, { source }) {
    const canvas = graph.texture('rgba8unorm');
    graph.compute(offset, { inputs: { source }, params: { amount: 0.1 }, into: canvas });
    graph.inspect('first', canvas);
    graph.compute(offset, { inputs: { source }, params: { amount: 0.4 }, into: canvas });
    return canvas;
  },
});
