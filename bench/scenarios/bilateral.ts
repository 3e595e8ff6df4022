import { FRAME_BYTES, type OwnRow, type Scenario } from '../scenario.ts';

const CODES = 255;
const SIGMA_COLOR = 0.2;
// Its window is one and a half times this, in OpenCV the diameter of 9 that its documents call fit for work in real time.
const SIGMA_SPACE = 3;
const filter = { name: 'bilateralFilter', arguments: { d: 9, sigmaColor: CODES * SIGMA_COLOR, sigmaSpace: SIGMA_SPACE } };

function row(quality: 'exact' | 'fast', atLeast: number, bytes: number): OwnRow {
  return {
    name: `bilateral ${quality}`,
    look: { effect: 'bilateral', params: { quality, sigmaColor: SIGMA_COLOR, sigmaSpace: SIGMA_SPACE } },
    atLeast,
    bytesPerPixel: FRAME_BYTES + bytes,
  };
}

/** Means over what is near in place and colour. */
export const bilateral: Scenario = {
  name: 'bilateral',
  openCv: filter,
  openCvJs: filter,
  // A copy of the picture with a margin is made and read, or cells of four pixels beside the picture.
  own: [row('exact', 60, 8 + 8), row('fast', 35, 5 + 9)],
};
