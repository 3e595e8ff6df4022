import { describe, expect, vi } from 'vitest';
import { DestroyedError, InputError } from '../../src/core/errors.ts';
import type { Scope } from '../../src/studio/scope.ts';
import { shift } from '../support/effects.ts';
import { flat, texel } from '../support/pictures.ts';
import { makeStudio, test } from '../support/studioTest.ts';

const GREY = flat(6, 5, [100, 100, 100]);

/** Things of every kind that can be released, each of which notes its end. */
function things(ends: string[]): Record<string, object> {
  const note = (name: string) => (): void => void ends.push(name);
  return {
    closed: { close: note('close') },
    destroyed: { destroy: note('destroy'), close: note('wrong') },
    disposed: { [Symbol.dispose]: note('dispose'), destroy: note('wrong') },
    awaited: {
      async [Symbol.asyncDispose]() {
        await new Promise((resolve) => setImmediate(resolve));
        ends.push('asyncDispose');
      },
      [Symbol.dispose]: note('wrong'),
    },
  };
}

describe('a scope', () => {
  test('gives what its function returns and releases everything, the last first and one after the other', async ({ studio }) => {
    const ends: string[] = [];
    const painted = await studio.scope(async (scope) => {
      scope.defer(() => ends.push('defer'));
      for (const thing of Object.values(things(ends))) expect(scope.use(thing as Disposable)).toBe(thing);
      const look = scope.pipeline(shift({ amount: 0.1 }));
      const two = scope.pipeline({ a: shift(), b: shift({ amount: 0.2 }) });
      scope.defer(() => expect(() => look.estimate(8, 8)).not.toThrow());
      return [texel(await look.read(GREY), 0, 0)[0], texel((await two.read(GREY)).b, 0, 0)[0]];
    });
    expect(painted).toEqual([126, 151]);
    expect(ends).toEqual(['asyncDispose', 'dispose', 'destroy', 'close', 'defer']);
  });

  test('ends its pipelines, after the calls they have begun', async () => {
    const studio = await makeStudio();
    const left = await studio.scope((scope) => {
      const look = scope.pipeline(shift({ amount: 0.1 }));
      return { look, picture: look.read(GREY) };
    });
    expect(texel(await left.picture, 0, 0)[0]).toBe(126);
    await expect(left.look.read(GREY)).rejects.toThrow(DestroyedError);
    studio.trim();
    expect(studio.metrics().bytes).toMatchObject({ live: 0, pooled: 0, pending: 0, source: 0, output: 0, staging: 0 });
    studio.destroy();
  });

  test.for(['return', 'throw', 'reject', 'abort'] as const)('releases everything on %s', async (exit, { studio }) => {
    const ends: string[] = [];
    const fault = new Error('of the function');
    const controller = new AbortController();
    const outcome = studio.scope((scope) => {
      const look = scope.pipeline(shift());
      Object.values(things(ends)).forEach((thing) => scope.use(thing as Disposable));
      if (exit === 'throw') throw fault;
      if (exit === 'reject') return Promise.reject(fault);
      if (exit === 'return') return undefined;
      const reading = look.read(GREY, { signal: controller.signal });
      controller.abort(fault);
      return reading;
    });
    if (exit === 'return') expect(await outcome).toBe(undefined);
    else await expect(outcome).rejects.toBe(fault);
    expect(ends).toEqual(['asyncDispose', 'dispose', 'destroy', 'close']);
  });

  test('releases the rest where one release fails, and tells of all errors', async ({ studio }) => {
    const end = vi.fn();
    const faults = ['of the function', 'of the last', 'of the first'].map((text) => new Error(text));
    const failing = (fault: Error | undefined) => () => {
      if (fault !== undefined) throw fault;
    };
    const run = (own?: Error, last?: Error, first?: Error): Promise<unknown> =>
      studio.scope((scope) => {
        scope.defer(end);
        scope.defer(failing(first));
        scope.use({ close: async () => failing(last)() });
        failing(own)();
      });
    await expect(run(faults[0])).rejects.toBe(faults[0]);
    await expect(run(undefined, faults[1])).rejects.toBe(faults[1]);
    await expect(run(undefined, faults[1], faults[2])).rejects.toMatchObject({ errors: faults.slice(1), cause: faults[1] });
    await expect(run(faults[0], undefined, faults[2])).rejects.toMatchObject({ name: 'AggregateError', message: '2 errors in one scope, the first of them: Error: of the function', errors: [faults[0], faults[2]], cause: faults[0] });
    expect(end).toHaveBeenCalledTimes(4);
  });

  test('can be nested: the inner one ends first, and a fault in it can be caught between', async ({ studio }) => {
    const ends: string[] = [];
    await studio.scope(async (outer) => {
      outer.defer(() => ends.push('outer'));
      await studio
        .scope((inner) => {
          inner.defer(() => ends.push('inner'));
          throw new Error('of the inner');
        })
        .catch(() => ends.push('caught'));
    });
    expect(ends).toEqual(['inner', 'caught', 'outer']);
  });

  test('is of no use after its end, and takes nothing that it cannot release', async ({ studio }) => {
    let kept: Scope | undefined;
    await studio.scope((scope) => {
      kept = scope;
      expect(() => scope.use({} as Disposable)).toThrow('scope.use: [object Object] has none of Symbol.asyncDispose, Symbol.dispose, destroy() and close()');
      expect(() => scope.use(null as unknown as Disposable)).toThrow(InputError);
    });
    const close = vi.fn();
    expect(() => kept?.defer(() => {})).toThrow('the scope has ended');
    expect(() => kept?.use({ close })).toThrow(DestroyedError);
    const make = vi.spyOn(studio, 'pipeline');
    expect(() => kept?.pipeline(shift())).toThrow(DestroyedError);
    expect(make).not.toHaveBeenCalled();
    make.mockRestore();
    expect(close).not.toHaveBeenCalled();
    const other = await makeStudio();
    other.destroy();
    await expect(other.scope(() => 1)).rejects.toThrow('the studio was destroyed');
  });
});
