import type { Pixels } from '../src/io/pixels.ts';

/** One measurement, in ms per frame. */
export interface Sample {
  readonly wall: number;
  /** Of all threads of the process that did the work. */
  readonly cpu: number;
  /** Between the GPU's own timestamps; absent where there are none. */
  readonly gpu?: number;
}

/** Something that paints the same picture as the others of its table. */
export interface Contestant {
  readonly name: string;
  /** Paints the picture of the table `times` over; resolves when it is really done. */
  run(times: number): Promise<Sample>;
  /** What it makes of any picture, for its quality. */
  paint(photo: Pixels): Promise<Pixels>;
}
