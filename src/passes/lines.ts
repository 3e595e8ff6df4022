import type { FrameGraph, Size, TextureHandle } from '../core/frameGraph.ts';
import type { KernelConstants } from '../core/kernelCache.ts';
import type { UniformValues } from '../core/uniforms.ts';

/** Along rows, or along columns. */
export type Direction = 'across' | 'down';

/** One texture with a number for each pixel along its row, and one along its column. */
export type PerDirection = Readonly<Record<Direction, TextureHandle>>;

/** The unit step of each direction, as kernels take it. */
export const ALONG: Readonly<Record<Direction, readonly [number, number]>> = { across: [1, 0], down: [0, 1] };

/** The rows or the columns of a picture. */
export interface Lines {
  readonly count: number;
  readonly length: number;
}

/** Which of its kernels a pass along lines runs: one invocation a line, one workgroup, or one workgroup whose subgroups exchange values. */
export type Division = 'serial' | 'block' | 'subgroups';

/** How the invocations of a pass are laid over lines: what is added to its parameters, and the rest of what it is recorded with. */
export interface LineDispatch {
  readonly params: UniformValues;
  readonly constants?: KernelConstants;
  readonly invocations: readonly [number, number];
}

/** The lines of a picture of that size. */
export function linesOf({ width, height }: Size, direction: Direction): Lines {
  return direction === 'across' ? { count: height, length: width } : { count: width, length: height };
}

/** Records once for each direction. */
export function inBothDirections(record: (direction: Direction) => TextureHandle): PerDirection {
  return { across: record('across'), down: record('down') };
}

/** What suits the device of a graph. */
export function divisionOf({ traits }: FrameGraph): Division {
  if (traits.lineKernels === 'serial') return 'serial';
  return traits.subgroups ? 'subgroups' : 'block';
}

/** One invocation for each line, or one workgroup for each row and for some columns together. */
export function dispatchLines(graph: FrameGraph, size: Size, direction: Direction): LineDispatch {
  return (divisionOf(graph) === 'serial' ? byLine : byWorkgroup)(size, direction);
}

function byLine(size: Size, direction: Direction): LineDispatch {
  return { params: {}, invocations: [linesOf(size, direction).count, 1] };
}

// 1080p then has 32,000 invocations a pass. On SwiftShader 128 is 10 % faster and 256 no faster than that.
const STRIP = 64;

/** One invocation for each STRIP samples of a line. */
export function byStrip(size: Size, direction: Direction): LineDispatch {
  const { count, length } = linesOf(size, direction);
  return { params: {}, constants: { STRIP }, invocations: [count, Math.ceil(length / STRIP)] };
}

// As in shaders/lib/blockPlace.wgsl.
const INVOCATIONS = 128;
/** Samples of a tile that one invocation of a workgroup keeps, as in shaders/passes/recursiveFilterBlock.wgsl. */
const SAMPLES_EACH = 16;
// Four columns of 8 B are a sector of 32 B, the least that GPUs fetch.
const COLUMNS_TOGETHER = 4;

/** The invocations of a workgroup lie side by side on a line, over tiles of `each` samples for one of them. */
function byWorkgroup(size: Size, direction: Direction): LineDispatch {
  const { count, length } = linesOf(size, direction);
  const LINES = direction === 'across' ? 1 : COLUMNS_TOGETHER;
  const lanes = INVOCATIONS / LINES;
  const tiles = Math.ceil(length / (lanes * SAMPLES_EACH));
  return { params: { tiles, each: Math.ceil(length / (lanes * tiles)) }, constants: { LINES }, invocations: [Math.ceil(count / LINES) * INVOCATIONS, 1] };
}

/** Rows, then columns, once for each iteration. `last` is true in the last of all. */
export function inRounds(source: TextureHandle, iterations: number, along: (color: TextureHandle, direction: Direction, iteration: number, last: boolean) => TextureHandle): TextureHandle {
  let color = source;
  for (let iteration = 0; iteration < iterations; iteration++) color = along(along(color, 'across', iteration, false), 'down', iteration, iteration === iterations - 1);
  return color;
}
