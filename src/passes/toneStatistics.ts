import histogramKernel from '../../shaders/passes/toneHistogram.wgsl';
import statisticsKernel from '../../shaders/passes/toneStatistics.wgsl';
import type { BufferHandle, FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** What {@link toneStatistics} is given: how tones are about to be stretched. */
export interface ToneStretch {
  /** The low end is never above this, so a white sheet stays white. */
  readonly darkest: number;
  /** The high end is never below this, so a black one stays dark. */
  readonly lightest: number;
  /** How much of the stretch is mixed in, in [0, 1]. */
  readonly share: number;
}

/**
 * The tones of a whole picture: where its OKLab lightness begins and ends, the 2 % and 98 % percentiles, and its mean when it is stretched between them. Three floats (low, high, mean) that
 * later kernels of the same frame read; nothing comes back to the CPU.
 *
 * Cost: at most 2¹⁸ pixels are counted, however large the picture, and one workgroup; 2 KiB of memory.
 *
 * @param source - straight rgb, sRGB code values in [0, 1]
 * @example
 * ```ts
 * const tones = toneStatistics(graph, source, { darkest: 0.35, lightest: 0.65, share: 0.7 });
 * graph.compute(kernel, { inputs: { source, tones } });
 * ```
 */
export function toneStatistics(graph: FrameGraph, source: TextureHandle, { darkest, lightest, share }: ToneStretch): BufferHandle {
  const { width, height } = graph.sizeOf(source);
  const stride = Math.ceil(Math.max(width, height) / MOST_SAMPLES);
  const histogram = graph.buffer(BINS * BYTES_PER_NUMBER, { clear: true });
  graph.computeAll(histogramKernel, { inputs: { source, histogram }, params: { stride }, invocations: [Math.ceil(width / stride), Math.ceil(height / stride)] });
  const statistics = graph.buffer(3 * BYTES_PER_NUMBER);
  graph.computeAll(statisticsKernel, { inputs: { histogram, statistics }, params: { darkest, lightest, share }, invocations: [LANES, 1] });
  return statistics;
}

const BINS = 256;
const LANES = 64;
const BYTES_PER_NUMBER = 4;
/** Along each side: enough for percentiles to a thousandth. */
const MOST_SAMPLES = 512;
