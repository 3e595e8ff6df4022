import { MemoryAccount } from '../../src/core/memoryAccount.ts';
import { acquireDevice } from '../../src/core/device.ts';
import type { Look } from '../../src/core/effect.ts';
import type { Frame, Size } from '../../src/core/frameGraph.ts';
import { haloOf } from '../../src/core/look.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import type { Placement } from '../../src/io/placement.ts';
import type { Source } from '../../src/io/source.ts';
import { createGpu } from '../../src/node/gpu.ts';
import { boundNames, frameInputs, frameOf } from '../../src/studio/frame.ts';
import { beginGeneration, type Generation } from '../../src/studio/generation.ts';
import { compiledPlan } from '../../src/studio/planShelf.ts';
import { READ_FORMAT } from '../../src/studio/outputReader.ts';
import { readFrame, type ReadJob } from '../../src/studio/readFrame.ts';
import { readTiles } from '../../src/studio/readTiles.ts';
import { ALONE, recordLooks } from '../../src/studio/recordLooks.ts';
import { tilesOf } from '../../src/studio/tiles.ts';

/** A device with its pools, without a studio around it. */
export async function makeGeneration(maxBytes = 2 ** 29): Promise<Generation> {
  const counters = { created: 0, destroyed: 0, transient: 0 };
  const limits = { maxAgeFrames: 120, maxAgeMs: 3_600_000 };
  return beginGeneration(await acquireDevice({ gpu: await createGpu() }, counters), { account: new MemoryAccount(maxBytes), counters, limits, lineKernels: 'serial', poison: false });
}

/** One picture painted at once and in tiles of that size, and how many those were. */
export interface BothWays {
  readonly whole: Pixels;
  readonly tiled: Pixels;
  readonly tiles: number;
}

export async function paintBothWays(generation: Generation, look: Look, source: Source, tile: Size, options: Placement & { readonly inputs?: Record<string, Source>; readonly halo?: number } = {}): Promise<BothWays> {
  const { engine } = generation;
  const looks = new Map([[ALONE, look]]);
  const inputs = frameInputs(looks, source, options, options.inputs, Infinity);
  const frame = frameOf(inputs);
  const record = (part: Frame): Plan => recordLooks(looks, part, boundNames(inputs), engine.traits);
  const estate = { trace: undefined, end: () => {} };
  const job: ReadJob = { generation, inputs, names: [ALONE], estate, from: undefined, profile: undefined, assertGoing: () => {}, painted: () => {} };
  const compiled = compiledPlan(engine, record(frame));
  await compiled.compile([READ_FORMAT]);
  const whole = await readFrame(job, compiled, frame);
  compiled.destroy();
  const halo = options.halo ?? haloOf(look, frame);
  if (halo === undefined) throw new Error('this look has no halo');
  const tiles = tilesOf(frame, tile, Math.ceil(halo));
  const tiled = await readTiles(job, record, frame, tiles);
  return { whole: whole?.[ALONE] as Pixels, tiled: tiled?.[ALONE] as Pixels, tiles: tiles.length };
}

/** The largest difference of any code value. */
export function differenceOf(a: Pixels, b: Pixels): number {
  return a.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b.data[i] as number))), 0);
}
