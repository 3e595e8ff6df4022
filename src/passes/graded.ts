import kernel from '../../shaders/passes/grade.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** What {@link graded} is given. */
export interface Grade {
  /** S curve of lightness about a dark mid-tone, 0 for none. */
  readonly contrast: number;
  /** Richness of dull colours, a factor. */
  readonly color: number;
}

/**
 * A picture with more contrast and richer dull colours: see the effect `grade`, which is this.
 *
 * @returns rgba8unorm, sRGB code values
 */
export function graded(graph: FrameGraph, source: TextureHandle, { contrast, color }: Grade): TextureHandle {
  return graph.compute(kernel, { inputs: { source }, params: { contrast, color } });
}
