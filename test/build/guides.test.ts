import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test.for(readdirSync(join(root, 'guides')))('%s names only tests that there are', (page) => {
  const named = [...readFileSync(join(root, 'guides', page), 'utf8').matchAll(/`((?:test|src|bench)\/[^`]+)`/g)].map((match) => match[1] as string);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every promise of memory and faults names its test', () => {
  const rows = readFileSync(join(root, 'guides/memory-and-faults.md'), 'utf8').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Promise'));
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => !/\| [NCU] `test\//.test(row))).toEqual([]);
});
