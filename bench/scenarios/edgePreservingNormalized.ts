import { edgePreserving as effect } from '../../src/effects/edgePreserving.ts';
import { edgePreserving as twin } from '../../test/reference/edgePreserving.ts';
import { float64, FRAME_BYTES, type Scenario } from '../scenario.ts';

const step = effect({ method: 'normalized', sigmaS: 60, sigmaR: 0.4 });

/**
 * Two transforms of 8 and six means, the first of which reads the picture itself; the result is of half floats. A mean slides over a colour of 8 and the
 * transform of 4 and writes 8, or sums the colour into 16 and reads that and the transform.
 */
export const NORMALIZED_BYTES = { serial: FRAME_BYTES + 2 * 8 + 6 * 20 - 4 + 4, block: FRAME_BYTES + 2 * 8 + 6 * 52 - 4 + 4 } as const;

/** The domain transform with box means. */
export const edgePreservingNormalized: Scenario = {
  name: 'edgePreservingNormalized',
  openCv: { name: 'edgePreservingFilter', arguments: { flags: 2, sigma_s: 60, sigma_r: 0.4 } },
  own: [
    {
      name: 'edgePreserving normalized',
      look: step.toJSON(),
      atLeast: 60,
      bytesPerPixel: NORMALIZED_BYTES,
      reference: float64(160, (photo) => twin(photo, step.params)),
    },
  ],
};
