import type { GpuFault } from '../core/allocationGuard.ts';
import { beginParts, type CommandParts } from '../core/commandParts.ts';
import { emptyHold, type CompiledPlan } from '../core/compiledPlan.ts';
import { refused } from '../core/device.ts';
import type { Frame } from '../core/frameGraph.ts';
import type { Plan } from '../core/plan.ts';
import { InputError } from '../core/errors.ts';
import type { Pixels } from '../io/pixels.ts';
import { createPixelMap, wholeOf, type Crop } from '../io/placement.ts';
import { longestUpload, uploadBytes, uploadInputs, writeFrameUniforms, type FrameInput } from './frame.ts';
import type { Generation } from './generation.ts';
import type { Estate } from './lifetime.ts';
import { OutputReader, READ_FORMAT, type OpenOutputs } from './outputReader.ts';
import type { Profile } from './profile.ts';

/** A picture on its way to memory. */
export interface ReadJob {
  readonly generation: Generation;
  readonly inputs: readonly FrameInput[];
  /** Of the results. */
  readonly names: readonly string[];
  /** Of the pipeline. */
  readonly estate: Estate;
  /** Where the call came from, where that is traced. */
  readonly from: string | undefined;
  /** Times the passes; of several tiles those of the last. */
  readonly profile: Profile | undefined;
  /** Throws where what waited is no longer of use. */
  assertGoing(): void;
  /** Counts a frame. */
  painted(): void;
}

/** The results by name. */
export type Pictures = Record<string, Pixels>;

/** Bytes that a run holds beside its plan: sources, imports and results. */
export function bytesAround({ generation, inputs, names }: ReadJob, frame: Frame, inside: Crop = wholeOf(frame)): number {
  return uploadBytes(inputs, frame) + names.length * new OutputReader(generation.engine).bytesFor(inside);
}

/** Whether a run can be: its memory fits, and so does each of its textures. `bytes`: of its plan, less what is there already. */
export function hasRoom(job: ReadJob, plan: Plan, frame: Frame, inside?: Crop, bytes: number = plan.bytes): boolean {
  const { engine } = job.generation;
  return engine.hasRoom(plan, bytes + bytesAround(job, frame, inside)) && longestUpload(job.inputs, frame) <= engine.longestSide;
}

/**
 * Paints a frame, or a tile of one, and brings to memory what lies inside of it.
 *
 * @param inside - in pixels of the whole picture
 * @returns `undefined` where the GPU had no memory for it
 */
export async function readFrame(job: ReadJob, compiled: CompiledPlan, frame: Frame, inside: Crop = wholeOf(frame)): Promise<Pictures | undefined> {
  const { reading } = job.generation.engine;
  const run = paintFrame(job, compiled, frame, inside);
  // It is over for those who wait whether it succeeds or not.
  const over = run.then(() => {}, () => {});
  reading.add(over);
  try {
    return await run;
  } finally {
    reading.delete(over);
  }
}

async function paintFrame(job: ReadJob, compiled: CompiledPlan, frame: Frame, inside: Crop): Promise<Pictures | undefined> {
  const { generation, inputs, names, estate, from, profile } = job;
  const { engine } = generation;
  const size = frame.tile ?? frame;
  engine.assertRoom(compiled.plan, compiled.bytesToLease + bytesAround(job, frame, inside), `painting ${size.width}x${size.height}`);
  const hold = emptyHold();
  let outputs: OpenOutputs | undefined;
  let refusal: Promise<GpuFault | undefined> | undefined;
  let parts: CommandParts;
  try {
    engine.beginWork();
    estate.trace?.begin(estate, from);
    try {
      parts = beginParts(engine.device);
      const externals = uploadInputs(generation, inputs, frame, hold, job);
      if (externals === undefined) throw new InputError('the source video could be read a moment ago and cannot be now; try again', { code: 'not-ready', recoverable: true });
      outputs = new OutputReader(engine).open(names, inside);
      const shows = { ...inside, x: inside.x - frame.origin[0], y: inside.y - frame.origin[1] };
      const targets = names.map((name) => ({ name, width: inside.width, height: inside.height, format: READ_FORMAT, premultiply: false, shows }) as const);
      writeFrameUniforms(compiled, names, frame, inputs, externals, targets, 'fill', createPixelMap());
      const timer = profile?.open(engine, compiled.plan);
      compiled.run(parts.encoder, { externals, targets: outputs.targets, history: 'none', timer }, hold, parts.split);
      outputs.copy(parts.encoder);
      timer?.copy(parts.encoder);
      parts.finish();
    } finally {
      estate.trace?.end();
      refusal = engine.endWork();
    }
    const fault = refusal && (await engine.keepUniforms(hold, refusal));
    job.assertGoing();
    if (fault?.kind === 'out-of-memory') return undefined;
    if (fault !== undefined) throw refused('to paint', fault.message);
    parts.submit();
    engine.submitted(hold);
    job.painted();
    return await outputs.pixels();
  } finally {
    engine.release(hold);
    outputs?.close();
  }
}
