/** `Symbol.dispose`; where a runtime lacks it, the key that compilers put in its place. */
export const DISPOSE: symbol = Symbol.dispose ?? /* @__PURE__ */ Symbol.for('Symbol.dispose');
/** `Symbol.asyncDispose`, likewise. */
export const ASYNC_DISPOSE: symbol = Symbol.asyncDispose ?? /* @__PURE__ */ Symbol.for('Symbol.asyncDispose');

/**
 * Gives a class the methods that `using` and `await using` call. The class only declares them, because a method written as `[Symbol.dispose]()` is called "undefined" where the symbol is missing.
 * @param finish - waits for what is in progress, then destroys
 */
export function makeDisposable<T extends { destroy(): void }>(prototype: T, finish?: (thing: T) => Promise<void>): void {
  define(prototype, DISPOSE, function (this: T) {
    this.destroy();
  });
  if (finish === undefined) return;
  define(prototype, ASYNC_DISPOSE, function (this: T) {
    return finish(this);
  });
}

/** As {@link makeDisposable}, for what ends with `stop()`. */
export function makeStoppable<T extends { stop(): void }>(prototype: T): void {
  define(prototype, DISPOSE, function (this: T) {
    this.stop();
  });
}

/** As methods are: not enumerable. */
function define(prototype: object, key: symbol, value: unknown): void {
  Object.defineProperty(prototype, key, { value, writable: true, configurable: true });
}

/** Something that must be ended when its work is done: by `Symbol.asyncDispose`, `Symbol.dispose`, `destroy()` or `close()`, the first of these it has. */
export type Releasable =
  | AsyncDisposable
  | Disposable
  | {
      /** Ends it. */
      destroy(): unknown;
    }
  | {
      /** Ends it. */
      close(): unknown;
    };

/** How to release something, or `undefined` where it needs no release that we know of. */
export function releaseOf(thing: unknown): (() => unknown) | undefined {
  const methods = thing as Readonly<Record<string | symbol, unknown>> | null | undefined;
  for (const name of [ASYNC_DISPOSE, DISPOSE, 'destroy', 'close']) {
    const method = methods?.[name];
    if (typeof method === 'function') return () => method.call(thing) as unknown;
  }
  return undefined;
}
