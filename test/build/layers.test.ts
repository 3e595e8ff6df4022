import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../src');

/** What each folder may import beside itself. Order of the layers: core, passes, effects, looks, studio, and what uses it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  io: ['core'],
  passes: ['core'],
  effects: ['core', 'passes'],
  looks: ['core', 'passes', 'effects'],
  studio: ['core', 'io', 'passes', 'effects', 'looks'],
  node: ['core', 'io', 'studio'],
  worker: ['core', 'io', 'studio'],
  cli: ['core', 'io', 'studio', 'node', 'all.ts'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function imports(): Import[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    return [...source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
      .map((match) => relative(root, join(root, dirname(file), match[1] as string)))
      .filter((to) => !to.startsWith('..'))
      .map((to) => ({ from: file.split(sep).join('/'), to: to.split(sep).join('/') }));
  });
}

const layerOf = (file: string): string => file.split('/')[0] as string;

test('imports point downward only', () => {
  const wrong = imports().filter(({ from, to }) => {
    const allowed = MAY_IMPORT[layerOf(from)];
    return from.includes('/') && layerOf(from) !== layerOf(to) && !(allowed ?? []).includes(layerOf(to));
  });
  expect(wrong).toEqual([]);
});

test('no effect imports another effect, no look another look', () => {
  expect(imports().filter(({ from, to }) => ['effects', 'looks'].includes(layerOf(from)) && layerOf(from) === layerOf(to))).toEqual([]);
});

test('no cycle runs through values; types may know each other inside a layer', () => {
  const edges = new Map<string, string[]>();
  for (const file of new Set(imports().map(({ from }) => from))) {
    const source = readFileSync(join(root, file), 'utf8');
    const values = [...source.matchAll(/^import (?!type )[^;]*?from '(\.[^']+)'/gm)]
      .filter((match) => !/^import \{(\s*type [^,}]+,?)+\s*\}/.test(match[0]))
      .map((match) => relative(root, join(root, dirname(file), match[1] as string)));
    edges.set(file, values);
  }
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    expect(path, `a cycle: ${[...path, file].join(' -> ')}`).not.toContain(file);
    if (done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
});
