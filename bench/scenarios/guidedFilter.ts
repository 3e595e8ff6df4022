import { FRAME_BYTES, type Scenario } from '../scenario.ts';

const CODES = 255;
const EPSILON = 0.01;

/** Edge-preserving smoothing by local linear models of the picture itself. */
export const guidedFilter: Scenario = {
  name: 'guidedFilter',
  openCv: { name: 'ximgproc.guidedFilter', arguments: { radius: 8, eps: EPSILON * CODES ** 2 } },
  own: [
    {
      name: 'guidedFilter',
      look: { effect: 'guidedFilter', params: { radius: 8, epsilon: EPSILON } },
      atLeast: 45,
      bytesPerPixel: FRAME_BYTES + 8,
    },
  ],
};
