import { anisotropicKuwahara as twin } from '../../test/reference/anisotropicKuwahara.ts';
import { openFragmentKuwahara } from '../fragmentKuwahara.ts';
import { float64, FRAME_BYTES, type OwnRow, type Scenario, type SmallReference } from '../scenario.ts';

type Quality = 'exact' | 'fast' | 'preview';

// The twin in double precision visits every pixel of a square of 4 radii: above this radius it takes minutes, and our exact kernel, which is
// within 70 dB of it, takes its place.
const LARGEST_TWIN = 6;
const WIDTH = 320;
// A tap of the exact kernel, which computes its weights, and one of the sampled kernels, whose weights are constants.
const FLOP_OF_PIXEL = 150;
const FLOP_OF_SAMPLE = 37;
const FLOP_OF_TENSOR = 200;
// The tensor at full size is read and written by three passes and read by the filter; at half size each of that is a quarter.
const BYTES: Readonly<Record<Quality, number>> = { exact: 60, fast: 24, preview: 24 };
// Of so small a picture. On photographs of 640 px `fast` has 40 dB and `preview` 36.
const AT_LEAST: Readonly<Record<Quality, number>> = { exact: 60, fast: 33, preview: 30 };
const references = new Map<number, SmallReference>();

function row(quality: Quality, radius: number): OwnRow {
  return {
    name: `${quality} R ${radius}`,
    look: { effect: 'anisotropicKuwahara', params: { quality, radius } },
    atLeast: AT_LEAST[quality],
    bytesPerPixel: FRAME_BYTES + BYTES[quality],
    flopPerPixel: FLOP_OF_TENSOR + (quality === 'exact' ? Math.PI * radius ** 2 * FLOP_OF_PIXEL : samplesOf(quality, radius) * FLOP_OF_SAMPLE),
    reference: referenceFor(radius),
  };
}

/** The same for the same radius, so that it is painted once. */
function referenceFor(radius: number): SmallReference {
  const made = references.get(radius) ?? (radius <= LARGEST_TWIN ? float64(WIDTH, (photo) => twin(photo, { radius })) : exactKernel(radius));
  references.set(radius, made);
  return made;
}

function samplesOf(quality: Quality, radius: number): number {
  if (quality === 'preview') return 32;
  return radius <= 8 ? 64 : 96;
}

function exactKernel(radius: number): SmallReference {
  return { name: 'own exact', width: WIDTH, paint: (photo, read) => read({ effect: 'anisotropicKuwahara', params: { quality: 'exact', radius } }, photo) };
}

const RADIUS = 6;

/** Anisotropic Kuwahara: exact against sampled, and sampled over the radii; against the fragment shader that others have, and against C++. The row `frame` is what every other contains: source in, picture out. */
export const kuwahara: Scenario = {
  name: 'kuwahara',
  cpp: { name: 'anisotropicKuwahara', arguments: { radius: RADIUS } },
  openDevicePeer: (device, photo) => openFragmentKuwahara(device, `fragment shader R ${RADIUS}`, RADIUS, photo),
  own: [
    row('fast', RADIUS),
    row('exact', RADIUS),
    row('preview', RADIUS),
    row('exact', 3),
    ...[3, 5, 8, 9, 12, 16, 20, 32].map((radius) => row('fast', radius)),
    {
      name: 'frame',
      look: { effect: 'adjust' },
      atLeast: 60,
      bytesPerPixel: FRAME_BYTES + 8,
      reference: { name: 'source', width: WIDTH, paint: (photo) => photo },
    },
  ],
};
