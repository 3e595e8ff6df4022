import type { TraceSink } from '../core/trace.ts';

/**
 * What a public object leaves behind where it is dropped without `destroy()`. It must not reach that object, or nobody would ever find it dropped.
 * Owns: what the object owns, in its place.
 */
export interface Estate {
  readonly trace: TraceSink | undefined;
  /** Gives back all of it. */
  end(): void;
}

/** A safety net: nothing waits for it, since collectors come late or never. */
const dropped: FinalizationRegistry<Estate> = /*#__PURE__*/ new FinalizationRegistry<Estate>((estate) => {
  estate.trace?.dropped(estate);
  estate.end();
});

/** Begins the life of `owner`. Should it be dropped, its estate is ended, and the trace tells of it. */
export function beginLife(kind: 'pipeline' | 'studio', owner: object, estate: Estate, label: string): void {
  estate.trace?.opened(kind, estate, label);
  dropped.register(owner, estate, estate);
}

/** Ends it because it was destroyed. */
export function endLife(estate: Estate): void {
  dropped.unregister(estate);
  estate.end();
  estate.trace?.closed(estate);
}
