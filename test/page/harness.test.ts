import { expect } from 'vitest';
import { test } from '../support/page.ts';

test('opens', async ({ page, site }) => {
  await page.goto(site.url('test/page/fixture/index.html'));
  expect(await page.evaluate(() => typeof fixture.library.Studio)).toBe('function');
});
test('fails on page error', async ({ page, site }) => {
  await page.goto(site.url('test/page/fixture/index.html'));
  await page.evaluate(() => { console.error('boo'); });
});
test('fails on gpu error', async ({ page, site }) => {
  await page.goto(site.url('test/page/fixture/index.html'));
  await page.evaluate(async () => { const d = await (await navigator.gpu.requestAdapter())!.requestDevice(); d.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE }); await d.queue.onSubmittedWorkDone(); });
});
