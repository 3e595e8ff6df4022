import type { FrameGraph } from '../core/frameGraph.ts';
import type { StructureTensor } from './structureTensor.ts';
import { tangentFlow } from './tangentFlow.ts';

/** Names the directions of a tensor `flow`, for `read` with `inspect`: x in red and y in green, 0 in the middle, and the anisotropy in blue, from the middle up. */
export function inspectFlow(graph: FrameGraph, flow: StructureTensor): void {
  graph.inspect('flow', tangentFlow(graph, flow), { scale: 0.5, offset: 0.5 });
}
