import type { LineKernels } from '../src/core/deviceTraits.ts';
import type { Pixels } from '../src/io/pixels.ts';
import type { Contestant } from './contestant.ts';
import type { Operation } from './peerProcess.ts';

/** A look as JSON has it: by name, so that a scenario can be there before its effect. */
export interface NamedLook {
  readonly effect: string;
  readonly params?: object;
}

/** A picture that tells how good another is, painted by slower means. */
export interface SmallReference {
  /** What the table calls it. */
  readonly name: string;
  /** Width of the photograph it is made of, of 16:9: as large as patience allows. */
  readonly width: number;
  /** The picture it is made of, where it is not that photograph. */
  readonly photo?: () => Pixels;
  /** @param read - what one of our looks makes of a picture */
  paint(photo: Pixels, read: (look: NamedLook, photo: Pixels) => Promise<Pixels>): Pixels | Promise<Pixels>;
}

/** One of our looks in a table. */
export interface OwnRow {
  readonly name: string;
  readonly look: NamedLook;
  /** As the option of a studio; left out, the studio chooses. */
  readonly lineKernels?: LineKernels;
  /** Takes minutes on a GPU in software, and is left out there. */
  readonly needsGpu?: true;
  /** What must move through the memory of the GPU if its caches are perfect: every read and write of a pass over the whole picture; counted from the plan where it is left out. By kind of line kernels where it depends on them. */
  readonly bytesPerPixel?: number | Readonly<Record<LineKernels, number>>;
  /** Additions and multiplications; left out where memory is the limit on every GPU. */
  readonly flopPerPixel?: number;
  /** The quality in dB without which the speed does not count. */
  readonly atLeast: number;
  /** Where OpenCV has no such operation, or is not installed. */
  readonly reference?: SmallReference;
}

/** What each frame moves around its effect: the import reads the source and writes a copy, the last pass reads the result and the alpha of that copy and writes the target. */
export const FRAME_BYTES = 20;

/** A reference in double precision, of a picture of this width. */
export function float64(width: number, paint: (photo: Pixels) => Pixels): SmallReference {
  return { name: 'float64', width, paint };
}

/** A program of other make on the same device. Owns: textures. */
export interface DevicePeer {
  readonly contestant: Contestant;
  destroy(): void;
}

/** A race. */
export interface Scenario {
  readonly name: string;
  /** The first is what all ratios are of, and is raced everywhere. */
  readonly own: readonly [OwnRow, ...OwnRow[]];
  /** The reference, if it is there. */
  readonly openCv?: Operation;
  readonly openCvJs?: Operation;
  /** Of the program in C++, on two threads. */
  readonly cpp?: Operation;
  /** Opens what the GPU is otherwise given. */
  readonly openDevicePeer?: (device: GPUDevice, photo: Pixels) => Promise<DevicePeer>;
}
