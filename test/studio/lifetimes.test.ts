import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { DestroyedError } from '../../src/core/errors.ts';
import { ResultCache } from '../../src/studio/resultCache.ts';
import { shift } from '../support/effects.ts';
import { flat } from '../support/pictures.ts';
import { makeStudio, test } from '../support/studioTest.ts';

interface Mortal {
  destroy(): void;
  [Symbol.dispose](): void;
}

/** Makes one of each public class that can be destroyed. */
const SPECIMENS: Readonly<Record<string, () => Promise<Mortal>>> = {
  Studio: () => makeStudio(),
  ResultCache: async () => new ResultCache(),
  async Pipeline() {
    const studio = await makeStudio();
    const look = studio.pipeline(shift());
    await look.read(flat(4, 4, [1, 2, 3]));
    return look;
  },
};

/** What can still be called on something destroyed. */
const CALLABLE = ['constructor', 'destroy', 'metrics', 'leaks', 'addEventListener', 'removeEventListener'];
/** What is marked `@internal`, and may be called while the thing ends. */
const INTERNAL: Readonly<Record<string, readonly string[]>> = { Pipeline: ['finish', 'settled', 'trim'], ResultCache: ['resultOf'] };

const source = join(import.meta.dirname, '../../src');

/** The public classes that have `destroy()`, those too of which only the type is exported. */
async function mortalClasses(): Promise<[string, object][]> {
  const found = new Map<string, object>();
  for (const index of ['framework.ts', 'index.ts', 'node/index.ts']) {
    for (const [, names, path] of readFileSync(join(source, index), 'utf8').matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+\.ts)'/gm)) {
      const module = (await import(join(source, index, '..', path as string))) as Record<string, unknown>;
      for (const name of (names as string).split(',').map((text) => text.replace(/\btype\b/, '').trim())) {
        const value = module[name];
        if (typeof value === 'function' && typeof (value.prototype as Partial<Mortal> | undefined)?.destroy === 'function') found.set(name, value.prototype as object);
      }
    }
  }
  return [...found];
}

const classes = await mortalClasses();

test('every public class that can be destroyed is tested here', () => {
  expect(classes.map(([name]) => name).sort()).toEqual(Object.keys(SPECIMENS).sort());
});

test.for(classes)('%s: is a `using` resource, is destroyed once, and then every call says so', async ([name, prototype]) => {
  const thing = await (SPECIMENS[name] as () => Promise<Mortal>)();
  expect(typeof thing[Symbol.dispose]).toBe('function');
  thing[Symbol.dispose]();
  thing.destroy();
  thing[Symbol.dispose]();
  await (thing as unknown as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.();
  const methods = Object.getOwnPropertyNames(prototype).filter((method) => typeof Object.getOwnPropertyDescriptor(prototype, method)?.value === 'function');
  expect(methods).toContain('destroy');
  for (const method of methods.filter((known) => ![...CALLABLE, ...(INTERNAL[name] ?? [])].includes(known))) {
    const call = async (): Promise<unknown> => (thing as unknown as Record<string, (...args: object[]) => unknown>)[method]?.({}, thing, {});
    const error = await call().catch((reason: unknown) => reason);
    expect(error, method).toBeInstanceOf(DestroyedError);
    expect((error as Error).message, method).toMatch(new RegExp(`the ${name} .*was destroyed|the ${name} was destroyed`, 'i'));
  }
});

test('a destroyed pipeline is never ready', async () => {
  const studio = await makeStudio();
  const look = studio.pipeline(shift());
  look.destroy();
  await expect(look.ready).rejects.toThrow(DestroyedError);
  studio.destroy();
});

test('metrics can be read after the end', async () => {
  const studio = await makeStudio();
  studio.destroy();
  expect(studio.metrics().bytes.pooled).toBe(0);
});
