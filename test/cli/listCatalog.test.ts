import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { effects, looks, presets } from '../../src/all.ts';
import { helpText } from '../../src/cli/helpText.ts';
import { describeRange } from '../../src/core/params.ts';
import { command } from '../support/command.ts';

test.each([['effects', effects], ['looks', looks]] as const)('the list of all %s is complete', async (folder, list) => {
  const files = (await readdir(new URL(`../../src/${folder}`, import.meta.url))).map((name) => name.replace('.ts', ''));
  expect(list.map(({ name }) => name).sort()).toEqual(files.sort());
});

test('--list has every effect and look with each parameter, its range and default, and every preset', async () => {
  const { code, stdout, stderr } = await command(['--list']);
  expect([code, stderr]).toEqual([0, '']);
  for (const { name, params } of [...effects, ...looks]) {
    const lines = (stdout.split(`\n  ${name}\n`)[1]?.split(/\n {2}\S/)[0] ?? '').split('\n');
    for (const [key, spec] of Object.entries(params)) {
      const line = lines.find((candidate) => candidate.startsWith(`    ${key} `)) ?? '';
      expect(line).toContain(`  ${describeRange(spec)}, default ${String(spec.default)}`);
    }
  }
  expect(stdout.split('\n  mask\n')[1]).toMatch(/^( {4}.*\n)* {4}input mask \(r\)\n {4}look look\n/);
  for (const [name, preset] of Object.entries(presets)) for (const output of Object.keys(preset)) expect(stdout.split(`\n  ${name}\n`)[1]).toContain(`    ${output} `);
});

test('--list --json is the tables', async () => {
  const { stdout } = await command(['--list', '--json']);
  const { looks: listed, effects: others, presets: named } = JSON.parse(stdout) as Record<'looks' | 'effects' | 'presets', unknown[]>;
  const plain = (list: typeof effects): unknown => JSON.parse(JSON.stringify(list.map(({ name, params, inputs }) => ({ name, params, inputs }))));
  expect(listed).toEqual(plain(looks));
  expect(others).toMatchObject(plain(effects) as object);
  expect(others).toContainEqual(expect.objectContaining({ name: 'blend', looks: ['below', 'above'] }));
  expect(named).toEqual(JSON.parse(JSON.stringify(presets)));
});

test('--help names every option, preset, look and effect, in lines that fit', async () => {
  const { code, stdout } = await command(['--help']);
  expect(code).toBe(0);
  for (const option of ['preset', 'look', 'effect', 'set', 'out', 'format', 'quality', 'max-size', 'json', 'list', 'help', 'version']) expect(stdout).toMatch(new RegExp(`^  --${option} `, 'm'));
  for (const name of [...effects.map((effect) => effect.name), ...looks.map((look) => look.name), ...Object.keys(presets)]) expect(stdout).toContain(name);
  expect(Math.max(...helpText({ effects, looks, presets }, '1.2.3').split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('--version', async () => expect((await command(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/));
