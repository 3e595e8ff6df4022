// Renders samples/still-life.jpg: `node build/sample/make.mjs`, from anywhere.
// Bundles make.ts first, because Node 20 runs no TypeScript, and because one file can then be its own worker.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: { ssr: 'build/sample/make.ts', outDir: '.cache/sample', target: 'node20' },
});
await import(new URL('../../.cache/sample/make.js', import.meta.url).href);
