import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, mergeConfig, preview, type InlineConfig } from 'vite';
import type { TestProject } from 'vitest/node';
import examples from '../../examples/vite.config.ts';
import { findBrowser } from '../../build/browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The port of the built site; 0 where there is no browser to open it. */
    readonly sitePort: number;
  }
}

const repository = join(import.meta.dirname, '../..');
/** What pages ask for by its name. */
const FILES = ['samples/still-life.jpg', 'test/page/fixture/clip.webm'];
const PAGE = 'test/page/fixture/index.html';
const SCRIPT = 'test/page/fixture/film.ts';

/** Builds the examples, as their own build does, and the page of the tests, once for all files of tests; and serves them until the run ends. */
export default async function servePages(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if ('missing' in (await findBrowser({ install: false }))) return void project.provide('sitePort', 0);
  const outDir = await mkdtemp(join(tmpdir(), 'atelier-pages-'));
  const site: InlineConfig = mergeConfig(examples, {
    configFile: false,
    // Of the repository, so that the examples lie in a folder of the site, where they must work too.
    root: repository,
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: 0, cors: false },
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: [PAGE, SCRIPT].map((file) => join(repository, file)), output: { entryFileNames: 'assets/[name].js' } } },
  } satisfies InlineConfig);
  const make = async (): Promise<void> => {
    await build(site);
    for (const file of FILES) {
      await mkdir(dirname(join(outDir, file)), { recursive: true });
      await copyFile(join(repository, file), join(outDir, file));
    }
  };
  await make();
  project.onTestsRerun(make);
  const server = await preview(site);
  project.provide('sitePort', (server.httpServer.address() as AddressInfo).port);
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
