import middle from '../../shaders/passes/recursiveFilter.wgsl';
import alone from '../../shaders/passes/recursiveFilter.wgsl?first+alone';
import first from '../../shaders/passes/recursiveFilter.wgsl?first';
import last from '../../shaders/passes/recursiveFilter.wgsl?last';
import middleScalar from '../../shaders/passes/recursiveFilter.wgsl?scalar';
import aloneScalar from '../../shaders/passes/recursiveFilter.wgsl?first+alone+scalar';
import firstScalar from '../../shaders/passes/recursiveFilter.wgsl?first+scalar';
import lastScalar from '../../shaders/passes/recursiveFilter.wgsl?last+scalar';
import middleBlock from '../../shaders/passes/recursiveFilterBlock.wgsl';
import firstBlock from '../../shaders/passes/recursiveFilterBlock.wgsl?first';
import lastBlock from '../../shaders/passes/recursiveFilterBlock.wgsl?last';
import middleScalarBlock from '../../shaders/passes/recursiveFilterBlock.wgsl?scalar';
import firstScalarBlock from '../../shaders/passes/recursiveFilterBlock.wgsl?first+scalar';
import lastScalarBlock from '../../shaders/passes/recursiveFilterBlock.wgsl?last+scalar';
import middleSubgroups from '../../shaders/passes/recursiveFilterBlock.wgsl?subgroups';
import firstSubgroups from '../../shaders/passes/recursiveFilterBlock.wgsl?first+subgroups';
import lastSubgroups from '../../shaders/passes/recursiveFilterBlock.wgsl?last+subgroups';
import middleScalarSubgroups from '../../shaders/passes/recursiveFilterBlock.wgsl?scalar+subgroups';
import firstScalarSubgroups from '../../shaders/passes/recursiveFilterBlock.wgsl?first+scalar+subgroups';
import lastScalarSubgroups from '../../shaders/passes/recursiveFilterBlock.wgsl?last+scalar+subgroups';
import type { FrameGraph, Size, TextureHandle } from '../core/frameGraph.ts';
import type { ShaderModule } from '../core/shaderModule.ts';
import { assertSameSize, roundSigma, type DomainFilterOptions } from './domainTransform.ts';
import { dispatchLines, divisionOf, linesOf, type Direction, type Division } from './lines.ts';
import { channelWeights, type ScalarOf } from './scalarOf.ts';

/** What {@link recursiveFilter} is given. */
export interface RecursiveFilterOptions extends DomainFilterOptions {
  /** Filter one number per pixel, guided by that number of the guide: the result is r32float. */
  readonly scalarOf?: ScalarOf;
}

/** `alone` begins with a picture that is its own guide, `first` with one that has another; `last` ends with a texture. */
interface Kernels {
  readonly alone: ShaderModule;
  readonly first: ShaderModule;
  readonly middle: ShaderModule;
  readonly last: ShaderModule;
}

/** What is kept of a pixel between passes, as in shaders/lib/recursiveState.wgsl. */
interface StateLayout {
  readonly kernels: Readonly<Record<Division, Kernels>>;
  readonly bytes: number;
  /** Where the steps along rows and those along columns begin, in bits, and what a unit of them is in differences of the guide. */
  readonly stepBits: Readonly<Record<Direction, number>>;
  readonly stepUnit: number;
}

const COLOR: StateLayout = {
  kernels: {
    serial: { alone, first, middle, last },
    block: { alone: firstBlock, first: firstBlock, middle: middleBlock, last: lastBlock },
    subgroups: { alone: firstSubgroups, first: firstSubgroups, middle: middleSubgroups, last: lastSubgroups },
  },
  bytes: 8,
  stepBits: { across: 12, down: 22 },
  stepUnit: 1 / 255,
};
const SCALAR: StateLayout = {
  kernels: {
    serial: { alone: aloneScalar, first: firstScalar, middle: middleScalar, last: lastScalar },
    block: { alone: firstScalarBlock, first: firstScalarBlock, middle: middleScalarBlock, last: lastScalarBlock },
    subgroups: { alone: firstScalarSubgroups, first: firstScalarSubgroups, middle: middleScalarSubgroups, last: lastScalarSubgroups },
  },
  bytes: 4,
  stepBits: { across: 16, down: 24 },
  stepUnit: 1 / 255 ** 2,
};

/**
 * Edge-preserving smoothing by recursion: each sample takes from its neighbour what the guide's step between them lets through, along rows and
 * columns, there and back. It has the longest reach of the three filters of the domain transform, and the lowest cost.
 *
 * Cost: `2 * iterations` passes that move 16 B/px each there and back, in place in one buffer: 16 B/px of memory with the result. Half of all that
 * with `scalarOf`, whose `sigmaR` is a difference of that number. Between passes red has 12 bits, green and blue have 16, a scalar has 16; steps of an 8-bit guide are exact.
 *
 * @param source - rgb code values, clamped to [0, 1]; every pixel counts alike, whatever its alpha
 * @returns rgba16float: rgb code values in [0, 1], alpha 1; or r32float with `scalarOf`
 * @see E. Gastal, M. Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011, sec. 5.3
 * @example
 * ```ts
 * const smooth = recursiveFilter(graph, source, { sigmaS: 60, sigmaR: 0.4, iterations: 3 });
 * const led = recursiveFilter(graph, smooth, { guide: source, sigmaS: 200, sigmaR: 0.1, iterations: 3 });
 * ```
 */
export function recursiveFilter(graph: FrameGraph, source: TextureHandle, { sigmaS, sigmaR, iterations, guide, scalarOf }: RecursiveFilterOptions): TextureHandle {
  const { kernels, bytes, stepBits, stepUnit } = scalarOf === undefined ? COLOR : SCALAR;
  const { alone, first, middle, last } = kernels[divisionOf(graph)];
  const size = graph.sizeOf(source);
  assertSameSize(graph, source, guide);
  const state = graph.buffer(size.width * size.height * bytes);
  const record = (shader: ShaderModule, inputs: Record<string, TextureHandle>, direction: Direction, iteration: number): TextureHandle | undefined => {
    const perPixel = -(Math.SQRT2 * Math.LOG2E) / roundSigma(sigmaS, iteration, iterations);
    const gap = [perPixel, (perPixel * stepUnit * sigmaS) / sigmaR];
    const { params, ...dispatch } = dispatchLines(graph, size, direction);
    return graph.computeAll(shader, { inputs: { ...inputs, state }, params: { ...params, ...layoutOf(size, direction), gap, stepBit: stepBits[direction], channels: channelWeights(scalarOf ?? 'r') }, size, ...dispatch })['output'];
  };
  record(guide === undefined || guide === source ? alone : first, { source, guide: guide ?? source }, 'across', 0);
  for (let iteration = 0; iteration < iterations - 1; iteration++) {
    record(middle, {}, 'down', iteration);
    record(middle, {}, 'across', iteration + 1);
  }
  return record(last, {}, 'down', iterations - 1) as TextureHandle;
}

/** How the lines of a picture lie in a buffer of its pixels. */
function layoutOf(size: Size, direction: Direction): Record<'lines' | 'length' | 'lineStride' | 'stride', number> {
  const { count, length } = linesOf(size, direction);
  return direction === 'across' ? { lines: count, length, lineStride: length, stride: 1 } : { lines: count, length, lineStride: 1, stride: count };
}
