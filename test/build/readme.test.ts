import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { effects, looks } from '../../src/all.ts';
import * as exported from '../../src/index.ts';

const root = join(import.meta.dirname, '../..');

test.each([['Looks', looks], ['Effects', effects]] as const)('the README and the changelog name all of these: %s', (title, list) => {
  const names = list.map(({ name }) => name).sort();
  const section = readFileSync(join(root, 'README.md'), 'utf8').split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  expect([...section.matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1]).sort()).toEqual(names);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  expect(names.filter((name) => !changelog.includes(`\`${name}\``))).toEqual([]);
});

test('each effect and look that lists have can be imported by its name', () => {
  for (const effect of [...effects, ...looks]) expect((exported as Readonly<Record<string, unknown>>)[effect.name], effect.name).toBe(effect);
});
