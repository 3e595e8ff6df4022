import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { effects } from '../../src/all.ts';

const root = join(import.meta.dirname, '../..');

test('the README and the changelog name every effect', () => {
  const names = effects.map(({ name }) => name).sort();
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect([...readme.matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1]).sort()).toEqual(names);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  expect(names.filter((name) => !changelog.includes(`\`${name}\``))).toEqual([]);
});
