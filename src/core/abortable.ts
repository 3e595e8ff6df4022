/** What `promise` gives, or the signal's reason as soon as it is aborted; the work itself goes on. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    // The signal may live much longer than one call.
    void promise.then(resolve, reject).then(() => signal.removeEventListener('abort', stop));
  });
}
