import { oilPainting as effect } from '../../src/effects/oilPainting.ts';
import { oilPainting as twin } from '../../test/reference/oilPainting.ts';
import { float64, FRAME_BYTES, type Scenario } from '../scenario.ts';

const step = effect({ size: 7, dynRatio: 1 });

/** Oil painting by the most frequent tone. */
export const oilPainting: Scenario = {
  name: 'oilPainting',
  openCv: { name: 'xphoto.oilPainting', arguments: { size: 7, dynRatio: 1 } },
  own: [
    {
      name: 'oilPainting',
      look: step.toJSON(),
      atLeast: 45,
      // Votes and paint read and write once each; the counts of a window stay in caches.
      bytesPerPixel: FRAME_BYTES + 16,
      reference: float64(160, (photo) => twin(photo, step.params)),
    },
  ],
};
