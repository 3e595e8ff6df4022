import { edgePreserving as effect } from '../../src/effects/edgePreserving.ts';
import { edgePreserving as twin } from '../../test/reference/edgePreserving.ts';
import { float64, FRAME_BYTES, type Scenario } from '../scenario.ts';

const step = effect({ method: 'interpolated', sigmaS: 60, sigmaR: 0.4 });
// OpenCV's DTF_IC, whose differences of colour are of code values.
const INTERPOLATED = 1;
const CODES = 255;

/** The domain transform with means of the interpolated signal. */
export const edgePreservingInterpolated: Scenario = {
  name: 'edgePreservingInterpolated',
  openCv: { name: 'ximgproc.dtFilter', arguments: { sigmaSpatial: 60, sigmaColor: 0.4 * CODES, mode: INTERPOLATED, numIters: 3 } },
  own: [
    {
      name: 'edgePreserving interpolated',
      look: step.toJSON(),
      atLeast: 60,
      // Two transforms of 8; six sums of 28 and six means of 36, the first of which read the picture itself; the result is of half floats.
      bytesPerPixel: FRAME_BYTES + 2 * 8 + 6 * (28 + 36) - 8 + 4,
      reference: float64(160, (photo) => twin(photo, step.params)),
    },
  ],
};
