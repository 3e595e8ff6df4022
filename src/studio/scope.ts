import { releaseOf, type Releasable } from '../core/disposal.ts';
import { DestroyedError, InputError } from '../core/errors.ts';
import type { Studio } from './studio.ts';

/** Collects what is released when {@link Studio.scope} ends. */
export interface Scope {
  /** As {@link Studio.pipeline}; when the scope ends, the pipeline is destroyed after its calls in progress. */
  readonly pipeline: Studio['pipeline'];
  /**
   * Releases `thing` when the scope ends: an `ImageBitmap`, a `VideoFrame`, a texture, a file, a stream.
   * @returns `thing`
   * @throws {@link InputError} where it has none of the methods of {@link Releasable}; {@link DestroyedError} after the scope's end.
   */
  use<T extends Releasable>(thing: T): T;
  /**
   * Calls `release` when the scope ends, and waits for it.
   * @throws {@link DestroyedError} after the scope's end.
   */
  defer(release: () => unknown): void;
}

/** Runs `work` and then releases what its scope collected, the last one first; see {@link Studio.scope}. */
export async function runInScope<T>(studio: Pick<Studio, 'pipeline'>, work: (scope: Scope) => T | Promise<T>): Promise<T> {
  let releases: (() => unknown)[] | undefined = [];
  const errors: unknown[] = [];
  let result: T | undefined;
  try {
    result = await work(scopeOn(studio, () => {
      if (releases === undefined) throw new DestroyedError('the scope has ended, and what it held is released; use it before the function given to studio.scope is done');
      return releases;
    }));
  } catch (error) {
    errors.push(error);
  }
  const last = releases.reverse();
  releases = undefined;
  for (const release of last) {
    try {
      await release();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 0) return result as T;
  throw errors.length === 1 ? errors[0] : new AggregateError(errors, `${errors.length} errors in one scope, the first of them: ${String(errors[0])}`, { cause: errors[0] });
}

/** @param held - what is released at the end; throws after it */
function scopeOn(studio: Pick<Studio, 'pipeline'>, held: () => (() => unknown)[]): Scope {
  const defer = (release: () => unknown): void => void held().push(release);
  const use = <T extends Releasable>(thing: T): T => {
    const release = releaseOf(thing);
    if (release === undefined) throw new InputError(`scope.use: ${String(thing)} has none of Symbol.asyncDispose, Symbol.dispose, destroy() and close(); say with scope.defer how to release it`);
    defer(release);
    return thing;
  };
  const pipeline = (...looks: Parameters<Studio['pipeline']>) => {
    // Before there is a pipeline that nobody would release.
    held();
    return use(studio.pipeline(...looks));
  };
  return { pipeline: pipeline as Studio['pipeline'], use, defer };
}
