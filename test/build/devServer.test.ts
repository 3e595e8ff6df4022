import type { AddressInfo } from 'node:net';
import { createServer } from 'vite';
import { expect, test } from 'vitest';
import { examplesIn } from '../../build/examplePages.ts';
import config from '../../examples/vite.config.ts';

test('the dev server gives the first page, every example and what their pages load', async ({ onTestFinished }) => {
  // Without bundling packages first, which takes longer than all the rest.
  const server = await createServer({ ...config, configFile: false, logLevel: 'error', optimizeDeps: { noDiscovery: true }, server: { ...config.server, port: 0, hmr: false, watch: null } });
  onTestFinished(() => server.close());
  await server.listen();
  const first = `http://127.0.0.1:${(server.httpServer!.address() as AddressInfo).port}/`;
  const get = async (address: URL | string): Promise<string> => {
    const answer = await fetch(address);
    expect(answer.status, String(address)).toBe(200);
    return answer.text();
  };
  const links = [...(await get(first)).matchAll(/<a href="([^"]+)"/g)].map((match) => match[1] as string);
  expect(links).toEqual(examplesIn(config.root as string).map(({ name }) => `./${name}/`));
  for (const link of links) {
    const page = new URL(link, first);
    const html = await get(page);
    expect(html, link).toMatch(/<title>Atelier: .+<\/title>/);
    const loaded = [...html.matchAll(/(?:src|href)="(\.[^"]+\.(?:ts|css))"/g)].map((match) => match[1] as string);
    expect(loaded.filter((path) => path.endsWith('.ts')), link).not.toEqual([]);
    for (const path of loaded) await get(new URL(path, page));
  }
});
