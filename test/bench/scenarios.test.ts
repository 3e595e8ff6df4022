import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../bench/scenarios/index.ts';
import { effects, looks } from '../../src/all.ts';

const files = readdirSync(new URL('../../bench/scenarios', import.meta.url)).filter((file) => file !== 'index.ts');

test('each file is a scenario of its name', () => {
  expect(scenarios.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
});

describe.each(scenarios)('$name', ({ own, openCv }) => {
  test('names parameters that its effects have', () => {
    for (const { look } of own) {
      // A scenario may be there before its effect.
      const effect = [...effects, ...looks].find(({ name }) => name === look.effect);
      if (effect !== undefined) expect(Object.keys(effect.params)).toEqual(expect.arrayContaining(Object.keys(look.params ?? {})));
    }
  });

  test('has a reference, and rows with names of their own', () => {
    for (const { reference } of own) expect(openCv ?? reference).toBeDefined();
    expect(new Set(own.map(({ name }) => name)).size).toBe(own.length);
  });
});
