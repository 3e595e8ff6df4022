import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import sharp from 'sharp';
import { expect, inject, test as base } from 'vitest';
import { findBrowser, launchBrowser } from '../../build/browser.ts';

const repository = join(import.meta.dirname, '..', '..');
const found = await findBrowser({ install: false });

/** The built examples and the page of the tests, made once for all files (`servePages.ts`). */
const SITE = {
  /** The address of a page: an example as `/gallery/`, or a file of the repository as `test/page/fixture/index.html`. */
  url: addressAt('127.0.0.1'),
  /** The same page by another origin. */
  foreignUrl: addressAt('localhost'),
};
export type Site = typeof SITE;

function addressAt(host: string): (path: string) => string {
  return (path) => `http://${host}:${inject('sitePort')}/${path.startsWith('/') ? `examples${path}` : path}`;
}

/** Whatever a page complained about: errors on the console, uncaught ones, and GPU errors that nobody captured. */
export type Problems = string[];

const PAGE_TIMEOUT_MS = 280_000;
const UNCAPTURED = 'uncaptured GPU error';

/** Opens a page that notes what it complains about. */
export async function openPage(browser: Browser, problems: Problems): Promise<Page> {
  const page = await browser.newPage();
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
 * Vitest's `test` with the built site, a browser per file and a page per test. Where there is no browser the tests are skipped and say why.
 * After each test whatever its page complained about makes it fail; a test that expects complaints takes them out of `problems`.
 */
export const test = base
  .extend('site', { scope: 'file' }, async ({}): Promise<Site> => SITE)
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
