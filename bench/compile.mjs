import { join } from 'node:path';
import { build, runnerImport } from 'vite';

const root = join(import.meta.dirname, '..');
const options = { root, configFile: false, logLevel: 'error' };

/**
 * Compiles a script of this folder with all it imports of ours, shaders too, to `NAME.mjs`: what is timed is what a user's bundler makes.
 * Packages stay imports, except `packages`, which become part of it.
 */
export async function compile(entry, outDir, packages = []) {
  const { wgslPlugin } = (await runnerImport(join(root, 'build/wgslPlugin.ts'), options)).module;
  await build({
    ...options,
    plugins: [wgslPlugin()],
    publicDir: false,
    ssr: packages.length > 0 ? { noExternal: packages } : { external: true },
    build: {
      ssr: join(import.meta.dirname, entry),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' } },
    },
  });
}
