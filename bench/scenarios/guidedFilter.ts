import { FRAME_BYTES, type OwnRow, type Scenario } from '../scenario.ts';

const CODES = 255;
const EPSILON = 0.01;
const RADIUS = 8;

/** Ten numbers of 36 B go through four passes, the last of which halves them, for each cell; the picture is read at both ends, and the result is of bytes. */
function row(quality: 'exact' | 'fast', atLeast: number, cell: number): OwnRow {
  return {
    name: `guidedFilter ${quality}`,
    look: { effect: 'guidedFilter', params: { quality, radius: RADIUS, epsilon: EPSILON } },
    atLeast,
    bytesPerPixel: FRAME_BYTES + 2 * 4 + 4 + (36 + 2 * 72 + 36 + 2 * 20) / cell ** 2,
  };
}

/** Edge-preserving smoothing by local linear models of the picture itself. */
export const guidedFilter: Scenario = {
  name: 'guidedFilter',
  openCv: { name: 'ximgproc.guidedFilter', arguments: { radius: RADIUS, eps: EPSILON * CODES ** 2 } },
  own: [row('exact', 60, 1), row('fast', 50, 2)],
};
