import fieldKernel from '../../shaders/passes/steadyField.wgsl';
import motionKernel from '../../shaders/passes/motion.wgsl';
import repaintedKernel from '../../shaders/passes/repainted.wgsl';
import numbersKernel from '../../shaders/passes/steadyNumbers.wgsl';
import stateKernel from '../../shaders/passes/sceneState.wgsl';
import type { BufferHandle, FrameGraph, Size, TextureHandle } from '../core/frameGraph.ts';
import { opticalFlow } from './opticalFlow.ts';
import { reduce } from './reduce.ts';

/** What {@link sceneMemory} is given. */
export interface SceneMemoryOptions {
  /** Standard deviation of the noise of a pixel, as a share of 255: what changes less has not changed. */
  readonly noise: number;
  /** The weight of a frame where nothing moves, in (0, 1]; 1 keeps nothing. */
  readonly least: number;
  /** A number for what is painted, from 1 to 2²⁴: where it is another than in the frame before, nothing is kept. */
  readonly painted: number;
}

/** What is known of the frames before, and where. */
export interface SceneMemory {
  /** rgba16float in texels of `cell` px: (shift x, y in px, new, new without the share of the speed). */
  readonly motion: TextureHandle;
  readonly cell: number;
  /** rgba32float, one texel: (what is painted, 1 where all is to be forgotten, how new all is because the camera moves, 1). */
  readonly scene: TextureHandle;
}

/**
 * Follows a moving picture: what of it was there before, and where, for whoever keeps something from frame to frame. It compares each frame with a small copy that is steadied itself, so noise
 * averages out, and what changes slowly is no more behind than noise hides. A cut, the first frame and another thing that is painted forget everything.
 *
 * Cost: one read of the picture and 11 passes of at most 192 x 192 texels; 0.2 MB from frame to frame.
 *
 * @param source - rgb, sRGB code values
 * @example
 * ```ts
 * const memory = sceneMemory(graph, source, { noise: 4 / 255, least: 0.1, painted: 1 });
 * const calm = steadyField(graph, memory, source, 1, 0.3);
 * ```
 */
export function sceneMemory(graph: FrameGraph, source: TextureHandle, { noise, least, painted }: SceneMemoryOptions): SceneMemory {
  const { width, height } = graph.sizeOf(source);
  const cell = Math.ceil(Math.max(width, height) / MOST_CELLS);
  const now = reduce(graph, source, cell);
  const seen = graph.history('seen', 'rgba16float', graph.sizeOf(now));
  const state = graph.history('scene', 'rgba32float', ONE_TEXEL);
  const inCell = noise / Math.sqrt(cell);
  const rest = REST * inCell;
  const motion = graph.compute(motionKernel, {
    inputs: { now, before: seen.previous, flow: opticalFlow(graph, now, seen.previous, inCell) },
    params: { floors: [MEAN_FLOOR * inCell, ABSOLUTE_FLOOR * inCell], rests: [0.4 * rest, rest], speeds: [rest, rest + FAST], cell, gain: GAIN, hurry: HURRY },
  });
  const scene = graph.compute(stateKernel, { inputs: { motion, previous: state.previous }, params: { painted, hurry: HURRY }, into: state.current, invocations: [LANES, 1] });
  const memory = { motion, cell, scene };
  keepField(graph, memory, now, seen, cell, least);
  return memory;
}

/** Where a painting is new. */
export interface Repainted {
  /** rgba16float in [0, 1], all channels alike. */
  readonly repainted: TextureHandle;
  /** Side of its texels in px. */
  readonly texel: number;
}

/**
 * Where a painting changes although the scene there does not, because far-off things count in it: by more than strokes flicker.
 *
 * Cost: one read of both paintings, and a pass of at most 192 x 192 texels.
 *
 * @param painted - rgb, sRGB code values
 * @param previous - as it was a frame before
 */
export function repaintedPlaces(graph: FrameGraph, { motion, cell }: SceneMemory, painted: TextureHandle, previous: TextureHandle): Repainted {
  const texel = Math.max(cell, LEAST_REPAINTED);
  const [now, before] = [reduce(graph, painted, texel), reduce(graph, previous, texel)];
  return { repainted: graph.compute(repaintedKernel, { inputs: { now, before, motion }, params: { texel, cell, floor: FLICKER_FLOOR, gain: FLICKER_GAIN } }), texel };
}

/**
 * A texture that stretches over the picture, steadied along the motion.
 *
 * Cost: one pass of its size, and two rgba16float textures of it from frame to frame.
 *
 * @param texel - px of the picture in one of its texels
 * @param least - the weight of a frame where nothing moves
 * @returns rgba16float
 */
export function steadyField(graph: FrameGraph, memory: SceneMemory, now: TextureHandle, texel: number, least: number): TextureHandle {
  return keepField(graph, memory, now, graph.history('field', 'rgba16float', graph.sizeOf(now)), texel, least);
}

function keepField(graph: FrameGraph, { motion, scene, cell }: SceneMemory, now: TextureHandle, { previous, current }: { previous: TextureHandle; current: TextureHandle }, texel: number, least: number): TextureHandle {
  return graph.compute(fieldKernel, { inputs: { now, previous, motion, scene }, params: { size: [graph.size.width, graph.size.height], texel, cell, least }, into: current });
}

/**
 * Numbers of the whole picture, steadied: what changes much follows soon.
 *
 * Cost: one dispatch of a workgroup.
 *
 * @param now - `count` vec4f
 * @param least - the weight of a frame where nothing changes
 */
export function steadyNumbers(graph: FrameGraph, { scene }: SceneMemory, now: BufferHandle, count: number, least: number): BufferHandle {
  const { previous, current } = graph.history('numbers', 'rgba32float', { width: count, height: 1 });
  const steady = graph.buffer(count * BYTES_PER_VECTOR);
  graph.computeAll(numbersKernel, { inputs: { now, previous, scene, steady }, params: { count, least }, into: current, invocations: [count, 1] });
  return steady;
}

const ONE_TEXEL: Size = { width: 1, height: 1 };
const LANES = 64;
const BYTES_PER_VECTOR = 16;
/** Along the long side of the small copy: a shift of a texel is half a hundredth of the picture. */
const MOST_CELLS = 192;
// Three sigmas of what noise makes of the weighted mean of 25 differences, and of the mean of their absolute values.
const MEAN_FLOOR = 1;
const ABSOLUTE_FLOOR = 1.6;
/** Texels that noise moves a flow by, for each code value of it. */
const REST = 12;
/** A difference of a 25th is new. */
const GAIN = 25;
/** Px: a few of these hold some strokes. */
const LEAST_REPAINTED = 4;
/** What noise moves in the mean of some strokes, and how much more is new. */
const FLICKER_FLOOR = 10 / 255;
const FLICKER_GAIN = 12;
/** Texels a frame above rest. */
const FAST = 0.4;
/** What moves fast flickers unseen, while what is stale in it is seen. */
const HURRY = 0.98;
