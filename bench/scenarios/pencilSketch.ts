import { pencilSketch as effect } from '../../src/effects/pencilSketch.ts';
import { pencilSketch as twin } from '../../test/reference/pencilSketch.ts';
import { float64, FRAME_BYTES, type Scenario } from '../scenario.ts';

const step = effect({ sigmaS: 60, sigmaR: 0.07, shadeFactor: 0.02 });

/** Pencil drawing by counting alike pixels, grey. */
export const pencilSketch: Scenario = {
  name: 'pencilSketch',
  openCv: { name: 'pencilSketch', arguments: { sigma_s: 60, sigma_r: 0.07, shade_factor: 0.02 } },
  own: [
    {
      name: 'pencilSketch',
      look: step.toJSON(),
      atLeast: 45,
      // Two transforms and two counts of 8, and the drawing, which reads both counts and the picture.
      bytesPerPixel: FRAME_BYTES + 4 * 8 + 16,
      reference: float64(160, (photo) => twin(photo, step.params)),
    },
  ],
};
