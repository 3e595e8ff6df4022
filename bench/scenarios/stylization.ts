import { stylization as effect } from '../../src/effects/stylization.ts';
import { stylization as twin } from '../../test/reference/stylization.ts';
import { float64, type Scenario } from '../scenario.ts';
import { NORMALIZED_BYTES } from './edgePreservingNormalized.ts';

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
      // The smoothing, and the darkening of edges, which reads and writes half floats.
      bytesPerPixel: { serial: NORMALIZED_BYTES.serial + 16, block: NORMALIZED_BYTES.block + 16 },
      reference: float64(160, (photo) => twin(photo, step.params)),
    },
  ],
};
