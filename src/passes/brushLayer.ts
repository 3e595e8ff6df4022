import cellsKernel from '../../shaders/passes/brushCells.wgsl';
import placedCellsKernel from '../../shaders/passes/brushCells.wgsl?placed';
import chalkKernel from '../../shaders/passes/brushLayer.wgsl?chalk';
import masksKernel from '../../shaders/passes/brushMasks.wgsl';
import paintKernel from '../../shaders/passes/brushLayer.wgsl';
import type { BufferHandle, FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import type { CoarseBlur } from './gaussianBlur.ts';
import type { StructureTensor } from './structureTensor.ts';

/** What a layer of strokes is painted from and on. */
export interface BrushPictures {
  /** What is painted, sRGB code values; the strokes take their colours from it. */
  readonly reference: TextureHandle;
  /** Where the strokes run; its radius factor, in [0, 1], makes them smaller. */
  readonly flow: StructureTensor;
  /** What lies below: rgb, and in alpha the height of its paint. */
  readonly below: TextureHandle;
  /** Whether `below` has a height; without one it is flat. */
  readonly raised: boolean;
}

/** Where strokes are laid: surely where the length of `misfit` reaches `high`, never below `low`, in proportion to smoothstep between. */
export interface Placement {
  readonly misfit: CoarseBlur;
  readonly low: number;
  readonly high: number;
}

/** Chalk: paint that breaks on the tooth of the paper and on its own streaks. */
export interface Chalk {
  /** Height of the paper in [0, 1], in its red channel. */
  readonly tooth: TextureHandle;
  /** Pressure: 1 covers nearly all. */
  readonly press: number;
  /** Width of the threshold between paint and paper. */
  readonly soft: number;
}

/** A brush, and how its strokes vary. Lengths in px. */
export interface Brush {
  readonly width: number;
  /** Of the longest stroke: at least `width`, at most 9.2 times the distance of the strokes. */
  readonly length: number;
  /** A stroke fades where the reference is this far (rgb distance, sigma) from its own colour, so paint stays inside shapes. */
  readonly respect: number;
  /** The difference of any channel that ends a stroke. */
  readonly clip: number;
  /** Random variation of a stroke's OKLab lightness, either way. */
  readonly lightness: number;
  /** Of its chroma, a part. */
  readonly chroma: number;
  /** Of its hue, a part of a half turn. */
  readonly hue: number;
  /** Of its direction, a part of a quarter turn. */
  readonly angle: number;
  /** How far the ends fray. */
  readonly bristle: number;
  /** Distance of the strokes, in widths. */
  readonly spacing: number;
  /** How strictly upper strokes hide lower ones: 10 wet in wet, 18 oil, 30 crisp. */
  readonly order: number;
  readonly opacity: number;
  /** Softness of a stroke's rim. */
  readonly edge: number;
  readonly seed: number;
  readonly placement?: Placement;
  readonly chalk?: Chalk;
}

/** The same brush with its colours varying `by` times as much. */
export function varied<B extends Pick<Brush, 'lightness' | 'chroma' | 'hue'>>(brush: B, by: number): B {
  return { ...brush, lightness: by * brush.lightness, chroma: by * brush.chroma, hue: by * brush.hue };
}

/**
 * One layer of curved, tapered, bristled brush strokes, gathered: a small pass lays a stroke in each jittered cell of a grid, walking along the flow until the picture leaves its
 * colour; then each pixel mixes the strokes of the cells around it by priority. No atomics, no sorting, no geometry.
 *
 * Working space: sRGB code values, variation in OKLab. Cost: two passes over the cells and one over the pixels, each of which asks about twelve strokes, five of which hit;
 * 8 B/px of memory and 80 B a cell.
 * @see A. Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998
 * @see P. Litwinowicz, "Processing Images and Video for an Impressionist Effect", SIGGRAPH 1997
 *
 * @returns rgba16float: rgb of the canvas, and in alpha the height of the paint, about [0, 1.6]
 * @example
 * ```ts
 * const flow = structureTensor(graph, source, { sigma: 4, resolution: 'half' });
 * const looks = { respect: 0.12, clip: 0.1, lightness: 0.025, chroma: 0.12, hue: 0.03, angle: 0.12, bristle: 0.5 };
 * const painted = brushLayer(graph, { reference: source, flow, below: source, raised: false }, { ...looks, width: 16, length: 46, spacing: 0.7, order: 18, opacity: 1, edge: 1, seed: 1 });
 * ```
 */
export function brushLayer(graph: FrameGraph, { reference, flow, below, raised }: BrushPictures, brush: Brush): TextureHandle {
  const { width, height } = graph.sizeOf(reference);
  const cell = Math.max(brush.width * brush.spacing, SMALLEST_CELL);
  const length = Math.min(brush.length, longest(cell));
  const pad = Math.ceil(Math.max((REACH * Math.max(length, brush.width)) / 2, SIDEWAYS * brush.width) / cell - ROUNDING);
  const inPicture = { columns: Math.ceil(width / cell), rows: Math.ceil(height / cell) };
  const grid = { cell, pad, columns: inPicture.columns + 2 * pad, rows: inPicture.rows + 2 * pad };
  const strokes = graph.buffer(BYTES_PER_STROKE * grid.columns * grid.rows);
  layStrokes(graph, reference, flow, { ...brush, length }, grid, strokes);
  const masks = graph.buffer(BYTES_PER_MASK * inPicture.columns * inPicture.rows);
  graph.computeAll(masksKernel, { inputs: { strokes, masks }, params: { cell, pad, ...inPicture }, invocations: [inPicture.columns, inPicture.rows] });
  const { bristle, order, opacity, edge, respect, chalk, seed } = brush;
  const params = { cell, pad, columns: grid.columns, words: Math.ceil((2 * pad + 1) ** 2 / 32), rowsPerCell: Math.ceil(2 ** 16 / (2 * pad + 1)), width: brush.width, bristle, order, opacity, edge, respect, belowHeight: Number(raised), seed };
  const inputs = { reference, below, strokes, masks };
  if (chalk === undefined) return graph.compute(paintKernel, { inputs, params });
  return graph.compute(chalkKernel, { inputs: { ...inputs, tooth: chalk.tooth }, params: { ...params, press: chalk.press, soft: chalk.soft } });
}

/** Four vec4f, as in lib/stroke. */
const BYTES_PER_STROKE = 64;
/** A bit for each cell of a window of at most 11 x 11. */
const BYTES_PER_MASK = 16;
const MOST_PAD = 5;
const SMALLEST_CELL = 1.5;
// Strokes reach a tenth beyond their length; a touch of the last cell is not worth another ring.
const REACH = 1.1;
const ROUNDING = 0.05;
// The widest stroke is 1.25 widths wide, and its bristles reach a fifth beyond.
const SIDEWAYS = 0.75;

/** The longest stroke whose window has a bit for each cell. */
function longest(cell: number): number {
  return (2 * cell * (MOST_PAD + ROUNDING)) / REACH;
}

interface Grid {
  readonly cell: number;
  readonly pad: number;
  readonly columns: number;
  readonly rows: number;
}

function layStrokes(graph: FrameGraph, reference: TextureHandle, flow: StructureTensor, brush: Brush, grid: Grid, strokes: BufferHandle): void {
  const { width, length, clip, lightness, chroma, hue, angle, placement, seed } = brush;
  const params = { ...grid, texel: flow.texel, width, reach: length, clip, lightness, chroma, hue, angle, seed };
  const inputs = { reference, tensor: flow.tensor, strokes };
  const invocations = [grid.columns, grid.rows] as const;
  if (placement === undefined) graph.computeAll(cellsKernel, { inputs, params, invocations });
  else {
    const { misfit, low, high } = placement;
    graph.computeAll(placedCellsKernel, { inputs: { ...inputs, misfit: misfit.coarse }, params: { ...params, misfitTexel: misfit.factor, low, high }, invocations });
  }
}
