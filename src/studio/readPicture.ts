import { untilAborted } from '../core/abort.ts';
import type { CompiledPlan } from '../core/compiledPlan.ts';
import type { Look } from '../core/effect.ts';
import type { Frame } from '../core/frameGraph.ts';
import { haloOf } from '../core/look.ts';
import type { Plan } from '../core/plan.ts';
import type { Pixels } from '../io/pixels.ts';
import { assertSide, type AsyncSource, type Source } from '../io/source.ts';
import { fittingScale, scaledInputs } from './fitBudget.ts';
import { boundNames, frameInputs, frameOf, NOMINAL_FRAME, type FrameInput } from './frame.ts';
import { inspectorOf } from './inspector.ts';
import type { Estate } from './lifetime.ts';
import { READ_FORMAT } from './outputReader.ts';
import type { ReadOptions, StudioParts } from './pipeline.ts';
import { compiledPlan, type PlanShelf } from './planShelf.ts';
import type { Profile } from './profile.ts';
import { bytesAround, hasRoom, readFrame, type Pictures, type ReadJob } from './readFrame.ts';
import { chooseTiles, readTiles } from './readTiles.ts';
import { recordLooks } from './recordLooks.ts';
import { holdStill, settleVideos } from './stills.ts';

/** What a pipeline paints pictures into memory with. */
export interface PictureReader {
  readonly parts: StudioParts;
  readonly looks: ReadonlyMap<string, Look>;
  readonly estate: Estate;
  /** The plans on the device in use. */
  shelf(): PlanShelf;
}

/** A call of `read` and its like while it is in progress. */
export interface ReadCall {
  /** Stops it. */
  readonly signal: AbortSignal;
  /** Where it came from, where that is traced. */
  readonly from: string | undefined;
  /** Times its passes. */
  readonly profile?: Profile;
}

/** Of the memory that was refused. */
const QUARTER = 0.25;

/** Decodes what is encoded, and paints it: at once, in tiles, or smaller, as there is memory and as the options allow. */
export async function readPicture(reader: PictureReader, source: AsyncSource, options: ReadOptions, call: ReadCall): Promise<Record<string, Pixels>> {
  if (!(source instanceof Blob)) return readSource(reader, source, options, call);
  const { limits, codec } = reader.parts;
  // A crop is given in pixels of the whole picture.
  const maxSize = options.crop === undefined ? Math.min(isTileable(reader, options) ? Infinity : longestSide(reader.parts), options.maxSize ?? Infinity) : Infinity;
  const decoded = await codec.decode(source, { ...limits, maxSize });
  try {
    call.signal.throwIfAborted();
    return await readSource(reader, decoded, options, call);
  } finally {
    if ('close' in decoded) decoded.close();
  }
}

/** Of a picture that can be painted at once, in pixels. */
export function longestSide({ limits, keeper }: StudioParts): number {
  return Math.min(limits.maxSide, keeper.generation.engine.device.handle.limits.maxTextureDimension2D);
}

async function readSource(reader: PictureReader, source: Source, options: ReadOptions, call: ReadCall): Promise<Record<string, Pixels>> {
  const { inputs, close } = holdStill(frameInputs(reader.looks, source, options, options.inputs, reader.parts.limits.maxSide));
  try {
    return await readInputs(reader, inputs, options, call);
  } finally {
    close();
  }
}

/** Where the GPU has no memory, all that is free was given up by the time this is known, and a second try may find some. The last is made in tiles. */
async function readInputs(reader: PictureReader, inputs: readonly FrameInput[], options: ReadOptions, call: ReadCall): Promise<Record<string, Pixels>> {
  const pictures = (await tryRead(reader, inputs, options, call)) ?? (await tryRead(reader, inputs, options, call));
  if (pictures !== undefined) return pictures;
  const refusal = reader.parts.keeper.generation.engine.outOfMemory();
  const inTiles = await tryRead(reader, inputs, options, call, true);
  if (inTiles === undefined) throw refusal;
  return inTiles;
}

/** `refused`: the GPU had no memory for all of it, so it is done in tiles of a quarter of that. */
async function tryRead(reader: PictureReader, given: readonly FrameInput[], options: ReadOptions, call: ReadCall, refused = false): Promise<Pictures | undefined> {
  const { keeper, painted } = reader.parts;
  const { signal, from, profile } = call;
  await untilAborted(keeper.usable(), signal);
  const { generation } = keeper;
  const { engine } = generation;
  // What waited here may wake up on a device that is no more, or for nobody.
  const assertGoing = (): void => {
    signal.throwIfAborted();
    keeper.assertUsable();
    engine.device.assertAlive();
  };
  const inputs = await settleVideos(generation.videos, given);
  assertGoing();
  const frame = frameOf(inputs);
  const bound = boundNames(inputs);
  const { inspect } = options;
  // As they are now, also where parameters change between two tiles.
  const looks = new Map(reader.looks);
  const record = (part: Frame): Plan => recordLooks(looks, part, bound, engine.traits, inspect === undefined ? undefined : inspectorOf(inspect));
  const own = inspect === undefined ? undefined : compiledPlan(engine, record(frame));
  const names = own === undefined ? [...looks.keys()] : own.plan.steps.flatMap((step) => (step.kind === 'present' ? [step.target] : []));
  const job: ReadJob = { generation, inputs, names, estate: reader.estate, from, profile, assertGoing, painted };
  let compiled: CompiledPlan | undefined;
  try {
    await own?.compile([READ_FORMAT]);
    compiled = own?.pin() ?? (await reader.shelf().newestPlan(frame, bound, READ_FORMAT, assertGoing));
    assertGoing();
    // Other reads give back what they hold when they are done.
    for (;;) {
      if (refused) break;
      if (hasRoom(job, compiled.plan, frame, undefined, compiled.bytesToLease)) return await readFrame(job, compiled, frame);
      if (engine.reading.size === 0) break;
      await untilAborted(Promise.race(engine.reading), signal);
      assertGoing();
    }
    const halo = inspect === undefined ? haloOfAll(looks, frame) : undefined;
    const most = refused ? QUARTER * (compiled.plan.bytes + bytesAround(job, frame)) : undefined;
    const tiles = halo === undefined ? undefined : chooseTiles(job, record, frame, halo, most);
    if (tiles !== undefined) return await readTiles(job, record, frame, tiles);
    if (refused) return undefined;
    for (const { measured } of inputs) assertSide(measured, engine.longestSide);
    const scale = options.fit === undefined ? undefined : fittingScale(inputs, (smaller) => hasRoom({ ...job, inputs: smaller }, record(frameOf(smaller)), frameOf(smaller)));
    return scale === undefined ? await readFrame(job, compiled, frame) : await tryRead(reader, scaledInputs(inputs, scale), options, call);
  } finally {
    compiled?.unpin();
    own?.destroy();
  }
}

/** Whether a result can be painted in tiles. What an intermediate depends on is not known. */
function isTileable({ looks }: PictureReader, { inspect }: ReadOptions): boolean {
  return inspect === undefined && haloOfAll(looks, NOMINAL_FRAME) !== undefined;
}

/** How many pixels beyond its own each pixel of the results depends on; undefined where that is all of them. */
function haloOfAll(looks: ReadonlyMap<string, Look>, frame: Frame): number | undefined {
  const halos = [...looks.values()].map((look) => haloOf(look, frame));
  return halos.includes(undefined) ? undefined : Math.ceil(Math.max(...(halos as number[])));
}
