// The command `atelier` without a build step: `npm run --silent paint -- photo.jpg`. Node 20 runs no TypeScript and knows no WGSL,
// so Vite bundles both into .cache/, again whenever a source changes; started from there the command is as quick as the published one.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache');
const OLD_MS = 24 * 3600 * 1000;

const folder = join(cache, `paint-${stateOfSources()}`);
if (!existsSync(folder)) await bundle();
// npm starts its scripts in the package's folder; names on the command line are relative to where the user stands.
if (process.env.npm_lifecycle_event === 'paint' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import(pathToFileURL(join(folder, 'atelier.js')).href);

function stateOfSources() {
  const hash = createHash('sha256');
  for (const part of ['src', 'shaders', 'build', 'package-lock.json']) {
    const files = part.includes('.') ? [''] : readdirSync(join(root, part), { recursive: true }).sort();
    for (const file of files) {
      // A file can go while we look.
      const stats = statSync(join(root, part, file), { throwIfNoEntry: false });
      hash.update(`${part}/${file} ${stats?.mtimeMs} ${stats?.size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function bundle() {
  const { build, runnerImport } = await import('vite');
  const options = { root, configFile: false, logLevel: 'error' };
  const { module } = await runnerImport(join(root, 'build/wgslPlugin.ts'), options);
  const unfinished = `${folder}.${process.pid}`;
  await build({ ...options, plugins: [module.wgslPlugin()], publicDir: false, ssr: { external: true }, build: { ssr: 'src/cli/atelier.ts', outDir: unfinished, target: 'node20' } });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was quicker.
    rmSync(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith('paint-'))) {
    if (Date.now() - statSync(join(cache, name)).mtimeMs > OLD_MS) rmSync(join(cache, name), { recursive: true, force: true });
  }
}
