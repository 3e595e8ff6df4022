/** The one number that a pass reads from each pixel: the red channel, or the BT.601 luma of rgb. */
export type ScalarOf = 'r' | 'luminance';

// BT.601 luma, as in shaders/lib/color.wgsl.
const LUMA = [0.299, 0.587, 0.114, 0] as const;

/** What the four channels of a pixel are multiplied by: all kept where no scalar is asked for. */
export function channelWeights(scalarOf: ScalarOf | undefined): readonly number[] {
  if (scalarOf === undefined) return [1, 1, 1, 1];
  return scalarOf === 'r' ? [1, 0, 0, 0] : LUMA;
}
