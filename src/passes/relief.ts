import kernel from '../../shaders/passes/relief.wgsl';
import type { FrameGraph } from '../core/frameGraph.ts';
import { blurredHalf, type CoarseBlur } from './gaussianBlur.ts';
import type { LineField } from './lineField.ts';

/**
 * How far straight strokes are pushed sideways, in px, so that they bend over the forms: two blurs of lightness. Its slope stays below about 0.8, so strokes never fold over; multiply it by
 * 0 to 1. `coarse` is rgba16float with the push in r, to be read interpolated.
 *
 * Cost: blurs of a small copy; 3 B/px of memory.
 *
 * @example
 * ```ts
 * const push = relief(graph, lineField(graph, source));
 * graph.compute(kernel, { inputs: { source, push: push.coarse }, params: { pushTexel: push.factor } });
 * ```
 */
export function relief(graph: FrameGraph, { tones, unit }: LineField): CoarseBlur {
  const near = blurredHalf(graph, tones, NEAR * unit);
  const far = blurredHalf(graph, tones, FAR * unit);
  const push = graph.compute(kernel, { inputs: { near: near.coarse, far: far.coarse }, params: { unit, factor: far.factor / near.factor } });
  graph.inspect('relief', push, { channel: 'r', scale: 1 / (SHOWN * unit), offset: 0.5 });
  return { coarse: push, factor: near.factor };
}

// Standard deviations of the blurs, in units of a drawing.
const NEAR = 4;
const FAR = 14;
// Of the push: from black to white.
const SHOWN = 20;
