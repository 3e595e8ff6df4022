import { stylization as effect } from '../../src/effects/stylization.ts';
import { stylization as twin } from '../../test/reference/stylization.ts';
import { float64, FRAME_BYTES, type Scenario } from '../scenario.ts';

const step = effect({ sigmaS: 60, sigmaR: 0.45 });

/** Watercolour by edge-preserving smoothing. */
export const stylization: Scenario = {
  name: 'stylization',
  openCv: { name: 'stylization', arguments: { sigma_s: 60, sigma_r: 0.45 } },
  own: [
    {
      name: 'stylization',
      look: step.toJSON(),
      atLeast: 45,
      // Two transforms of 8, six means of 20, the first of which reads the picture itself, and the darkening of edges.
      bytesPerPixel: FRAME_BYTES + 2 * 8 + 6 * 20 - 4 + 12,
      reference: float64(160, (photo) => twin(photo, step.params)),
    },
  ],
};
