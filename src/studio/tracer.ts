import { LeakError } from '../core/errors.ts';
import { megabytes } from '../core/memoryAccount.ts';
import { isShared, type Leak, type TraceRecorder } from './traceRecorder.ts';
import { compareSnapshots, growingGroups, type TracedResource, type TraceGroup, type TraceGrouping, type TraceSnapshot } from './traceSnapshot.ts';
import type { Timeline } from './traceTimeline.ts';

const SNAPSHOTS_KEPT = 32;
const GROUPS_TOLD = 8;

/**
 * Finds out who holds GPU memory: `studio.tracer` of a studio made with `trace`. It names the line of your code that each texture, buffer, bind group and pipeline comes from.
 *
 * Owns: its notes and the last few snapshots. Borrows: nothing; it can be asked after its studio is gone.
 *
 * @example
 * ```ts
 * const studio = await Studio.create({ trace: true });
 * const tracer = studio.tracer!;
 * const before = tracer.snapshot();
 * // … what you suspect …
 * for (const { name, bytes, count } of tracer.diff(before, tracer.snapshot())) console.log(bytes, count, name);
 * ```
 */
export class Tracer {
  readonly #recorder: TraceRecorder;
  readonly #snapshots: TraceSnapshot[] = [];

  /** @internal A studio makes its own. */
  constructor(recorder: TraceRecorder) {
    this.#recorder = recorder;
  }

  /** @internal Has `tell` called with each leak when it is found. */
  follow(tell: (leak: Leak) => void): void {
    this.#recorder.onLeak = tell;
  }

  /** Everything there is now. Its bytes are those of `studio.metrics()`. */
  snapshot(): TraceSnapshot {
    const snapshot = this.#recorder.snapshot();
    if (this.#snapshots.length >= SNAPSHOTS_KEPT) this.#snapshots.shift();
    this.#snapshots.push(snapshot);
    return snapshot;
  }

  /**
   * What is in use in `after` and was not in `before`, put together, the largest growth first; what shrank comes last, with negative numbers. Free memory in the pools is not in use.
   * @param by - the line of your code by default
   */
  diff(before: TraceSnapshot, after: TraceSnapshot, by: TraceGrouping = 'site'): TraceGroup[] {
    return compareSnapshots(before, after, by);
  }

  /**
   * What became more each time from one of the last `times + 1` snapshots to the next, free memory too; nothing while there are fewer. Of what comes and goes there is no growth, however much it is.
   * @param times - 1 to 31
   * @param by - the line of your code by default
   */
  growth(times: number = 3, by: TraceGrouping = 'site'): TraceGroup[] {
    return this.#snapshots.length > times ? growingGroups(this.#snapshots.slice(-times - 1), by) : [];
  }

  /** What was dropped without `destroy()` and found by the garbage collector so far, which comes when it likes: in Node `--expose-gc` and `gc()` make it come. */
  leaks(): readonly Leak[] {
    return [...this.#recorder.leaks];
  }

  /**
   * Bytes by frame and by pass since the beginning, or the last 60 000 events of it: slices are the time in which a pipeline and each of its passes were recorded, with the bytes
   * of the textures and buffers that the pass binds. Write it as JSON and open it in chrome://tracing or ui.perfetto.dev.
   */
  timeline(): Timeline {
    return this.#recorder.timeline.read();
  }

  /**
   * For the end of a test: nothing may be in use any more but what a living studio keeps for itself (kernels, uniform ring), and nothing may have been dropped.
   * @param since - leaves out what was there already in this snapshot
   * @throws {@link LeakError} with what is left, where it was made, and who owns it.
   *
   * @example
   * ```ts
   * const before = studio.tracer?.snapshot();
   * // … a test …
   * studio.tracer?.assertNone(before);
   * ```
   */
  assertNone(since?: TraceSnapshot): void {
    const known = new Map(since?.resources.map((resource) => [resource.id, resource]));
    const now = this.#recorder.snapshot();
    const left = now.resources.filter((resource) => !this.#mayStay(resource) && (known.get(resource.id)?.state ?? 'pooled') === 'pooled');
    const dropped = this.#recorder.leaks.filter(({ time }) => time > (since?.time ?? -Infinity));
    if (left.length === 0 && dropped.length === 0) return;
    const groups = compareSnapshots({ ...now, resources: [] }, { ...now, resources: left }, 'site').slice(0, GROUPS_TOLD);
    throw new LeakError(
      [
        `${left.length} things are still in use and ${dropped.length} were dropped; destroy() pipelines and studios that are not needed any more`,
        ...dropped.map(({ kind, label, bytes, site }) => `  dropped: ${kind} ${label}, ${megabytes(bytes)}, made by ${site}`),
        ...groups.map(({ name, bytes, count, example }) => `  in use: ${count} x ${example.kind}, ${megabytes(bytes)}, of ${example.owner || 'nobody'}, by ${name}`),
      ].join('\n'),
    );
  }

  #mayStay(resource: TracedResource): boolean {
    return !this.#recorder.over && (resource.state === 'pooled' || resource.kind === 'studio' || isShared(resource));
  }
}
