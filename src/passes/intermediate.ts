import kernel from '../../shaders/passes/intermediate.wgsl';
import type { FrameGraph, InspectView, TextureHandle } from '../core/frameGraph.ts';

/** Shows a texture of any size and format as a picture of the frame's size, each pixel its nearest texel. Cost: one pass. */
export function intermediate(graph: FrameGraph, texture: TextureHandle, { channel, scale, offset }: Required<InspectView>): TextureHandle {
  return graph.compute(kernel, { inputs: { texture }, params: { channel: ['r', 'g', 'b', 'a'].indexOf(channel), scale, offset }, size: graph.size });
}
