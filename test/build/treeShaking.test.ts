import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';
import { wgslPlugin } from '../../build/wgslPlugin.ts';

const root = join(import.meta.dirname, '../..');
const shaders = readdirSync(join(root, 'shaders/effects')).map((file) => `effects/${file.replace('.wgsl', '')}`);

/** Bundles an application of one line as its author would, and gives what it loads at first: what few need is loaded when they need it. */
async function bundle(source: string): Promise<string> {
  const entry = '\0application';
  const result = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [wgslPlugin(), { name: 'application', resolveId: (id) => (id === 'application' ? entry : undefined), load: (id) => (id === entry ? source.replace(/atelier-gpu(\/worker)?(?=')/, (_name, folder = '') => join(root, `src${folder}/index.ts`)) : undefined) }],
    build: { write: false, minify: true, rolldownOptions: { input: 'application' } },
  })) as Rollup.RolldownOutput;
  const chunks = new Map(result.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
  const first = new Set([...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const name of first) for (const imported of chunks.get(name)?.imports ?? []) first.add(imported);
  return [...first].map((name) => chunks.get(name)?.code ?? '').join('\n');
}

test('an application that imports one effect carries no other effect, its WGSL least of all', async () => {
  const code = await bundle("import { Studio, adjust } from 'atelier-gpu'; Studio.create().then((studio) => { globalThis.look = studio.pipeline(adjust()); });");
  expect(shaders.filter((label) => code.includes(`atelier-gpu ${label}`))).toEqual(['effects/adjust']);
  expect(code).not.toContain('domainTransform');
  // The tracer.
  expect(code).not.toContain('traceEvents');
  expect(gzipSync(code).length).toBeLessThan(50_000);
});

test('a page that has a worker paint carries no shader and no studio', async () => {
  const code = await bundle("import { WorkerPainter } from 'atelier-gpu/worker'; WorkerPainter.create(new Worker('painter.js', { type: 'module' }), { looks: { effect: 'oil' }, canvas: document.querySelector('canvas') });");
  expect(code).not.toMatch(/@compute|requestAdapter/);
  expect(gzipSync(code).length).toBeLessThan(6000);
});

test('an import alone does nothing and leaves nothing', async () => {
  expect((await bundle("import 'atelier-gpu';")).length).toBeLessThan(200);
});

test('importing the library touches no global of the browser, so servers can import it', async () => {
  expect(globalThis.navigator?.gpu).toBeUndefined();
  await expect(import('../../src/index.ts')).resolves.toHaveProperty('Studio');
});
