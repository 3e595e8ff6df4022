import type { CompiledPlan } from '../core/compiledPlan.ts';
import type { Frame } from '../core/frameGraph.ts';
import type { Plan } from '../core/plan.ts';
import type { Pixels } from '../io/pixels.ts';
import { area } from '../io/placement.ts';
import { longestUpload } from './frame.ts';
import { compiledPlan } from './planShelf.ts';
import { READ_FORMAT } from './outputReader.ts';
import { bytesAround, readFrame, type Pictures, type ReadJob } from './readFrame.ts';
import { largestOf, tilesOf, tileSizes, type Tile } from './tiles.ts';

/** Records a plan for a frame, or for a tile of one. */
type FrameRecorder = (frame: Frame) => Plan;

/** Of the memory there is; other calls may want some while tile follows tile. */
const SHARE = 0.5;
/** Smaller tiles are not worth it where this many times what they give must be painted for them. */
const MOST_PAINTED = 4;

/**
 * Tiles that can be painted one after the other: as large as fits, by halves.
 *
 * @param most - bytes that a tile should hold; a share of what is free where it is left out. It may be more where smaller tiles would be nearly all halo.
 * @returns `undefined` where not even the smallest fits
 */
export function chooseTiles(job: ReadJob, record: FrameRecorder, frame: Frame, halo: number, most: number = SHARE * job.generation.engine.account.room): readonly Tile[] | undefined {
  const { engine } = job.generation;
  let fitting: readonly Tile[] | undefined;
  for (const size of tileSizes(frame)) {
    const tiles = tilesOf(frame, size, halo);
    const largest = largestOf(tiles);
    if (fitting !== undefined && area(largest.painted) > MOST_PAINTED * area(largest.inside)) break;
    const plan = record(frameOfTile(frame, largest));
    const bytes = plan.bytes + tiles.reduce((most, tile) => Math.max(most, bytesAround(job, frameOfTile(frame, tile), tile.inside)), 0);
    if (!engine.hasRoom(plan, bytes) || tiles.some((tile) => longestUpload(job.inputs, frameOfTile(frame, tile)) > engine.longestSide)) continue;
    fitting = tiles;
    if (bytes <= most) break;
  }
  return fitting;
}

/**
 * Paints a picture tile by tile. Memory between two tiles is what the pools keep.
 * @returns `undefined` where the GPU had no memory for one of them
 */
export async function readTiles(job: ReadJob, record: FrameRecorder, frame: Frame, tiles: readonly Tile[]): Promise<Pictures | undefined> {
  const { generation: { engine }, names } = job;
  const pictures = Object.fromEntries(names.map((name): [string, Pixels] => [name, blank(frame)]));
  // Tiles of one size have one plan, apart from the uniforms that say where they are.
  const plans = new Map<string, CompiledPlan>();
  try {
    for (const tile of tiles) {
      const part = frameOfTile(frame, tile);
      const plan = record(part);
      const compiled = plans.get(plan.signature) ?? compiledPlan(engine, plan);
      plans.set(plan.signature, compiled);
      compiled.adopt(plan);
      await compiled.compile([READ_FORMAT]);
      job.assertGoing();
      const painted = await readFrame(job, compiled, part, tile.inside);
      if (painted === undefined) return undefined;
      job.assertGoing();
      for (const name of names) place(painted[name] as Pixels, tile, pictures[name] as Pixels);
    }
    return pictures;
  } finally {
    for (const compiled of plans.values()) compiled.destroy();
  }
}

function frameOfTile(frame: Frame, { painted: { x, y, width, height } }: Tile): Frame {
  return { ...frame, origin: [x, y], tile: { width, height } };
}

function blank({ width, height }: Frame): Pixels {
  return { data: new Uint8ClampedArray(4 * width * height), width, height };
}

function place({ data, width, height }: Pixels, { inside: { x, y } }: Tile, into: Pixels): void {
  for (let row = 0; row < height; row++) into.data.set(data.subarray(4 * row * width, 4 * (row + 1) * width), 4 * ((y + row) * into.width + x));
}
