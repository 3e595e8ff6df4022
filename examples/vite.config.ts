import { join } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { examplesIn, examplePages } from '../build/examplePages.ts';
import { wgslPlugin } from '../build/wgslPlugin.ts';

const examples = import.meta.dirname;
const repository = join(examples, '..');

/** Serves and builds the examples: each at `/NAME/`, and a first page that lists them at `/`. */
const config: UserConfig = defineConfig({
  root: examples,
  // Relative addresses, so that the built pages can lie in any folder of a site.
  base: './',
  appType: 'mpa',
  publicDir: false,
  cacheDir: join(repository, '.cache/vite'),
  plugins: [wgslPlugin(), examplePages(examples)],
  resolve: {
    alias: [
      { find: /^atelier-gpu$/, replacement: join(repository, 'src/index.ts') },
      { find: /^atelier-gpu\/worker$/, replacement: join(repository, 'src/worker/index.ts') },
      { find: /^atelier-gpu\/(.+)$/, replacement: join(repository, 'src/$1.ts') },
    ],
  },
  // Named, so that the first visit does not find it late and reload the page.
  optimizeDeps: { include: ['wgpu-matrix', 'three/webgpu', 'pixi.js', 'mediabunny'] },
  worker: { format: 'es', plugins: () => [wgslPlugin()] },
  server: {
    // A number rather than `localhost`, which some machines take for ::1 alone.
    host: '127.0.0.1',
    fs: { allow: [repository] },
  },
  build: {
    target: 'es2022',
    outDir: join(repository, '.cache/examples'),
    emptyOutDir: true,
    // three.js alone is larger than what the bundler warns of.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: [join(examples, 'index.html'), ...examplesIn(examples).map(({ name }) => join(examples, name, 'index.html'))] },
  },
});
export default config;
