import { readdirSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'vite';
import { wgslPlugin } from './build/wgslPlugin.ts';

const painters = ['src/effects', 'src/looks'].flatMap((folder) => readdirSync(folder).map((file) => `${folder}/${file}`));

// The library as modules, one file out for one file in: consumers bundle and minify.
const config: UserConfig = defineConfig({
  plugins: [wgslPlugin()],
  publicDir: false,
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: { entry: ['src/index.ts', 'src/all.ts', 'src/node/index.ts', 'src/worker/index.ts', 'src/cli/atelier.ts', ...painters], formats: ['es'] },
    rolldownOptions: {
      external: [/^node:/, 'wgpu-matrix', 'webgpu', 'sharp', '@sparticuz/chromium'],
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
});
export default config;
