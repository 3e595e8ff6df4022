import type { AnyEffect, Look } from '../core/effect.ts';

/** Pictures to paint of one source, by name. */
export type NamedLooks = Readonly<Record<string, Look>>;

/** What the command can paint with. */
export interface Catalog {
  readonly effects: readonly AnyEffect[];
  readonly looks: readonly AnyEffect[];
  readonly presets: Readonly<Record<string, NamedLooks>>;
}
