import kernel from '../../shaders/passes/noise.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** One fractal noise in a weighted sum. */
export interface NoiseTerm {
  /** Pixels per cell of the coarsest octave, or those in x and in y. */
  readonly scale: number | readonly [x: number, y: number];
  readonly seed: number;
  /** Octaves, 3 where it is left out; 1 is plain value noise. */
  readonly octaves?: number;
  /** Amplitude of an octave relative to the one before; 0.5 where it is left out. */
  readonly gain?: number;
  /** Part of the sum, 1 where it is left out. */
  readonly weight?: number;
  /** Slants a stretched noise: it is that of (x + skew y, y - skew x), turned by atan(skew) and finer by sqrt(1 + skew^2). 0 where it is left out. */
  readonly skew?: number;
  /** Whether the lattice begins in the corner of the picture, as those of the drawings' reference programs do, so that the noises are the same. Else it is shifted, so that noises of different scales do not meet there. */
  readonly corner?: boolean;
}

/** One noise, or a weighted sum of up to three: 0.5 + sum weight (noise - 0.5). */
export type NoiseSum = NoiseTerm | readonly [NoiseTerm, NoiseTerm, NoiseTerm?];

/** A sum of noises whose values are spread evenly over [0, 1]. */
export interface EvenedNoise {
  readonly sum: NoiseSum;
  /** Standard deviation of the sum: about 0.15 for three octaves, 0.2 for one. */
  readonly evened: number;
}

/** A channel of noise. */
export type NoiseChannel = NoiseSum | EvenedNoise;

/** What {@link noise} is given beside its channels. */
export interface NoiseOptions {
  /** Side of a texel in px, 1 where it is left out: coarse noise needs no more than a few texels per cell. Read it interpolated. */
  readonly texel?: number;
}

/**
 * Up to four noises in the channels of a texture, rgba8unorm in [0, 1] with mean 0.5; a channel that is left out is 0.5. They depend on nothing but their numbers and the size of
 * the picture: they are painted in the first frame that needs them and kept in the pool, shared by all looks that ask for the same.
 *
 * Cost: none after that frame; 4 B/px of memory.
 *
 * @example
 * ```ts
 * const clouds = noise(graph, [{ scale: 130, seed: 1, octaves: 5, gain: 0.55 }], { texel: 4 });
 * const speckles = noise(graph, [{ sum: { scale: [6, 2], seed: 2, octaves: 1 }, evened: 0.2 }]);
 * ```
 */
export function noise(graph: FrameGraph, channels: readonly NoiseChannel[], { texel = 1 }: NoiseOptions = {}): TextureHandle {
  const size = { width: Math.ceil(graph.size.width / texel), height: Math.ceil(graph.size.height / texel) };
  return graph.baked(`noise ${JSON.stringify(channels)} texel ${texel}`, 'rgba8unorm', size, (into) => graph.compute(kernel, { into, params: { origin: graph.frame.origin, texel, ...uniformsOf(channels) } }));
}

const CHANNELS = [0, 1, 2, 3];
const TERMS = [0, 1, 2];
const NONE: NoiseTerm = { scale: 1, seed: 0, weight: 0 };

function uniformsOf(channels: readonly NoiseChannel[]) {
  const evened = CHANNELS.map((i) => evenedOf(channels[i] ?? NONE));
  const terms = evened.flatMap(({ sum }) => {
    const some = 'scale' in sum ? [sum] : sum;
    return TERMS.map((i) => some[i] ?? NONE);
  });
  return {
    lattices: terms.flatMap(({ scale, skew = 0, corner = false }) => [...(typeof scale === 'number' ? [scale, scale] : scale), skew, corner ? 0 : 1]),
    sums: terms.flatMap(({ octaves = 3, gain = 0.5, weight = 1 }) => [octaves, gain, weight]),
    seeds: terms.map(({ seed }) => seed >>> 0),
    deviations: evened.map(({ evened }) => evened),
  };
}

function evenedOf(channel: NoiseChannel): EvenedNoise {
  return 'evened' in channel ? channel : { sum: channel, evened: 0 };
}
