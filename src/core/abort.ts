import { ParameterError } from './errors.ts';

/** Who waits for one signal. */
interface Watch {
  readonly listeners: Set<() => void>;
  readonly tell: () => void;
}

const watches = new WeakMap<AbortSignal, Watch>();

/**
 * Calls `listener` when `signal` aborts, unless the returned function is called before.
 * A signal has at most one listener of ours at a time, however many calls it stops: of more than ten Node complains on the console.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const watch = watches.get(signal) ?? begin(signal);
  watch.listeners.add(listener);
  return () => {
    if (!watch.listeners.delete(listener) || watch.listeners.size > 0) return;
    // The signal may live much longer than one call.
    signal.removeEventListener('abort', watch.tell);
    watches.delete(signal);
  };
}

function begin(signal: AbortSignal): Watch {
  const listeners = new Set<() => void>();
  const watch = { listeners, tell: () => listeners.forEach((listener) => listener()) };
  signal.addEventListener('abort', watch.tell);
  watches.set(signal, watch);
  return watch;
}

/** What `promise` gives, or the signal's reason at once when it aborts first. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  let ignore = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    ignore = onAbort(signal, () => reject(signal.reason as Error));
    if (signal.aborted) reject(signal.reason as Error);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    ignore();
  }
}

/** @throws {@link ParameterError} where a `signal` was given that is none. */
export function checkSignal(signal: unknown, owner: string): asserts signal is AbortSignal | undefined {
  if (signal === undefined || (typeof signal === 'object' && signal !== null && 'aborted' in signal && 'addEventListener' in signal)) return;
  throw new ParameterError(`${owner}: signal is ${signal instanceof AbortController ? 'an AbortController' : String(signal)}, must be an AbortSignal, as the signal of an AbortController`);
}
