import { detailEnhance as effect } from '../../src/effects/detailEnhance.ts';
import { detailEnhance as twin } from '../../test/reference/detailEnhance.ts';
import { float64, FRAME_BYTES, type Scenario } from '../scenario.ts';

const step = effect({ sigmaS: 10, sigmaR: 0.15 });

/** Details made stronger against an edge-preserving base. */
export const detailEnhance: Scenario = {
  name: 'detailEnhance',
  openCv: { name: 'detailEnhance', arguments: { sigma_s: 10, sigma_r: 0.15 } },
  own: [
    {
      name: 'detailEnhance',
      look: step.toJSON(),
      atLeast: 45,
      // Lightness, six passes of the recursive filter on it, and what they give put together with the picture.
      bytesPerPixel: FRAME_BYTES + 8 + 6 * 8 + 12,
      reference: float64(160, (photo) => twin(photo, step.params)),
    },
  ],
};
