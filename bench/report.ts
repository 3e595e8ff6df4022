import type { LineKernels } from '../src/core/deviceTraits.ts';
import type { MissingPeer } from './openPeers.ts';
import type { Roofline } from './roofline.ts';
import type { Summary } from './statistics.ts';

/** How good a picture is: it is what others are compared with, or it was compared. */
export type Quality =
  | { readonly kind: 'reference' }
  | {
    readonly kind: 'measured';
    readonly dB: number | 'identical';
    readonly against: string;
    /** The rule of the race, for ours. */
    readonly atLeast?: number;
  };

/** Times of one, as multiples of another's. */
export interface Ratios {
  readonly cpu: number;
  readonly wall: number;
  /** To the other's time on the GPU; `undefined` where it has none. */
  readonly gpu: number | undefined;
  /** To what the other's effect takes alone, by the GPU's time where it has one, else by the wall clock; `undefined` where that is not known, or the row is no peer. */
  readonly effect: number | undefined;
}

/** One contestant of a table; times in ms per frame. */
export interface Row {
  readonly name: string;
  readonly quality: Quality;
  /** Frames of one measurement. */
  readonly frames: number;
  readonly cpu: Summary;
  readonly wall: Summary;
  readonly gpu: Summary | undefined;
  /** By the GPU's time where there is one, else by the wall clock. */
  readonly nanosecondsPerPixel: number;
  readonly gigabytesPerSecond?: number;
  /** 1 is the ceiling. */
  readonly shareOfRoofline?: number;
  /** Dispatches and draws of a frame. */
  readonly passes?: number;
  readonly poolBytes?: number;
  /** To the first row. */
  readonly ratios: Ratios;
}

/** A race at one size. */
export interface Table {
  readonly scenario: string;
  readonly width: number;
  readonly height: number;
  readonly date: string;
  /** Mean number of processes that wanted to run in the minute before. */
  readonly load: number;
  readonly repeats: number;
  readonly rows: readonly Row[];
  /** Who did not take part and why, in sentences. */
  readonly leftOut: readonly string[];
}

/** Where the tables were made. */
export interface Machine {
  readonly adapter: string;
  readonly driver: string;
  readonly isFallback: boolean;
  /** What the studio chose for passes along rows and columns. */
  readonly lineKernels: LineKernels;
  readonly processor: string;
  readonly node: string;
  readonly roofline: Roofline;
  /** Versions of the peers there are. */
  readonly peers: readonly string[];
  readonly missing: readonly MissingPeer[];
}

/** All that is stored of an adapter. */
export interface Report {
  readonly machine: Machine;
  readonly tables: readonly Table[];
}

type Times = Pick<Row, 'cpu' | 'wall' | 'gpu'>;

/** How many times as long as the base a row took; with `frame`, what every frame takes without its effect, also as its effect alone. What does not run on a GPU is set against the base's time there with its wall clock. */
export function ratiosOf(row: Times, base: Times, frame?: Times): Ratios {
  const effect = frame === undefined ? undefined : base.gpu !== undefined && frame.gpu !== undefined ? base.gpu.median - frame.gpu.median : base.wall.median - frame.wall.median;
  return {
    effect: effect === undefined ? undefined : (row.gpu ?? row.wall).median / effect,
    cpu: row.cpu.median / base.cpu.median,
    wall: row.wall.median / base.wall.median,
    gpu: base.gpu === undefined ? undefined : (row.gpu ?? row.wall).median / base.gpu.median,
  };
}

/** The old report with the new tables: those of the same race and size are replaced. */
export function mergeTables(old: readonly Table[], added: readonly Table[]): Table[] {
  const key = ({ scenario, width, height }: Table): string => `${scenario} ${width}x${height}`;
  const replaced = new Set(added.map(key));
  return [...old.filter((table) => !replaced.has(key(table))), ...added];
}
