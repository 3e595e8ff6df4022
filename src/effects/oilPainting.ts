import paint from '../../shaders/effects/oilPainting.wgsl';
import paintSmall from '../../shaders/effects/oilPainting.wgsl?small';
import paintSoft from '../../shaders/effects/oilPainting.wgsl?soft';
import paintSoftSmall from '../../shaders/effects/oilPainting.wgsl?softSmall';
import votes from '../../shaders/effects/oilPaintingVotes.wgsl';
import { defineEffect, type Effect } from '../core/effect.ts';
import { choice, float, int } from '../core/params.ts';

/** Parameters of {@link oilPainting}. */
export interface OilPaintingParams {
  /** The window reaches this many px to each side. */
  size: number;
  /** With `exact`: luma levels per bin; larger bins paint flatter and join more tones. */
  dynRatio: number;
  /** `exact` is OpenCV's result, a hard choice of one bin; `soft` mixes the bins and has no speckle. */
  mode: 'exact' | 'soft';
  /** With `soft`: how many bins the luma is divided into. */
  bins: number;
  /** With `soft`: how much more a frequent bin weighs than a rare one. 0 is the mean of all bins, large values come near one choice. */
  exponent: number;
}

/**
 * Oil painting by vote: each pixel takes the mean colour of the most frequent luma bin around it. `exact` is pixel for pixel OpenCV's
 * `xphoto.oilPainting(src, size, dynRatio)`: a square window clipped at the border, whole-number luma, the lowest bin of equals. `soft` weights
 * each bin by (count / largest count)^exponent in a disc, which follows tones smoothly.
 *
 * Working space: sRGB code values. Transparent pixels do not vote; where nobody votes the picture stays.
 * Cost: 2 passes, per pixel about 4 size + (2 size + 1)² / 32 counts and one look at each bin in use. Each invocation
 * keeps 2 KiB of counts up to size 7, above that 4 KiB; there are width × height / 32 invocations, which suffices for integrated GPUs. Memory with the result: 8 B/px.
 * @see https://docs.opencv.org/4.6.0/df/dac/group__xphoto.html
 *
 * @example
 * ```ts
 * const likeOpenCv = studio.pipeline(oilPainting({ size: 7, dynRatio: 1 }));
 * const smooth = studio.pipeline(oilPainting({ mode: 'soft', size: 10 }));
 * ```
 */
export const oilPainting: Effect<OilPaintingParams> = defineEffect({
  name: 'oilPainting',
  params: {
    size: int(7, { min: 1, max: 31, unit: 'px', label: 'Brush size', rebuilds: true }),
    dynRatio: int(1, { min: 1, max: 127, label: 'Levels per bin' }),
    mode: choice('exact', ['exact', 'soft'], { rebuilds: true }),
    bins: int(128, { min: 2, max: 256 }),
    exponent: float(8, { min: 0, max: 32 }),
  },
  build(graph, { source }, { size, dynRatio, mode, bins, exponent }) {
    const { width, height } = graph.sizeOf(source);
    const ballots = graph.buffer(BALLOT_BYTES * width * height);
    graph.computeAll(votes, { inputs: { source, ballots }, params: { bins: mode === 'exact' ? hardBins(dynRatio) : evenBins(bins) } });
    return graph.compute(kernelFor(mode, size), {
      inputs: { source, ballots },
      params: { size, strip: STRIP_ROWS, exponent },
      invocations: [width, Math.ceil(height / STRIP_ROWS)],
    });
  },
  halo: ({ size }) => size,
});

const BALLOT_BYTES = 4;
// On SwiftShader 16, 32 and 64 rows cost the same within 10 %; 32 gives 1080p 65,000 invocations.
const STRIP_ROWS = 32;
// (2 · 7 + 1)² votes of at most 255 stay below 2¹⁶.
const LARGEST_SMALL_SIZE = 7;
const LEVELS = 256;

function kernelFor(mode: OilPaintingParams['mode'], size: number): typeof paint {
  if (size > LARGEST_SMALL_SIZE) return mode === 'exact' ? paint : paintSoft;
  return mode === 'exact' ? paintSmall : paintSoftSmall;
}

/** OpenCV's bins: luma times the reciprocal in double precision, rounded half to even. The reciprocal decides some ties, so no division will do. */
function hardBins(dynRatio: number): Float32Array {
  return Float32Array.from({ length: LEVELS }, (_, luma) => roundHalfToEven(luma * (1 / dynRatio)));
}

function evenBins(bins: number): Float32Array {
  return Float32Array.from({ length: LEVELS }, (_, luma) => Math.floor((luma * (bins - 1)) / (LEVELS - 1)));
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
