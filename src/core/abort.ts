import { ParameterError } from './errors.ts';

/** What waits for each signal. */
const watched = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `listener` once when `signal` aborts, unless the returned function is called before.
 * A signal gets one listener of ours however many calls it stops: of more than ten Node complains on the console.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const listeners = watched.get(signal) ?? watch(signal);
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function watch(signal: AbortSignal): Set<() => void> {
  const listeners = new Set<() => void>();
  watched.set(signal, listeners);
  signal.addEventListener('abort', () => listeners.forEach((listener) => listener()), { once: true });
  return listeners;
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
