import { CompiledPlan, type StandIns } from '../core/compiledPlan.ts';
import type { Engine } from '../core/engine.ts';
import type { Frame } from '../core/frameGraph.ts';
import type { Plan } from '../core/plan.ts';
import { importCopyKernel, importKernel } from '../io/importSource.ts';
import { presentCopyShader, presentShader } from '../io/present.ts';

/** Records a plan for a picture of this size with these inputs bound. */
export type PlanRecorder = (frame: Frame, bound: readonly string[]) => Plan;

interface PlanEntry {
  compiled: CompiledPlan;
  revision: number;
  /** The plan that replaces it as soon as its kernels are compiled. */
  next: CompiledPlan | undefined;
}

const PLANS_KEPT = 4;
const STAND_INS: StandIns = new Map([[importKernel, importCopyKernel], [presentShader, presentCopyShader]]);

/** A plan with its kernels to come. */
export function compiledPlan(engine: Engine, plan: Plan): CompiledPlan {
  return new CompiledPlan(engine, plan, presentShader, STAND_INS);
}

/**
 * The plans of one pipeline on one device: one for each of the few sizes used last.
 * Owns: the plans. Borrows: the engine.
 */
export class PlanShelf {
  readonly engine: Engine;
  readonly #record: PlanRecorder;
  readonly #formats: readonly GPUTextureFormat[];
  readonly #plans = new Map<string, PlanEntry>();
  #revision = 0;
  #newest = '';
  #epoch: number;

  constructor(engine: Engine, record: PlanRecorder, formats: readonly GPUTextureFormat[]) {
    this.engine = engine;
    this.#record = record;
    this.#formats = formats;
    this.#epoch = engine.epoch;
  }

  /** Says that parameters changed: each plan is looked at again when it is next used. */
  outdate(): void {
    this.#revision++;
  }

  /** The plan for this size, or undefined while its kernels compile. After a change that needs new kernels the old plan serves until they are there. */
  readyPlan(frame: Frame, bound: readonly string[], formats: readonly GPUTextureFormat[]): CompiledPlan | undefined {
    const entry = this.#entry(frame, bound);
    if (entry.next?.isReady(formats) === true) promote(entry);
    if (entry.compiled.isReady(formats)) return entry.compiled;
    entry.compiled.compile(formats).catch(() => {});
    return undefined;
  }

  /** The newest plan, compiled: what is read is never painted with an older one. It is pinned for the caller. */
  async newestPlan(frame: Frame, bound: readonly string[], format: GPUTextureFormat, assertGoing: () => void): Promise<CompiledPlan> {
    for (;;) {
      const entry = this.#entry(frame, bound);
      if (entry.next?.isReady([format]) === true) promote(entry);
      const newest = entry.next ?? entry.compiled;
      if (newest.isReady([format])) return newest.pin();
      await newest.compile([format]);
      assertGoing();
      // Other calls may have dropped or outdated it while this one waited; now that its kernels are there, the next is ready at once.
    }
  }

  #entry(frame: Frame, bound: readonly string[]): PlanEntry {
    this.#dropBroken();
    const { width, height, scale, enlarged } = frame;
    const key = `${width}x${height} ${scale} ${enlarged === undefined ? '' : `${enlarged.width}x${enlarged.height}`} ${bound.join()}`;
    const entry = this.#plans.get(key);
    if (entry === undefined) return this.#add(key, frame, bound);
    this.#use(key, entry);
    if (entry.revision !== this.#revision) this.#renew(entry, this.#record(frame, bound));
    return entry;
  }

  /** The first of the map is the one that leaves next, so what is used goes to its end. */
  #use(key: string, entry: PlanEntry): void {
    if (this.#newest === key) return;
    this.#newest = key;
    this.#plans.delete(key);
    this.#plans.set(key, entry);
  }

  /** Plans from before memory was refused may hold textures that have none. */
  #dropBroken(): void {
    if (this.#epoch === this.engine.epoch) return;
    this.#epoch = this.engine.epoch;
    this.clear();
    this.engine.trim();
  }

  #add(key: string, frame: Frame, bound: readonly string[]): PlanEntry {
    const entry = { compiled: compiledPlan(this.engine, this.#record(frame, bound)), revision: this.#revision, next: undefined };
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined && this.#plans.size >= PLANS_KEPT) this.#drop(oldest);
    this.#plans.set(key, entry);
    this.#newest = key;
    return entry;
  }

  #drop(key: string): void {
    const entry = this.#plans.get(key);
    entry?.compiled.destroy();
    entry?.next?.destroy();
    this.#plans.delete(key);
  }

  /** After a change of parameters: only new uniform bytes where the plan stayed the same, else a new plan beside the old. */
  #renew(entry: PlanEntry, plan: Plan): void {
    entry.revision = this.#revision;
    entry.next?.destroy();
    entry.next = undefined;
    if (plan.signature === entry.compiled.plan.signature) {
      entry.compiled.adopt(plan);
    } else {
      entry.next = compiledPlan(this.engine, plan);
      entry.next.compile(this.#formats).catch(() => {});
    }
  }

  /** Lets go of all plans. */
  clear(): void {
    for (const key of this.#plans.keys()) this.#drop(key);
  }
}

function promote(entry: PlanEntry): void {
  entry.compiled.destroy();
  entry.compiled = entry.next as CompiledPlan;
  entry.next = undefined;
}
