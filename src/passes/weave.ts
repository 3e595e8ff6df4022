import kernel from '../../shaders/passes/weave.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/**
 * A plain-weave canvas as large as the picture: over-under threads that wander by a third of one, of uneven thickness. rgba8unorm, r its height in [0, 1], alpha 1.
 *
 * Cost: one pass in the first frame that needs it, none after; 4 B/px, kept in the pool.
 *
 * @param period - px per thread, from 3.6: finer ones would alias
 */
export function weave(graph: FrameGraph, period: number, seed: number): TextureHandle {
  return graph.baked(`weave period ${period} seed ${seed}`, 'rgba8unorm', graph.size, (into) => graph.compute(kernel, { into, params: { period, seed } }));
}
