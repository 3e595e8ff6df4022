import kernel from '../../shaders/passes/packCells.wgsl';
import type { BufferHandle, FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** A picture in a buffer, with cells for pixels and more of them around it. */
export interface PackedCells {
  /** One number a cell, row by row: rgb and alpha as `pack4x8unorm`. */
  readonly cells: BufferHandle;
  /** Cells in a row, those of both margins included. */
  readonly width: number;
}

/**
 * Packs a picture into a buffer, reduced to cells and continued beyond its border by reflection (without repeating the border), so that a kernel with a large window
 * needs to ask for neither: on a software GPU a texture load costs several times as much as one of these.
 *
 * Cost: one pass that reads the picture once; 4 B a cell.
 *
 * @param source - straight rgb code values in [0, 1], alpha in [0, 1]; the mean colour of a cell is weighted by alpha
 * @param factor - side of a cell in px, from 1; at 1 the pixels are kept to the bit
 * @param margin - cells beyond each edge, counted from the first and last that lie in the picture
 * @example
 * ```ts
 * const { cells, width } = packCells(graph, source, 2, 5);
 * graph.compute(kernel, { inputs: { source, cells }, params: { margin: 5, width } });
 * ```
 */
export function packCells(graph: FrameGraph, source: TextureHandle, factor: number, margin: number): PackedCells {
  const size = graph.sizeOf(source);
  const width = Math.ceil(size.width / factor) + 2 * margin;
  const height = Math.ceil(size.height / factor) + 2 * margin;
  const cells = graph.buffer(BYTES_PER_CELL * width * height);
  graph.computeAll(kernel, { inputs: { source, cells }, params: { factor, margin, width, height }, invocations: [width, height] });
  return { cells, width };
}

const BYTES_PER_CELL = 4;
