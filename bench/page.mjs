// What a frame of a camera costs in a browser, for each look: `npm run bench:page`, or `npm run bench:page -- oil ink --size 1280x720 --frames 30` for a part. See CONTRIBUTING.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, loadConfigFromFile, preview, runnerImport } from 'vite';

const root = join(import.meta.dirname, '..');
const { launchBrowser } = (await runnerImport(join(root, 'build/browser.ts'), { root, configFile: false, logLevel: 'error' })).module;
// What makes the library's names and shaders known is that of the examples.
const { config: { plugins, resolve } } = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(root, 'examples/vite.config.ts'), root, 'error', undefined, 'runner');

const { positionals: names, values } = parseArgs({ allowPositionals: true, options: { size: { type: 'string', default: '640x480' }, frames: { type: 'string', default: '20' } } });
const [width, height] = values.size.split('x').map(Number);
const frames = Number(values.frames);
if (![width, height, frames].every((number) => Number.isInteger(number) && number > 0)) throw new Error(`--size is ${values.size} and --frames ${values.frames}, must be WIDTHxHEIGHT and a whole number`);

const outDir = mkdtempSync(join(tmpdir(), 'atelier-bench-page-'));
const site = {
  root: join(root, 'bench/page'),
  configFile: false,
  logLevel: 'error',
  plugins,
  resolve,
  build: { outDir, emptyOutDir: true, target: 'es2022' },
  // A page that is isolated has a clock of microseconds.
  preview: { host: '127.0.0.1', port: 0, headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
};
let server;
let browser;
try {
  await build(site);
  server = await preview(site);
  browser = await launchBrowser({ fakeCamera: true });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
  await page.waitForFunction(() => globalThis.bench?.isolated === true);
  const all = await page.evaluate(() => globalThis.bench.looks);
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`there is no look ${unknown.join(', ')}; there are ${all.join(', ')}`);
  console.log(`${width}x${height}, ${frames} frames each, ms a frame: least, median\n${'look'.padEnd(14)}${'CPU'.padStart(14)}${'own'.padStart(14)}${'GPU'.padStart(18)}`);
  for (const name of [undefined, ...(names.length === 0 ? all : names)]) {
    const { cpu, own, gpu } = await page.evaluate((...given) => globalThis.bench.measure(...given), name, { width, height }, frames);
    console.log(`${(name ?? '(video alone)').padEnd(14)}${leastAndMedian(cpu, 2).padStart(14)}${leastAndMedian(own, 2).padStart(14)}${leastAndMedian(gpu, 1).padStart(18)}`);
  }
} finally {
  await browser?.close();
  await server?.close();
  rmSync(outDir, { recursive: true, force: true });
}

/** The least, which is what it takes where nothing disturbs it, and the median. */
function leastAndMedian(times, digits) {
  const sorted = times.toSorted((a, b) => a - b);
  return [sorted[0], sorted[sorted.length >> 1]].map((time) => time.toFixed(digits)).join('  ');
}
