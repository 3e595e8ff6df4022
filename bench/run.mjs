// Runs the benchmarks: `npm run bench` all of them, `npm run bench -- kuwahara` those whose file name starts with a name given.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runnerImport } from 'vite';

const SUFFIX = '.bench.ts';
const root = join(import.meta.dirname, '..');
const names = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length)).sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.some((known) => known.startsWith(name)));
if (unknown.length > 0) {
  console.error(`bench: there is no benchmark ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(2);
}

const { wgslPlugin } = (await runnerImport(join(root, 'build/wgslPlugin.ts'), { root, configFile: false })).module;
const config = { root, configFile: false, logLevel: 'error', plugins: [wgslPlugin()] };
for (const name of names) {
  if (wanted.length > 0 && !wanted.some((start) => name.startsWith(start))) continue;
  console.log(`\n${name}`);
  // A benchmark is a script: it has run when its import is done.
  await runnerImport(join(import.meta.dirname, name + SUFFIX), config);
}
// Dawn's own threads would keep the process.
process.exit(0);
