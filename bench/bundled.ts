// What `run.mjs` of the bundle is made of: it has no packages but those beside it, and writes where it is started.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pixels } from '../src/io/pixels.ts';
import { benchmark } from './benchmark.ts';

const code = await benchmark(process.argv.slice(2), {
  peers: join(import.meta.dirname, 'peers'),
  results: join(process.cwd(), 'results'),
  loadSample,
});
// Dawn's own threads would keep the process.
process.exit(code);

async function loadSample(): Promise<Pixels> {
  const { width, height } = JSON.parse(await readFile(join(import.meta.dirname, 'sample.json'), 'utf8')) as Pixels;
  return { data: new Uint8ClampedArray(await readFile(join(import.meta.dirname, 'sample.rgba'))), width, height };
}
