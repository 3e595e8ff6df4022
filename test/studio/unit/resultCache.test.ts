import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BudgetError, DecodeError, DestroyedError, DeviceLostError, GpuError, InputError, InputTooLargeError, OutOfMemoryError, ParameterError, UnsupportedError } from '../../../src/core/errors.ts';
import type { Pixels } from '../../../src/io/pixels.ts';
import { ResultCache, type KeptResult } from '../../../src/studio/resultCache.ts';
import type { ResultRequest } from '../../../src/studio/resultKey.ts';
import { shift } from '../../support/effects.ts';
import { bomb } from '../../support/pictureFiles.ts';

const LIMITS = { maxPixels: 64e6, maxSide: 8192 };
const CODEC: ResultRequest['codec'] = { decode: () => Promise.reject(new Error('never called')), encode: () => Promise.reject(new Error('never called')) };

/** Asks for a picture told by one byte. */
function requestFor(byte: number, signal?: AbortSignal): ResultRequest {
  return { kind: 'read', source: pixels(1, byte), looks: new Map(), limits: LIMITS, codec: CODEC, options: signal === undefined ? {} : { signal } };
}

/** `count` pixels of one byte. */
function pixels(count: number, byte: number): Pixels {
  return { data: new Uint8ClampedArray(4 * count).fill(byte), width: count, height: 1 };
}

/** What a test lets end when it likes. */
interface Painting {
  readonly byte: number;
  readonly signal: AbortSignal;
  finish(result: KeptResult): void;
  fail(error: Error): void;
}

/** A cache, and what is being painted for it. */
class Scene {
  readonly cache: ResultCache;
  readonly paintings: Painting[] = [];

  constructor(options: ConstructorParameters<typeof ResultCache>[0] = {}) {
    this.cache = new ResultCache(options);
  }

  /** Asks for the picture told by `byte`. */
  ask(byte: number, request: ResultRequest = requestFor(byte)): Promise<KeptResult> {
    return this.cache.resultOf(request, (signal) => new Promise((finish, fail) => void this.paintings.push({ byte, signal: signal as AbortSignal, finish, fail })));
  }
}

/** Lets everything happen that waits for nothing but promises. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('equal calls at once', () => {
  test('are painted once, each gets a copy, and later ones too', async () => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    const calls = Array.from({ length: 5 }, () => scene.ask(1));
    await settle();
    expect(paintings).toHaveLength(1);
    paintings[0]!.finish({ result: pixels(2, 9) });
    const results = await Promise.all(calls);
    results.push(await scene.ask(1));
    for (const result of results) {
      expect(result).toEqual({ result: pixels(2, 9) });
      (result['result'] as Pixels).data.fill(0);
    }
    expect(await scene.ask(1)).toEqual({ result: pixels(2, 9) });
    expect(paintings).toHaveLength(1);
    expect(cache.metrics()).toMatchObject({ entries: 1, bytes: 8, misses: 1, shared: 4, hits: 2 });
  });

  test('fail together where the bytes are to blame', async () => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    const calls = [scene.ask(1), scene.ask(1), scene.ask(1)].map((call) => call.catch((error: unknown) => error));
    await settle();
    const error = new DecodeError('no picture');
    paintings[0]!.fail(error);
    expect(await Promise.all(calls)).toEqual([error, error, error]);
    expect(paintings).toHaveLength(1);
    expect(cache.metrics()).toMatchObject({ failures: 1, entries: 0 });
  });

  test.each([['the first', 0], ['the last', 2]])('who gives up leaves the others alone: %s', async (_which, place) => {
    const scene = new Scene();
    const { paintings } = scene;
    const stops = [0, 1, 2].map(() => new AbortController());
    const calls = stops.map(({ signal }) => scene.ask(1, requestFor(1, signal)).catch((error: unknown) => error));
    await settle();
    stops[place]!.abort('enough');
    expect(await calls[place]).toBe('enough');
    expect(paintings[0]!.signal.aborted).toBe(false);
    paintings[0]!.finish({ result: pixels(1, 7) });
    const results = await Promise.all(calls);
    expect(results.filter((result) => result !== 'enough')).toEqual([{ result: pixels(1, 7) }, { result: pixels(1, 7) }]);
    expect(paintings).toHaveLength(1);
  });

  test('when all give up the painting is stopped, and the next call begins anew', async () => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    const stops = [new AbortController(), new AbortController()];
    const calls = stops.map(({ signal }) => scene.ask(1, requestFor(1, signal)).catch((error: unknown) => error));
    await settle();
    stops[0]!.abort('enough');
    await settle();
    expect(paintings[0]!.signal.aborted).toBe(false);
    stops[1]!.abort('too');
    expect(await Promise.all(calls)).toEqual(['enough', 'too']);
    expect(paintings[0]!.signal).toMatchObject({ aborted: true, reason: 'too' });
    const next = scene.ask(1);
    await settle();
    expect(paintings).toHaveLength(2);
    // What was stopped ends while its successor paints, which goes on and is still shared.
    paintings[0]!.fail(new DOMException('stopped', 'AbortError'));
    await settle();
    const last = scene.ask(1);
    await settle();
    expect(paintings).toHaveLength(2);
    paintings[1]!.finish({ result: pixels(1, 2) });
    expect(await Promise.all([next, last])).toEqual([{ result: pixels(1, 2) }, { result: pixels(1, 2) }]);
    expect(cache.metrics()).toMatchObject({ entries: 1, failures: 0 });
  });

  test.each([new DestroyedError('gone'), new DeviceLostError('gone'), new BudgetError('full'), new OutOfMemoryError('full'), new GpuError('refused')])('what befalls the pipeline that paints does not befall the others: $name', async (error) => {
    const scene = new Scene();
    const { paintings } = scene;
    const calls = [scene.ask(1), scene.ask(1), scene.ask(1)].map((call) => call.catch((failure: unknown) => failure));
    await settle();
    paintings[0]!.fail(error);
    await settle();
    expect(paintings).toHaveLength(2);
    paintings[1]!.finish({ result: pixels(1, 3) });
    expect(await Promise.all(calls)).toEqual([error, { result: pixels(1, 3) }, { result: pixels(1, 3) }]);
  });
});

describe('what is not what its key says is neither kept nor shared', () => {
  test('looks that were changed while they were painted', async () => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    const looks = new Map([['result', shift({ amount: 0.2 })]]);
    const request = { ...requestFor(1), looks };
    const [first, second] = [scene.ask(1, request), scene.ask(1, request)];
    await settle();
    // There and back again.
    looks.set('result', shift({ amount: 0.6 }));
    looks.set('result', shift({ amount: 0.2 }));
    paintings[0]!.finish({ result: pixels(1, 1) });
    expect(await first).toEqual({ result: pixels(1, 1) });
    await settle();
    expect(paintings).toHaveLength(2);
    paintings[1]!.finish({ result: pixels(1, 2) });
    expect(await second).toEqual({ result: pixels(1, 2) });
    expect(await scene.ask(1, request)).toEqual({ result: pixels(1, 2) });
    expect(cache.metrics()).toMatchObject({ entries: 1, misses: 2, shared: 1, hits: 1 });
  });

  test('pixels that were written to meanwhile', async () => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    const request = requestFor(1);
    const call = scene.ask(1, request);
    await settle();
    (request.source as Pixels).data[0] = 2;
    paintings[0]!.finish({ result: pixels(1, 1) });
    await call;
    expect(cache.metrics().entries).toBe(0);
  });
});

describe('failures', () => {
  test.each([new DecodeError('no picture'), new InputTooLargeError('too large')])('that the bytes are to blame for are kept for 30 s: $name', async (error) => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    const first = scene.ask(1).catch((failure: unknown) => failure);
    await settle();
    paintings[0]!.fail(error);
    expect(await first).toBe(error);
    await vi.advanceTimersByTimeAsync(29_999);
    await expect(scene.ask(1)).rejects.toBe(error);
    expect(cache.metrics()).toMatchObject({ failures: 1, failureHits: 1 });
    await vi.advanceTimersByTimeAsync(1);
    expect(cache.metrics().failures).toBe(0);
    void scene.ask(1);
    await settle();
    expect(paintings).toHaveLength(2);
  });

  test.each([new OutOfMemoryError('x'), new DeviceLostError('x'), new UnsupportedError('x'), new InputError('x'), new DOMException('x', 'AbortError'), new TypeError('x')])('of any other kind are not kept: $name', async (error) => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    const first = scene.ask(1).catch((failure: unknown) => failure);
    await settle();
    paintings[0]!.fail(error);
    expect(await first).toBe(error);
    expect(cache.metrics().failures).toBe(0);
  });

  test('of a file above the limits is told by its header: the rest is not read', async () => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    const source = new Blob([new Uint8Array(bomb.png(4096, 4096)), new Uint8Array(2 ** 20)]);
    const [whole, part] = [vi.spyOn(source, 'arrayBuffer'), vi.spyOn(source, 'slice')];
    const call = scene.ask(1, { ...requestFor(1), source, limits: { ...LIMITS, maxPixels: 10 } });
    await vi.waitFor(() => expect(paintings).toHaveLength(1));
    const error = new InputTooLargeError('too large');
    paintings[0]!.fail(error);
    await expect(call).rejects.toBe(error);
    expect(whole).not.toHaveBeenCalled();
    expect(part.mock.results.map(({ value }) => (value as Blob).size)).toEqual([2 ** 15]);
    expect(cache.metrics()).toMatchObject({ entries: 0, misses: 0 });
  });

  test('are 256 at most', async () => {
    const scene = new Scene();
    const { cache, paintings } = scene;
    for (let byte = 0; byte < 300; byte++) {
      const call = scene.ask(byte, { ...requestFor(0), source: pixels(byte + 1, 0) }).catch(() => {});
      await settle();
      paintings.at(-1)!.fail(new DecodeError('no picture'));
      await call;
    }
    expect(cache.metrics().failures).toBe(256);
  });
});

test('a result of more than a quarter of all bytes is given, but not kept', async () => {
  const scene = new Scene({ maxBytes: 32 });
  const { cache, paintings } = scene;
  for (const [byte, count] of [[1, 2], [2, 3]] as const) {
    const call = scene.ask(byte);
    await settle();
    paintings.at(-1)!.finish({ result: pixels(count, 0) });
    expect(await call).toEqual({ result: pixels(count, 0) });
  }
  expect(cache.metrics()).toMatchObject({ entries: 1, bytes: 8, refused: 1 });
});

test('clear() forgets results, failures and what is being painted; destroy() for good', async () => {
  const scene = new Scene();
  const { cache, paintings } = scene;
  const calls = [1, 2, 3].map((byte) => scene.ask(byte).catch(() => 'failed'));
  await settle();
  paintings[0]!.finish({ result: pixels(1, 1) });
  paintings[1]!.fail(new DecodeError('no picture'));
  await settle();
  expect(cache.metrics()).toMatchObject({ entries: 1, failures: 1 });
  cache.clear();
  paintings[2]!.finish({ result: pixels(1, 3) });
  expect(await Promise.all(calls)).toEqual([{ result: pixels(1, 1) }, 'failed', { result: pixels(1, 3) }]);
  expect(cache.metrics()).toMatchObject({ entries: 0, bytes: 0, failures: 0 });
  expect(vi.getTimerCount()).toBe(0);
  cache.destroy();
  cache.destroy();
  await expect(scene.ask(1)).rejects.toThrow(DestroyedError);
  expect(cache.metrics().misses).toBe(3);
});

test('options are checked', () => {
  for (const wrong of [{ maxBytes: 0 }, { maxEntries: -1 }, { maxAgeMs: NaN }, { maxBytes: '1' as never }]) expect(() => new ResultCache(wrong)).toThrow(ParameterError);
  expect(() => new ResultCache({ hash: 'md5' as never })).toThrow('ResultCache: hash is "md5", must be one of xxh64, sha-256');
  vi.stubGlobal('crypto', undefined);
  expect(() => new ResultCache({ hash: 'sha-256' })).toThrow(UnsupportedError);
  vi.unstubAllGlobals();
});

interface Caller {
  readonly byte: number;
  readonly stop: AbortController;
  /** Whether it is the one that paints for those who wait. */
  leads: boolean;
  outcome: unknown;
}

/** What the cache should do: callers wait for the painting of their byte, unless it is kept. */
interface Model {
  /** Of each byte that is being painted, who waits. */
  waiting: Map<number, Caller[]>;
  kept: Map<number, { readonly bytes: number; readonly expires: number }>;
  callers: Caller[];
  made: number;
  now: number;
}

type Step = fc.AsyncCommand<Model, Scene>;

const BOUNDS = { maxBytes: 64, maxEntries: 3, maxAgeMs: 1000 };

async function check({ kept, waiting, made }: Model, { cache, paintings }: Scene): Promise<void> {
  await settle();
  const { entries, bytes, misses } = cache.metrics();
  expect({ entries, bytes, misses, made: paintings.length }).toEqual({ entries: kept.size, bytes: [...kept.values()].reduce((sum, entry) => sum + entry.bytes, 0), misses: made, made });
  expect(bytes).toBeLessThanOrEqual(BOUNDS.maxBytes);
  expect(entries).toBeLessThanOrEqual(BOUNDS.maxEntries);
  const open = paintings.filter(({ signal }) => !signal.aborted).map(({ byte }) => byte);
  for (const byte of waiting.keys()) expect(open).toContain(byte);
}

const ask = (byte: number): Step => ({
  check: () => true,
  async run(model, real) {
    const caller: Caller = { byte, stop: new AbortController(), leads: false, outcome: undefined };
    real.ask(byte, requestFor(byte, caller.stop.signal)).then((result) => void (caller.outcome = result), (error: unknown) => void (caller.outcome = error));
    await settle();
    model.callers.push(caller);
    const entry = model.kept.get(byte);
    if (entry !== undefined) {
      model.kept.delete(byte);
      model.kept.set(byte, entry);
      expect(caller.outcome).toMatchObject({ result: { data: { length: entry.bytes } } });
    } else {
      caller.leads = !model.waiting.has(byte);
      if (caller.leads) model.made++;
      model.waiting.set(byte, [...(model.waiting.get(byte) ?? []), caller]);
      expect(caller.outcome).toBeUndefined();
    }
    await check(model, real);
  },
  toString: () => `ask(${byte})`,
});

const end = (byte: number, count: number): Step => ({
  check: ({ waiting }) => waiting.has(byte),
  async run(model, real) {
    const painting = real.paintings.findLast((candidate) => candidate.byte === byte)!;
    const error = new OutOfMemoryError('no room');
    if (count > 0) painting.finish({ result: pixels(count, byte) });
    else painting.fail(error);
    await settle();
    // A failure is its leader's; the next who waits tries for the others.
    const callers = model.waiting.get(byte) ?? [];
    const others = count > 0 ? [] : callers.filter(({ leads }) => !leads);
    for (const { outcome } of callers.filter((caller) => !others.includes(caller))) expect(outcome).toEqual(count > 0 ? { result: pixels(count, byte) } : error);
    for (const { outcome } of others) expect(outcome).toBeUndefined();
    model.waiting.delete(byte);
    if (others[0] !== undefined) {
      others[0].leads = true;
      model.waiting.set(byte, others);
      model.made++;
    }
    const bytes = 4 * count;
    if (count > 0 && bytes <= BOUNDS.maxBytes / 4) {
      const sum = (): number => [...model.kept.values()].reduce((total, entry) => total + entry.bytes, bytes);
      for (const key of model.kept.keys()) if (sum() > BOUNDS.maxBytes || model.kept.size >= BOUNDS.maxEntries) model.kept.delete(key);
      model.kept.set(byte, { bytes, expires: model.now + BOUNDS.maxAgeMs });
    }
    await check(model, real);
  },
  toString: () => (count > 0 ? `finish(${byte}, ${4 * count} bytes)` : `fail(${byte})`),
});

const giveUp = (choice: number): Step => ({
  check: ({ callers }) => callers.length > 0,
  async run(model, real) {
    const caller = model.callers[choice % model.callers.length]!;
    const waits = caller.outcome === undefined;
    caller.stop.abort('enough');
    await settle();
    if (waits) {
      expect(caller.outcome).toBe('enough');
      const others = (model.waiting.get(caller.byte) ?? []).filter((other) => other !== caller);
      if (others.length > 0) model.waiting.set(caller.byte, others);
      else model.waiting.delete(caller.byte);
      for (const { outcome } of others) expect(outcome).toBeUndefined();
    }
    await check(model, real);
  },
  toString: () => `giveUp(${choice})`,
});

const advance = (ms: number): Step => ({
  check: () => true,
  async run(model, real) {
    model.now += ms;
    for (const [key, { expires }] of model.kept) if (expires <= model.now) model.kept.delete(key);
    vi.advanceTimersByTime(ms);
    await check(model, real);
  },
  toString: () => `advance(${ms})`,
});

const clear = (): Step => ({
  // What is being painted then is not kept; the model is of what is.
  check: ({ waiting }) => waiting.size === 0,
  async run(model, real) {
    model.kept.clear();
    real.cache.clear();
    await check(model, real);
  },
  toString: () => 'clear()',
});

test('whoever asks, gives up, waits and in whatever order paintings end: one painting for equal calls, everybody gets it, and what is kept is bounded', async () => {
  const bytes = fc.integer({ min: 1, max: 5 });
  const steps = fc.commands(
    [bytes.map(ask), bytes.map(ask), fc.tuple(bytes, fc.integer({ min: 0, max: 5 })).map(([byte, count]) => end(byte, count)), fc.nat(50).map(giveUp), fc.constantFrom(1, 500, 1000).map(advance), fc.constant(clear())],
    { maxCommands: 40, size: 'max' },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (run) => {
      const real = new Scene(BOUNDS);
      await fc.asyncModelRun(() => ({ model: { waiting: new Map(), kept: new Map(), callers: [], made: 0, now: 0 }, real }), run);
      real.cache.destroy();
    }),
    { seed: 1, numRuns: 80 },
  );
});
