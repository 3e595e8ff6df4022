/**
 * How near a look must come to test/golden/look_NAME.png, what its reference program paints, in dB. Strokes begin and end at thresholds, so a few of them may differ; the rest is what storing in
 * 8 and 16 bits costs.
 */
export function likenessOf(look: string): number {
  return OTHERWISE[look] ?? ALIKE;
}

const ALIKE = 30;

/** Looks that paint otherwise than their programs, meaning to or not: near enough to show the same picture, of the same tones. Their twins in test/reference/ hold the rest. */
const OTHERWISE: Readonly<Record<string, number>> = {
  // Its masses are the shapes of a Kuwahara filter, gathered in four values; its program smudges the tones of the photograph.
  charcoal: 23,
  // Where its lines fork is a matter of a hair: a flow that differs by a thousandth may move one of them by half a period.
  woodcut: 27,
};
