import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { expect } from 'vitest';
import { shrinkSample, test as pageTest } from '../support/page.ts';

const configFile = join(import.meta.dirname, '../../examples/vite.config.ts');

/** The address of the built examples, in a folder of a site. */
const test = pageTest.extend('built', { scope: 'file' }, async ({}, { onCleanup }): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), 'atelier-examples-'));
  await build({ configFile, logLevel: 'warn', build: { outDir: join(outDir, 'some/folder') } });
  const server = await preview({ configFile, logLevel: 'warn', build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  onCleanup(async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  });
  return `http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}/some/folder/`;
});

test('the built gallery paints, wherever it lies', async ({ page, built }) => {
  await shrinkSample(page, 96);
  await page.goto(built);
  await Promise.all([page.waitForNavigation(), page.click('main a')]);
  await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent?.startsWith('Four artworks of still-life.jpg'), { polling: 100, timeout: 100_000 });
  expect(await page.$$eval('[data-work][data-state=painted]', (works) => works.length)).toBe(5);
});
