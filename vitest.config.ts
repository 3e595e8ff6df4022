import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { wgslPlugin } from './build/wgslPlugin.ts';

const config: ViteUserConfig = defineConfig({
  plugins: [wgslPlugin()],
  test: {
    // A GPU in software computes small pictures with one thread, so two files at a time take half the time; vitest itself would leave one of two cores idle.
    maxWorkers: 2,
    // Processes, because a GPU in software can take its process with it. Files share them: half of the time of a short file is the import of the library. So whatever a test changes in its process it puts back.
    pool: 'forks',
    isolate: false,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/{bench,build,io,cli,node,worker}/**/*.test.ts', 'test/{core,studio}/unit/**/*.test.ts'], testTimeout: 60_000 } },
      { extends: true, test: { name: 'gpu', include: ['test/{passes,effects,looks}/**/*.test.ts', 'test/{core,studio}/*.test.ts'], setupFiles: ['test/support/gpuSetup.ts'], execArgv: ['--expose-gc'], testTimeout: 240_000, hookTimeout: 60_000 } },
      { extends: true, test: { name: 'page', include: ['test/page/**/*.test.ts'], globalSetup: ['test/support/servePages.ts'], testTimeout: 300_000, hookTimeout: 300_000 } },
    ],
  },
});
export default config;
