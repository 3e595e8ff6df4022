/** The one number that a pass reads from each pixel: the red channel, the alpha channel, or the BT.601 luma of rgb. */
export type ScalarOf = 'r' | 'a' | 'luminance';

// BT.601 luma, as in shaders/lib/color.wgsl.
const CHANNELS: Readonly<Record<ScalarOf, readonly number[]>> = { r: [1, 0, 0, 0], a: [0, 0, 0, 1], luminance: [0.299, 0.587, 0.114, 0] };

/** What the four channels of a pixel are multiplied by: all kept where no scalar is asked for. */
export function channelWeights(scalarOf: ScalarOf | undefined): readonly number[] {
  return scalarOf === undefined ? [1, 1, 1, 1] : CHANNELS[scalarOf];
}
