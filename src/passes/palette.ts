import givenKernel from '../../shaders/passes/paletteGiven.wgsl';
import ledKernel from '../../shaders/passes/paletteLed.wgsl';
import roundKernel from '../../shaders/passes/paletteRound.wgsl';
import samplesKernel from '../../shaders/passes/paletteSamples.wgsl';
import seedsKernel from '../../shaders/passes/paletteSeeds.wgsl';
import settledKernel from '../../shaders/passes/paletteSettled.wgsl';
import weightsKernel from '../../shaders/passes/paletteWeights.wgsl';
import type { BufferHandle, FrameGraph, TextureHandle } from '../core/frameGraph.ts';
import { colorToRgb } from '../core/params.ts';

/** What {@link pickedPalette} is given. */
export interface PickedPalette {
  /** Whole, from 1 to {@link MOST_COLORS}. */
  readonly count: number;
  /** How much rare colours count, in [0, 1]: 0 by the area they take, 1 as much as common ones. */
  readonly accents: number;
}

/** Colours a palette can have. */
export const MOST_COLORS = 32;

/**
 * A palette chosen from the picture: k-means in OKLab, with chroma counted twice, on at most 96 x 96 of its pixels, all on the GPU. The same picture gives the same palette. In a video each frame
 * goes on from the palette of the one before, so that colours keep still and keep their places; at a cut it starts anew, and a colour that nothing has any more becomes one that is missed.
 * Transparent pixels do not count.
 *
 * Cost: 16 small dispatches; 170 kB of memory and 1 kB from frame to frame.
 * @see D. Arthur and S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding", 2007
 *
 * @param source - its alpha is read
 * @param colors - the same picture, of `oklab`
 * @returns `count` vec4f: OKLab, and what share of all that counts is nearest to it; from dark to light
 * @example
 * ```ts
 * const palette = pickedPalette(graph, source, oklab(graph, source), { count: 6, accents: 0.4 });
 * ```
 */
export function pickedPalette(graph: FrameGraph, source: TextureHandle, colors: TextureHandle, { count, accents }: PickedPalette): BufferHandle {
  const { width, height } = graph.sizeOf(colors);
  const stride = Math.ceil(Math.max(width, height) / MOST_SAMPLES);
  const [columns, rows] = [Math.ceil(width / stride), Math.ceil(height / stride)];
  const facts = { count, samples: columns * rows };
  const samples = graph.buffer(facts.samples * BYTES_PER_VECTOR);
  const bins = graph.buffer(BINS * BYTES_PER_NUMBER, { clear: true });
  const centers = graph.buffer((ROUNDS + 1) * MOST_COLORS * BYTES_PER_VECTOR);
  const sums = graph.buffer((ROUNDS + 1) * RECORDS * BYTES_PER_VECTOR, { clear: true });
  const palette = graph.buffer(MOST_COLORS * BYTES_PER_VECTOR);
  const { previous, current } = graph.history('palette', 'rgba32float', { width: RECORDS, height: 1 });
  graph.computeAll(samplesKernel, { inputs: { colors, source, samples, bins }, params: { stride, columns, rows }, invocations: [columns, rows] });
  graph.computeAll(weightsKernel, { inputs: { bins, samples }, params: { samples: facts.samples, accents }, invocations: [1, 1] });
  graph.computeAll(seedsKernel, { inputs: { samples, previous, centers }, params: facts, invocations: [1, 1] });
  const assign = (round: number, own: boolean): unknown =>
    graph.computeAll(roundKernel, { inputs: { samples, centers, sums }, params: { ...facts, round, own: Number(own) }, invocations: [Math.ceil(facts.samples / SAMPLES_PER_LANE), 1] });
  for (let round = 0; round < ROUNDS; round++) assign(round, round === 0);
  const settled = { count, round: ROUNDS };
  graph.computeAll(ledKernel, { inputs: { sums, previous, centers }, params: settled, invocations: [count, 1] });
  assign(ROUNDS, true);
  graph.computeAll(settledKernel, { inputs: { centers, sums, palette }, params: settled, into: current });
  return palette;
}

/**
 * A palette of given colours.
 *
 * Cost: one small dispatch.
 *
 * @param colors - from 1 to {@link MOST_COLORS}, each `#rrggbb`
 * @returns as that of {@link pickedPalette}, in the order given
 * @example
 * ```ts
 * const palette = givenPalette(graph, ['#1a1a2e', '#e94560']);
 * ```
 */
export function givenPalette(graph: FrameGraph, colors: readonly string[]): BufferHandle {
  const palette = graph.buffer(MOST_COLORS * BYTES_PER_VECTOR);
  graph.computeAll(givenKernel, { inputs: { palette }, params: { count: colors.length, colors: colors.flatMap((color) => [...colorToRgb(color), 1]) }, invocations: [colors.length, 1] });
  return palette;
}

/** Along each side of the small copy. */
const MOST_SAMPLES = 96;
/** Of colours, along three axes. */
const BINS = 16 ** 3;
/** After these the error falls by less than a hundredth a round. */
const ROUNDS = 10;
/** One for each colour, and one of errors. */
const RECORDS = MOST_COLORS + 1;
const SAMPLES_PER_LANE = 8;
const BYTES_PER_NUMBER = 4;
const BYTES_PER_VECTOR = 16;
