import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { ASYNC_DISPOSE, DISPOSE, makeDisposable, releaseOf } from '../../../src/core/disposal.ts';

const file = new URL('../../../src/core/disposal.ts', import.meta.url);

/** The module as a runtime without the symbols of `using` sees it. */
function withoutSymbols(): typeof import('../../../src/core/disposal.ts') {
  const code = ts.transpile(readFileSync(file, 'utf8'), { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS });
  const exports = {};
  new Function('exports', 'Symbol', code)(exports, { for: Symbol.for });
  return exports as typeof import('../../../src/core/disposal.ts');
}

class Thing {
  ends = 0;
  destroy(): void {
    this.ends++;
  }
}

test('a class becomes a `using` resource by the symbols there are', async () => {
  class Mortal extends Thing {}
  makeDisposable(Mortal.prototype, async (thing) => thing.destroy());
  const thing = new Mortal() as Mortal & Disposable & AsyncDisposable;
  thing[Symbol.dispose]();
  await thing[Symbol.asyncDispose]();
  expect([DISPOSE, ASYNC_DISPOSE]).toEqual([Symbol.dispose, Symbol.asyncDispose]);
  expect(thing.ends).toBe(2);
  expect(Object.keys(Mortal.prototype)).toEqual([]);
});

test('where there are none, by those that compilers put in their place', async () => {
  const old = withoutSymbols();
  class Mortal extends Thing {}
  old.makeDisposable(Mortal.prototype, async (thing) => thing.destroy());
  const thing = new Mortal() as Mortal & Record<symbol, () => unknown>;
  thing[Symbol.for('Symbol.dispose')]?.();
  await thing[Symbol.for('Symbol.asyncDispose')]?.();
  expect(thing.ends).toBe(2);
  expect('undefined' in thing).toBe(false);
  expect(old.releaseOf({ [Symbol.for('Symbol.dispose')]: () => 'released' })?.()).toBe('released');
});

test('what needs no release that we know of has none', () => {
  for (const thing of [undefined, null, 3, 'text', {}, { close: true }, new Uint8Array(2)]) expect(releaseOf(thing)).toBe(undefined);
});
