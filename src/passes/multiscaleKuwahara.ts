import flows from '../../shaders/passes/kuwaharaFlows.wgsl';
import scales from '../../shaders/passes/kuwaharaScales.wgsl';
import type { FrameGraph, Size, TextureHandle } from '../core/frameGraph.ts';
import { reduce } from './reduce.ts';
import { structureTensor, type StructureTensor, type StructureTensorOptions } from './structureTensor.ts';

/** What {@link multiscaleKuwahara} is given. */
export interface MultiscaleKuwaharaOptions {
  /** Of the flow of each scale, in its own px. */
  readonly flow: StructureTensorOptions;
  /** Standard deviation of calm places: where a scale has less it starts from the coarser result. */
  readonly floor: number;
  /** Changes the flow of a picture of that size; as it is where it is left out. */
  readonly guide?: (flow: StructureTensor, size: Size) => StructureTensor;
  /** Paints one scale, with the same brush in its own px. */
  paint(picture: TextureHandle, flow: StructureTensor): TextureHandle;
}

/**
 * Kuwahara filter over a pyramid, from a side of 16 to 31 px up: calm places keep what a brush many times as large has painted, and detail is painted with the small one.
 *
 * Cost: four thirds of one scale, and a pass to begin each; memory with the result about 11 B/px more than one scale.
 * @see J. E. Kyprianidis, "Image and Video Abstraction by Multi-scale Anisotropic Kuwahara Filtering", 2011
 *
 * @param source - straight rgb, sRGB code values in [0, 1]
 * @returns what `paint` returns for the finest scale
 * @example
 * ```ts
 * const broad = multiscaleKuwahara(graph, source, { flow: { sigma: 2 }, floor: 0.02, paint: (picture, flow) => kuwahara(graph, picture, flow, { radius: 4, floor: 0.02 }) });
 * ```
 */
export function multiscaleKuwahara(graph: FrameGraph, source: TextureHandle, { flow: flowOptions, floor, guide = (flow) => flow, paint }: MultiscaleKuwaharaOptions): TextureHandle {
  const pictures = pyramid(graph, source);
  let coarser: { readonly painted: TextureHandle; readonly flow: StructureTensor } | undefined;
  for (let scale = pictures.length - 1; scale >= 0; scale--) {
    const picture = pictures[scale] as TextureHandle;
    const own = structureTensor(graph, picture, flowOptions);
    const flow = coarser === undefined ? own : { tensor: graph.compute(flows, { inputs: { tensor: own.tensor, coarse: coarser.flow.tensor } }), texel: own.texel };
    const start = coarser === undefined ? picture : graph.compute(scales, {
      inputs: { picture, coarse: coarser.painted, tensor: own.tensor },
      params: { gain: (DETAIL * DETAIL_GROWTH ** scale) / floor, texel: own.texel },
    });
    coarser = { painted: paint(start, guide(flow, graph.sizeOf(picture))), flow };
  }
  return coarser?.painted ?? source;
}

// As in the paper, where deviations are in units of its own.
const DETAIL = 0.5;
const DETAIL_GROWTH = 1.25;
/** A scale has no coarser one where that would be narrower. */
const LEAST_SIDE = 16;

/** The picture, and its halves down to the least side. */
function pyramid(graph: FrameGraph, source: TextureHandle): TextureHandle[] {
  const pictures = [source];
  for (let picture = source; sideOf(graph, picture) >= 2 * LEAST_SIDE;) {
    picture = reduce(graph, picture, 2);
    pictures.push(picture);
  }
  return pictures;
}

function sideOf(graph: FrameGraph, picture: TextureHandle): number {
  const { width, height } = graph.sizeOf(picture);
  return Math.min(width, height);
}
