import { pencilDodge as effect } from '../../src/effects/pencilDodge.ts';
import { pencilDodge as twin } from '../../test/reference/pencilDodge.ts';
import { float64, FRAME_BYTES, type Scenario } from '../scenario.ts';

const step = effect({ sigma: 21 });
const recipe = { name: 'dodge', arguments: { sigma: 21 } };

/** Pencil drawing by colour dodge with a wide blur. */
export const pencilDodge: Scenario = {
  name: 'pencilDodge',
  openCv: recipe,
  openCvJs: recipe,
  own: [
    {
      name: 'pencilDodge',
      look: step.toJSON(),
      atLeast: 45,
      // The picture is read twice and the drawing written; everything between is of a sixteenth of the size.
      bytesPerPixel: FRAME_BYTES + 12 + 1.5,
      reference: float64(320, (photo) => twin(photo, step.params)),
    },
  ],
};
