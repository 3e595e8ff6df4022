import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { wgslPlugin } from '../../build/wgslPlugin.ts';

const ROOT: string = new URL('../..', import.meta.url).pathname;

/** How a process of its own ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Builds modules of `src/` as plain JavaScript, for tests that need a process of their own. The folder lies in `node_modules`, so that the built files find the packages; the caller removes it.
 *
 * @param modules - paths below `src/`, as `node/gpu.ts`; each becomes a file of its base name
 * @returns the folder, which holds `gpu.mjs` and the like
 * @example
 * ```ts
 * const folder = await buildModules(['node/gpu.ts']); // folder/gpu.mjs
 * ```
 */
export async function buildModules(modules: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(ROOT, 'node_modules', '.atelier-test-'));
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'silent',
    plugins: [wgslPlugin()],
    ssr: { external: true },
    build: { ssr: true, outDir: folder, emptyOutDir: false, rolldownOptions: { input: modules.map((path) => join(ROOT, 'src', path)), output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } } },
  });
  return folder;
}

/**
 * Runs a module in a Node process of its own, with nothing in its environment but what is given, and waits until it ends by itself. After 30 s it is killed, and `signal` says so.
 *
 * @param code - the text of the module
 * @example
 * ```ts
 * const { code, stdout } = await runNode('console.log(1)', { PATH: process.env.PATH });
 * ```
 */
export async function runNode(code: string, env: Readonly<Record<string, string | undefined>>): Promise<Ended> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { cwd: ROOT, env: env as NodeJS.ProcessEnv, timeout: 30_000, killSignal: 'SIGKILL' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ code: exitCode, signal, stdout, stderr }));
  });
}

/** Removes a folder that {@link buildModules} made. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
