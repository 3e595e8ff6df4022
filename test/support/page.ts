import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import sharp from 'sharp';
import { createServer } from 'vite';
import { expect, test as base } from 'vitest';
import { findBrowser, launchBrowser } from '../../build/browser.ts';

const repository = join(import.meta.dirname, '..', '..');
const found = await findBrowser({ install: false });

/** The dev server of the examples, which also serves the repository's other files. */
export interface Site {
  /** The address of a page: an example as `/gallery/`, or a file of the repository as `test/page/fixture/index.html`. */
  url(path: string): string;
  /** The same page by another origin. */
  foreignUrl(path: string): string;
}

async function openSite(): Promise<Site & { close(): Promise<void> }> {
  const server = await createServer({
    configFile: join(repository, 'examples', 'vite.config.ts'),
    logLevel: 'warn',
    // Any free port; and no reloads while somebody edits.
    server: { port: 0, hmr: false, watch: null, cors: false },
  });
  await server.listen();
  const { port } = server.httpServer!.address() as AddressInfo;
  const at = (host: string) => (path: string) => `http://${host}:${port}${path.startsWith('/') ? path : `/@fs${join(repository, path)}`}`;
  return { url: at('127.0.0.1'), foreignUrl: at('localhost'), close: () => server.close() };
}

/** Whatever a page complained about: errors on the console, uncaught ones, and GPU errors that nobody captured. */
export type Problems = string[];

const PAGE_TIMEOUT_MS = 280_000;
const UNCAPTURED = 'uncaptured GPU error';

/** Opens a page that notes what it complains about. */
export async function openPage(browser: Browser, problems: Problems): Promise<Page> {
  const page = await browser.newPage();
  // On a busy machine the first request for a page waits until the server has made its modules.
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes(UNCAPTURED)) problems.push(`${message.text()} (${message.location().url ?? ''})`);
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.evaluateOnNewDocument((label) => {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor?: GPUDeviceDescriptor): Promise<GPUDevice> {
      const device = await requestDevice.call(this, descriptor);
      device.addEventListener('uncapturederror', (event) => console.error(`${label}: ${event.error.message}`));
      return device;
    };
  }, UNCAPTURED);
  return page;
}

/**
 * Vitest's `test` with a dev server and a browser per file and a page per test. Where there is no browser the tests are skipped and say why.
 * After each test whatever its page complained about makes it fail; a test that expects complaints takes them out of `problems`.
 */
export const test = base
  .extend('site', { scope: 'file' }, async ({}, { onCleanup }): Promise<Site> => {
    const site = await openSite();
    onCleanup(() => site.close());
    return site;
  })
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser | undefined> => {
    if ('missing' in found) return undefined;
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('problems', async ({}, { onCleanup }): Promise<Problems> => {
    const problems: Problems = [];
    onCleanup(() => expect(problems).toEqual([]));
    return problems;
  })
  .extend('page', async ({ browser, problems, skip }, { onCleanup }): Promise<Page> => {
    if (browser === undefined) return skip('missing' in found ? found.missing : 'there is no browser');
    const page = await openPage(browser, problems);
    onCleanup(async () => {
      // An answer from the page comes after everything it said before.
      await page.evaluate(() => {}).catch(() => {});
      await page.close();
    });
    return page;
  });

/** Answers requests for the sample picture with one of another width, so that a software GPU is not kept waiting. */
export async function shrinkSample(page: Page, width: number): Promise<void> {
  const body = await sharp(join(repository, 'samples/still-life.jpg')).resize(width).jpeg().toBuffer();
  await page.setRequestInterception(true);
  page.on('request', (request) => void (/still-life[^/]*\.jpg$/.test(request.url()) ? request.respond({ contentType: 'image/jpeg', body }) : request.continue()));
}
