import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BoundedStore } from '../../../src/studio/boundedStore.ts';

const LIMITS = { maxBytes: 100, maxEntries: 4, maxAgeMs: 1000, maxEntryBytes: 60 };

interface Thing {
  readonly bytes: number;
}

interface Model {
  /** In the order of use. */
  entries: { readonly key: string; readonly value: Thing; readonly expires: number }[];
  now: number;
}

interface Real {
  readonly store: BoundedStore<Thing>;
  /** The values that are in the store, by what it told. */
  readonly inside: Set<Thing>;
}

type Command = fc.Command<Model, Real>;

/** What must hold after each command, with timers run. */
function check({ entries }: Model, { store, inside }: Real): void {
  expect(store.size).toBe(entries.length);
  expect(store.bytes).toBe(entries.reduce((sum, { value }) => sum + value.bytes, 0));
  expect(store.bytes).toBeLessThanOrEqual(LIMITS.maxBytes);
  expect(store.size).toBeLessThanOrEqual(LIMITS.maxEntries);
  expect(entries.filter(({ value }) => !inside.has(value))).toEqual([]);
  expect(inside.size).toBe(entries.length);
  expect(vi.getTimerCount()).toBeGreaterThanOrEqual(Math.min(1, entries.length));
  expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
}

const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');

const put = (key: string, bytes: number): Command => ({
  check: () => true,
  run(model, real) {
    const value = { bytes };
    const others = model.entries.filter((entry) => entry.key !== key);
    if (bytes <= LIMITS.maxEntryBytes) {
      const room = (): boolean => others.length < LIMITS.maxEntries && others.reduce((sum, entry) => sum + entry.value.bytes, bytes) <= LIMITS.maxBytes;
      while (!room()) others.shift();
      others.push({ key, value, expires: model.now + LIMITS.maxAgeMs });
      real.inside.add(value);
    }
    model.entries = others;
    real.store.put(key, value);
    check(model, real);
  },
  toString: () => `put(${key}, ${bytes})`,
});

const get = (key: string): Command => ({
  check: () => true,
  run(model, real) {
    const found = model.entries.find((entry) => entry.key === key);
    if (found !== undefined) model.entries = [...model.entries.filter((entry) => entry !== found), found];
    expect(real.store.get(key)).toBe(found?.value);
    check(model, real);
  },
  toString: () => `get(${key})`,
});

const advance = (ms: number): Command => ({
  check: () => true,
  run(model, real) {
    model.now += ms;
    model.entries = model.entries.filter(({ expires }) => expires > model.now);
    vi.advanceTimersByTime(ms);
    check(model, real);
  },
  toString: () => `advance(${ms})`,
});

const remove = (key: string): Command => ({
  check: () => true,
  run(model, real) {
    model.entries = model.entries.filter((entry) => entry.key !== key);
    real.store.delete(key);
    check(model, real);
  },
  toString: () => `delete(${key})`,
});

const clear = (): Command => ({
  check: () => true,
  run(model, real) {
    model.entries = [];
    real.store.clear();
    check(model, real);
    expect(vi.getTimerCount()).toBe(0);
  },
  toString: () => 'clear()',
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('whatever is put, asked for and waited for: bytes are the sum, nothing is over a limit or too old, and the longest unused leaves first', () => {
  const puts = fc.tuple(keys, fc.integer({ min: 0, max: 70 })).map(([key, bytes]) => put(key, bytes));
  const gets = keys.map(get);
  // Puts and gets often enough that something is evicted after it was used.
  const commands = fc.commands(
    [
      puts, puts, puts,
      gets, gets, gets,
      fc.constantFrom(1, 1, 250, 499, 500, 999, 1000).map(advance),
      keys.map(remove),
      fc.constant(clear()),
    ],
    { maxCommands: 60, size: 'max' },
  );
  fc.assert(
    fc.property(commands, (run) => {
      const inside = new Set<Thing>();
      const store = new BoundedStore<Thing>(LIMITS, ({ bytes }) => bytes, (_key, value) => void inside.delete(value));
      fc.modelRun(() => ({ model: { entries: [], now: 0 }, real: { store, inside } }), run);
      store.clear();
    }),
    { seed: 1, numRuns: 150 },
  );
});

describe('what leaves', () => {
  test('is counted by its reason', () => {
    const store = new BoundedStore<Thing>(LIMITS, ({ bytes }) => bytes);
    for (const key of ['a', 'b', 'c', 'd', 'e']) store.put(key, { bytes: 1 });
    expect(store.evictions).toEqual({ age: 0, bytes: 0, entries: 1 });
    store.put('f', { bytes: 60 });
    store.put('g', { bytes: 60 });
    store.put('h', { bytes: 61 });
    expect([store.evictions, store.refused, store.bytes]).toEqual([{ age: 0, bytes: 4, entries: 2 }, 1, 60]);
    vi.advanceTimersByTime(1000);
    expect([store.evictions.age, store.size]).toEqual([1, 0]);
  });

  test('leaves on time where the timer is late, and is not kept longer by being asked for', () => {
    const store = new BoundedStore<Thing>(LIMITS, ({ bytes }) => bytes);
    const now = vi.spyOn(performance, 'now');
    now.mockReturnValue(0);
    store.put('a', { bytes: 1 });
    now.mockReturnValue(999);
    expect(store.get('a')).toBeDefined();
    now.mockReturnValue(1000);
    expect([store.get('a'), store.bytes, store.evictions.age]).toEqual([undefined, 0, 1]);
    now.mockRestore();
  });
});

test('a week is longer than a timer can wait, and for ever needs none', () => {
  const store = new BoundedStore<Thing>({ ...LIMITS, maxAgeMs: 60 * 24 * 3600 * 1000 }, ({ bytes }) => bytes);
  store.put('a', { bytes: 1 });
  vi.advanceTimersByTime(59 * 24 * 3600 * 1000);
  expect(store.size).toBe(1);
  vi.advanceTimersByTime(24 * 3600 * 1000);
  expect([store.size, vi.getTimerCount()]).toEqual([0, 0]);
  const forever = new BoundedStore<Thing>({ ...LIMITS, maxAgeMs: Infinity }, ({ bytes }) => bytes);
  forever.put('a', { bytes: 1 });
  expect(vi.getTimerCount()).toBe(0);
});
