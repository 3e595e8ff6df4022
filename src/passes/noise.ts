import kernel from '../../shaders/passes/noise.wgsl';
import type { FrameGraph, TextureHandle } from '../core/frameGraph.ts';

/** One fractal noise in a weighted sum. */
export interface NoiseTerm {
  /** Pixels per cell of the coarsest octave. */
  readonly scale: number;
  readonly seed: number;
  /** Octaves, 3 where it is left out. 0 is one octave whose lattice begins in the corner of the picture; those of all others are shifted against each other. */
  readonly octaves?: number;
  /** Amplitude of an octave relative to the one before; 0.5 where it is left out. */
  readonly gain?: number;
  /** Part of the sum, 1 where it is left out; the weights of a channel should sum to 1. */
  readonly weight?: number;
}

/** A channel of noise: one term, or a weighted sum of two. */
export type NoiseChannel = NoiseTerm | readonly [NoiseTerm, NoiseTerm];

/** What {@link noise} is given beside its channels. */
export interface NoiseOptions {
  /** Side of a texel in px, 1 where it is left out: coarse noise needs no more than a few texels per cell. Read it interpolated. */
  readonly texel?: number;
}

/**
 * Up to four noises in the channels of a texture, rgba8unorm in [0, 1] with mean 0.5. They depend on nothing but their numbers and the size of the picture: they are painted
 * in the first frame that needs them and kept in the pool, shared by all looks that ask for the same.
 *
 * Cost: none after that frame; 4 B/px of memory.
 *
 * @example
 * ```ts
 * const clouds = noise(graph, [{ scale: 130, seed: 1, octaves: 5, gain: 0.55 }], { texel: 4 });
 * ```
 */
export function noise(graph: FrameGraph, channels: readonly NoiseChannel[], { texel = 1 }: NoiseOptions = {}): TextureHandle {
  const terms = CHANNELS.flatMap((channel) => termsOf(channels[channel]));
  const size = { width: Math.ceil(graph.frame.width / texel), height: Math.ceil(graph.frame.height / texel) };
  return graph.baked(`noise ${JSON.stringify(channels)} texel ${texel}`, 'rgba8unorm', size, (into) =>
    graph.compute(kernel, {
      into,
      params: {
        texel,
        shapes: terms.flatMap(({ scale, octaves = 3, gain = 0.5, weight = 1 }) => [scale, octaves, gain, weight]),
        seeds: terms.map(({ seed }) => seed >>> 0),
      },
    }),
  );
}

const CHANNELS = [0, 1, 2, 3];
const NONE: NoiseTerm = { scale: 1, seed: 0, octaves: 0, weight: 0 };

function termsOf(channel: NoiseChannel | undefined): readonly NoiseTerm[] {
  if (channel === undefined) return [NONE, NONE];
  return 'scale' in channel ? [channel, NONE] : channel;
}
