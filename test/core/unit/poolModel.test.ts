import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { LeaseError } from '../../../src/core/errors.ts';
import { MemoryAccount } from '../../../src/core/memoryAccount.ts';
import { Pool, type Lease, type Pooled } from '../../../src/core/pool.ts';

const BUDGET = 400;
const MOST_LEASED = 12;
const LIMITS = { maxAgeFrames: 5, maxAgeMs: 1000 };

/** What a lease has been through, as its holder knows it. */
interface Held {
  readonly lease: Lease<Pooled>;
  state: 'live' | 'pending' | 'given back';
}

/** What the pool should know: leases, and when what they were for was last used. */
interface Model {
  readonly held: Held[];
  readonly lastUse: Map<Pooled, number>;
}

/** A pool, what is alive of what it made, and another pool whose leases it must refuse. */
class Real {
  readonly account = new MemoryAccount(BUDGET);
  readonly alive = new Set<Pooled>();
  readonly pool: Pool<number, Pooled> = poolOf(this.account, this.alive);
  readonly foreign: Pool<number, Pooled> = poolOf(new MemoryAccount(BUDGET), new Set());
}

function poolOf(account: MemoryAccount, alive: Set<Pooled>): Pool<number, Pooled> {
  const create = (bytes: number, id: number): Pooled => {
    const thing = { id, bytes, label: `thing ${bytes}` };
    alive.add(thing);
    return thing;
  };
  return new Pool({ name: 'pool', keyOf: String, familyOf: () => 'all', bytesOf: (bytes) => bytes, create, destroy: (thing) => void alive.delete(thing) }, account, LIMITS);
}

type Command = fc.Command<Model, Real>;

function bytesOf(things: Iterable<Pooled>): number {
  return [...things].reduce((sum, { bytes }) => sum + bytes, 0);
}

/** After each command: the books are right, and nothing is leased twice. */
function check({ held }: Model, { account, alive }: Real): void {
  const resources = (state: Held['state']): Pooled[] => held.filter((item) => item.state === state).map(({ lease }) => lease.resource);
  expect([account.leased.slots, account.pending]).toEqual([bytesOf(resources('live')), bytesOf(resources('pending'))]);
  expect(account.held + account.pooled).toBe(bytesOf(alive));
  expect(account.held + account.pooled).toBeLessThanOrEqual(BUDGET);
  const leased = [...resources('live'), ...resources('pending')];
  expect(new Set(leased).size).toBe(leased.length);
  for (const thing of leased) expect(alive.has(thing)).toBe(true);
}

function command(name: string, can: (model: Model) => boolean, act: (model: Model, real: Real) => void): Command {
  return {
    check: can,
    run(model, real) {
      act(model, real);
      check(model, real);
    },
    toString: () => name,
  };
}

const leasedOf = (model: Model): Held[] => model.held.filter(({ state }) => state !== 'given back');
const nth = (model: Model, n: number): Held => model.held[n % model.held.length] as Held;
const some = (model: Model): boolean => model.held.length > 0;

/** Does what the state of the lease allows; whatever else is asked is a LeaseError that changes nothing. */
function end(method: 'retire' | 'free' | 'release', n: number): Command {
  const needs = method === 'free' ? 'pending' : 'live';
  return command(`${method} ${n}`, some, (model, { pool }) => {
    const held = nth(model, n);
    if (held.state !== needs) return expect(() => pool[method](held.lease)).toThrow(LeaseError);
    pool[method](held.lease);
    held.state = method === 'retire' ? 'pending' : 'given back';
    model.lastUse.set(held.lease.resource, performance.now());
  });
}

const commands = [
  fc.constantFrom(10, 20, 30).map((bytes) => command(`acquire ${bytes}`, (model) => leasedOf(model).length < MOST_LEASED, (model, { pool }) => void model.held.push({ lease: pool.acquire(bytes, 'slots'), state: 'live' }))),
  fc.tuple(fc.constantFrom('retire' as const, 'free' as const, 'release' as const), fc.nat(40)).map(([method, n]) => end(method, n)),
  fc.nat(40).map((n) => command(`give ${n} to another pool`, some, (model, { foreign }) => void expect(() => foreign.release(nth(model, n).lease)).toThrow(LeaseError))),
  fc.constant(command('end a frame', () => true, (_model, { pool }) => pool.endFrame())),
  fc.nat(600).map((ms) => command(`wait ${ms} ms`, () => true, (_model, { pool }) => {
    vi.advanceTimersByTime(ms);
    pool.evictIdle(performance.now());
  })),
  fc.nat(300).map((ms) => command(`trim what was not used for ${ms} ms`, () => true, ({ held, lastUse }, { pool, alive }) => {
    const leased = new Set(held.filter(({ state }) => state !== 'given back').map(({ lease }) => lease.resource));
    const before = performance.now() - ms;
    const old = [...alive].filter((thing) => !leased.has(thing) && (lastUse.get(thing) as number) < before);
    expect(pool.trim(before)).toBe(bytesOf(old));
    for (const thing of old) expect(alive.has(thing)).toBe(false);
  })),
  fc.constant(command('trim everything', () => true, (_model, { pool, account }) => {
    pool.trim();
    expect(account.pooled).toBe(0);
  })),
];

test('whatever is done with a pool in whatever order: the books are right, nothing is leased twice, and a wrong lease is an error that changes nothing', () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: 60, size: 'max' }), (run) => {
      fc.modelRun(() => ({ model: { held: [], lastUse: new Map() }, real: new Real() }), run);
    }),
    { seed: 7, numRuns: 100 },
  );
  vi.useRealTimers();
});
