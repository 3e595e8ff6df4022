// The command `atelier` without a build step: `npm run --silent paint -- photo.jpg`. Node 20 runs no TypeScript and knows no WGSL, so Vite loads both.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
// npm starts its scripts in the package's folder; names on the command line are relative to where the user stands.
if (process.env.npm_lifecycle_event === 'paint' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

const options = { root, logLevel: 'silent' };
const { module } = await runnerImport(`${root}build/wgslPlugin.ts`, options);
// The command runs while its module is evaluated, and this waits for its end.
await runnerImport(`${root}src/cli/atelier.ts`, { ...options, plugins: [module.wgslPlugin()] });
