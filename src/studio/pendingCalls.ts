import { onAbort, untilAborted } from '../core/abort.ts';

/**
 * Calls that return a promise, from their begin until nothing of them is left.
 * A call that is stopped rejects at once; what it holds comes back when the GPU is done with it, so its work goes on in the background, up to the next look at its signal.
 * Owns: the calls. Borrows: the signals given to them.
 */
export class PendingCalls {
  readonly #calls = new Map<AbortController, Promise<unknown>>();

  /**
   * Does `work`, which gets a signal to look at before each step it must not take when it was stopped.
   * @param outer - stops it too
   */
  async run<T>(work: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
    outer?.throwIfAborted();
    const call = new AbortController();
    const ignore = outer === undefined ? undefined : onAbort(outer, () => call.abort(outer.reason));
    const working = work(call.signal);
    this.#calls.set(call, working);
    const end = (): void => {
      ignore?.();
      this.#calls.delete(call);
    };
    working.then(end, end);
    return untilAborted(working, call.signal);
  }

  /** Stops all of them: each rejects with `reason` at once. */
  stop(reason: Error): void {
    for (const call of this.#calls.keys()) call.abort(reason);
  }

  /** Resolves when nothing of them is left. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#calls.values());
  }
}
