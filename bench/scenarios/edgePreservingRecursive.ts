import { LINE_KERNELS } from '../../src/core/deviceTraits.ts';
import { edgePreserving as effect } from '../../src/effects/edgePreserving.ts';
import { edgePreserving as twin } from '../../test/reference/edgePreserving.ts';
import { float64, FRAME_BYTES, type OwnRow, type Scenario } from '../scenario.ts';

const step = effect({ method: 'recursive', sigmaS: 60, sigmaR: 0.4 });

const ours: OwnRow = {
  name: 'edgePreserving recursive',
  look: step.toJSON(),
  atLeast: 60,
  // Six passes that read and write a state of 8 each; the first reads the picture instead, and the result is of half floats.
  bytesPerPixel: FRAME_BYTES + 6 * 16 - 4 + 4,
  reference: float64(160, (photo) => twin(photo, step.params)),
};

/** The domain transform as a recursive filter: the way the studio chose, and either way. */
export const edgePreservingRecursive: Scenario = {
  name: 'edgePreservingRecursive',
  openCv: { name: 'edgePreservingFilter', arguments: { flags: 1, sigma_s: 60, sigma_r: 0.4 } },
  own: [ours, ...LINE_KERNELS.map((lineKernels) => ({ ...ours, name: `${ours.name}, ${lineKernels}`, lineKernels, needsGpu: true as const }))],
};
