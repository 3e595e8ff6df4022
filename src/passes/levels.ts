import histogramKernel from '../../shaders/passes/toneHistogram.wgsl';
import levelsKernel from '../../shaders/passes/levels.wgsl';
import type { BufferHandle, FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** Which tone of a pixel counts: L of OKLab, L* / 100 of CIE, `plate` as a photographic plate that is blind to red saw it, or the red channel as it is. */
export type Tone = 'oklab' | 'lightness' | 'plate' | 'r';

/** What {@link levels} is given. */
export interface LevelsOptions {
  readonly of: Tone;
  /** The share of pixels that becomes black, in [0, 1). */
  readonly low: number;
  /** The share of pixels that stays below white, in [0, 1). */
  readonly high: number;
  /** How much of the stretch is mixed in, in [0, 1]; 1 where it is left out. */
  readonly gain?: number;
  /** The black point is never above this, so a white sheet stays white; 0.3 where it is left out. */
  readonly darkest?: number;
  /** The white point is never below this, so a black one stays dark; 0.55 where it is left out. */
  readonly lightest?: number;
  /** The contrasts between which the stretch comes in, so that a grey wall stays grey and its noise small; [0.05, 0.35] where it is left out. */
  readonly contrasts?: readonly [number, number];
}

/**
 * Where the tones of a whole picture begin and end, by percentiles. Four floats (low, high, gain, mean of the leveled tones) that later kernels of the same frame read as a `vec4f`, the
 * first three with `leveled` of `package::lib::levels`; nothing comes back to the CPU.
 *
 * Cost: at most 2²⁰ pixels are counted, however large the picture, and one workgroup; 2 KiB of memory.
 *
 * @param source - straight rgb, sRGB code values in [0, 1]; or any texture with `of: 'r'`
 * @example
 * ```ts
 * const tones = levels(graph, source, { of: 'lightness', low: 0.01, high: 0.97 });
 * graph.compute(kernel, { inputs: { source, tones } });
 * ```
 */
export function levels(graph: FrameGraph, source: TextureHandle, options: LevelsOptions): BufferHandle {
  const { of, low, high, gain = 1, darkest = 0.3, lightest = 0.55, contrasts = [0.05, 0.35] } = options;
  const found = graph.buffer(4 * BYTES_PER_NUMBER);
  graph.computeAll(levelsKernel, { inputs: { histogram: toneHistogram(graph, source, of), found }, params: { ends: [low, high], darkest, lightest, contrasts, gain }, invocations: [LANES, 1] });
  return graph.guides.numbers(found, 1);
}

function toneHistogram(graph: FrameGraph, source: TextureHandle, of: Tone): BufferHandle {
  const { width, height } = graph.sizeOf(source);
  const stride = Math.ceil(Math.max(width, height) / MOST_SAMPLES);
  const histogram = graph.buffer(BINS * BYTES_PER_NUMBER, { clear: true });
  graph.computeAll(histogramKernel, { inputs: { source, histogram }, params: { stride, tone: TONES.indexOf(of) }, invocations: [Math.ceil(width / stride), Math.ceil(height / stride)] });
  return histogram;
}

/** In the order of shaders/lib/tones.wgsl. */
const TONES: readonly Tone[] = ['oklab', 'lightness', 'plate', 'r'];
const BINS = 256;
const LANES = 64;
const BYTES_PER_NUMBER = 4;
/** Along each side: enough for percentiles to a thousandth. */
const MOST_SAMPLES = 1024;
