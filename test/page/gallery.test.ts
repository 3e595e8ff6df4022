import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { effects, looks } from '../../src/all.ts';
import { mirrored, scene } from '../support/pictures.ts';
import { openPage, shrinkSample, test as pageTest, type Problems } from '../support/page.ts';

const ARTWORKS = ['sketch', 'pencil', 'oil', 'watercolor'];
const DESKTOP = { width: 1440, height: 900 };
const DONE = /^Four artworks of /;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-gallery-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The gallery with its sample painted. One visit serves all tests, which come in the order in which they leave something behind, because every visit compiles all kernels. */
const test = pageTest
  .extend('visit', { scope: 'file' }, async ({ browser, site }, { onCleanup }): Promise<{ readonly page: Page; readonly problems: Problems } | undefined> => {
    if (browser === undefined) return undefined;
    const problems: Problems = [];
    const page = await openPage(browser, problems);
    onCleanup(() => page.close());
    await page.setViewport(DESKTOP);
    await shrinkSample(page, 96);
    await page.goto(site.url('/gallery/'));
    await statusIs(page, DONE);
    return { page, problems };
  })
  .extend('gallery', async ({ visit, skip }, { onCleanup }): Promise<Page> => {
    if (visit === undefined) return skip('there is no browser');
    const { page, problems } = visit;
    onCleanup(async () => {
      await page.evaluate(() => {});
      expect(problems.splice(0)).toEqual([]);
    });
    await page.bringToFront();
    await page.setViewport(DESKTOP);
    await page.emulateMediaFeatures([]);
    return page;
  });

async function statusIs(page: Page, pattern: RegExp): Promise<string> {
  await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('[role=status]')?.textContent ?? ''), { polling: 50, timeout: 280_000 }, pattern.source);
  return textOf(page, '[role=status]');
}

function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (element) => (element as HTMLElement).innerText);
}

async function pictureFile(name: string, picture = scene(60, 40)): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, encode({ ...picture, data: new Uint8Array(picture.data), channels: 4 }));
  return path;
}

async function choose(page: Page, path: string): Promise<void> {
  const input = await page.$('input[type=file]');
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path);
}

/** The PNG files behind the download links, decoded. */
async function downloads(page: Page): Promise<{ readonly name: string; readonly width: number; readonly height: number; readonly data: Uint8Array }[]> {
  const files = await page.$$eval('[data-download]', (links) =>
    Promise.all(
      (links as HTMLAnchorElement[]).map(async (link) => {
        const bytes = new Uint8Array(await (await fetch(link.href)).arrayBuffer());
        return { name: link.download, base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
      }),
    ),
  );
  return files.map(({ name, base64 }) => {
    const { width, height, data } = decode(Buffer.from(base64, 'base64'));
    return { name, width, height, data: new Uint8Array(data) };
  });
}

/** How much the bytes of a picture vary; 0 for a blank one. */
function variance(data: ArrayLike<number>): number {
  const values = Array.from(data);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** What the visitor sees of one picture, without its frame. */
async function seen(page: Page, name: string): Promise<Uint8Array> {
  const canvas = await page.$(`[data-work=${name}] canvas`);
  return new Uint8Array(decode(await (canvas as NonNullable<typeof canvas>).screenshot()).data);
}

describe('the gallery', () => {
  test('offers each artwork as a PNG file', async ({ gallery }) => {
    const files = await downloads(gallery);
    expect(files.map(({ name }) => name)).toEqual(ARTWORKS.map((name) => `still-life.${name}.png`));
    for (const { width, height, data } of files) {
      expect([width, height]).toEqual([96, 64]);
      expect(variance(data)).toBeGreaterThan(50);
    }
    expect(new Set(files.map(({ data }) => data.join())).size).toBe(4);
  });

  test('has a name for everything a screen reader stops at', async ({ gallery }) => {
    const tree = await gallery.accessibility.snapshot({ interestingOnly: true });
    const nameless: string[] = [];
    const roles: Record<string, number> = {};
    const visit = ({ role, name, children = [] }: NonNullable<typeof tree>): void => {
      roles[role] = (roles[role] ?? 0) + 1;
      if (['button', 'link', 'radio', 'figure', 'img', 'image', 'slider', 'combobox', 'list'].includes(role) && !name) nameless.push(role);
      children.forEach(visit);
    };
    visit(tree as NonNullable<typeof tree>);
    expect(nameless).toEqual([]);
    expect(roles).toMatchObject({ radio: 2, link: 5 });
  });

  test('is usable with the keyboard alone', async ({ gallery }) => {
    const stops: string[] = [];
    for (let i = 0; i < 14; i++) {
      await gallery.keyboard.press('Tab');
      stops.push(
        await gallery.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          const shown = element.id === 'file' ? (document.querySelector('#drop') as HTMLElement) : ((element.matches('[name=preset]') ? element.nextElementSibling : element) as HTMLElement);
          return `${element.closest<HTMLElement>('[data-work]')?.dataset['work'] ?? ''} ${element.id || element.className || element.tagName} ${getComputedStyle(shown).outlineStyle}`.trim();
        }),
      );
    }
    for (const wanted of ['A solid', 'INPUT solid', 'photograph frame solid', 'file solid', 'together solid', ...ARTWORKS.flatMap((name) => [`${name} frame solid`, `${name} A solid`])]) expect(stops).toContain(wanted);

    await gallery.focus('[data-work=oil] .frame');
    await gallery.keyboard.press('Enter');
    await gallery.waitForSelector('dialog[open]');
    expect(await textOf(gallery, '#large-title')).toBe('Oil');
    await gallery.waitForFunction(() => document.querySelector<HTMLImageElement>('#large-picture')?.naturalWidth === 96, { polling: 50 });
    const titles: string[] = [];
    for (let i = 0; i < 5; i++) {
      await gallery.keyboard.press('ArrowRight');
      titles.push(await textOf(gallery, '#large-title'));
    }
    expect(titles).toEqual(['Watercolour', 'Photograph', 'Sketch', 'Pencil', 'Oil']);
    await gallery.keyboard.press('ArrowLeft');
    expect(await textOf(gallery, '#large-title')).toBe('Pencil');
    await gallery.keyboard.press('Escape');
    await gallery.waitForFunction(() => document.activeElement?.closest<HTMLElement>('[data-work]')?.dataset['work'] === 'pencil', { polling: 50 });
    expect(await gallery.$('dialog[open]')).toBeNull();
  });

  test('paints all four at once to the same bytes, the second time without a new GPU object', async ({ gallery }) => {
    const apart = await downloads(gallery);
    for (const round of [1, 2]) {
      await gallery.click('#together');
      await statusIs(gallery, /painted at once in/);
      await gallery.waitForSelector('#together:not(:disabled)');
      if (round === 1) await gallery.evaluate(() => ((document.querySelector('[role=status]') as HTMLElement).textContent = ''));
    }
    await gallery.waitForFunction(() => document.querySelector('#objects')?.textContent?.endsWith(' 0 by the last painting'), { polling: 100, timeout: 60_000 });
    expect((await downloads(gallery)).map(({ data }) => data)).toEqual(apart.map(({ data }) => data));
  });

  test('has a tile for each look and effect, and paints those that come into view', async ({ gallery }) => {
    await gallery.waitForSelector('.tile');
    const names = [...looks, ...effects.filter((effect) => effect.looks.length === 0)].map(({ name }) => name);
    expect(await gallery.$$eval('.tile', (tiles) => tiles.map((tile) => (tile as HTMLElement).dataset['effect']))).toEqual(names);
    expect(await gallery.$('[data-effect=adjust][data-state=painted]')).toBeNull();
    await gallery.setViewport({ width: 1440, height: 320 });
    await gallery.$eval('[data-effect=adjust]', (tile) => tile.scrollIntoView({ block: 'end' }));
    await gallery.waitForSelector('[data-effect=adjust][data-state=painted]');
    expect(await textOf(gallery, '[data-effect=adjust]')).toMatch(/^Adjust\s+[\d.,]+ m?s$/);
    expect(await gallery.$('[data-effect=pencilDodge][data-state=painted]')).toBeNull();
    expect(await gallery.$eval('[data-effect=adjust] canvas', (canvas) => (canvas as HTMLCanvasElement).width)).toBe(96);
  });

  test('fits a phone without scrolling sideways, in one column', async ({ gallery }) => {
    await gallery.setViewport({ width: 390, height: 844, deviceScaleFactor: 2 });
    const { scroll, lefts, widths } = await gallery.evaluate(() => {
      const boxes = [...document.querySelectorAll('.frame')].map((frame) => frame.getBoundingClientRect());
      return { scroll: document.documentElement.scrollWidth, lefts: new Set(boxes.map(({ left }) => Math.round(left))).size, widths: boxes.map(({ width }) => width) };
    });
    expect(scroll).toBeLessThanOrEqual(390);
    expect(lefts).toBe(1);
    expect(Math.min(...widths)).toBeGreaterThan(300);
  });

  test('moves nothing where the visitor wants less motion', async ({ gallery }) => {
    const durations = (): Promise<string[]> => gallery.$$eval('.picture, .frame, .button, .large', (elements) => [...new Set(elements.flatMap((element) => getComputedStyle(element).transitionDuration.split(', ')))]);
    expect(await durations()).toContain('0.7s');
    await gallery.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    expect(await durations()).toEqual(['0s']);
  });

  test('opens a tile with controls from its table, and goes back where it came from', async ({ gallery }) => {
    await gallery.waitForSelector('[data-effect=adjust]');
    const facts = (pattern: string): Promise<unknown> => gallery.waitForFunction((source) => new RegExp(source).test(document.querySelector('#bench-facts')?.textContent ?? ''), { polling: 50 }, pattern);
    const red = (): Promise<number> => gallery.$eval('#bench canvas', (canvas) => (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(20, 20, 1, 1).data[0] as number);
    await gallery.focus('[data-effect=adjust]');
    await gallery.keyboard.press('Enter');
    await facts('^96 × 64, ');
    expect(await gallery.$$eval('#bench-params label', (rows) => rows.map((row) => (row as HTMLElement).innerText.replace(/\s+/g, ' ')))).toEqual(['Brightness 0', 'Contrast 1', 'Saturation 1', 'Hue 0°']);
    const before = await red();
    await gallery.focus('#bench-params input');
    await gallery.keyboard.press('End');
    await gallery.waitForFunction(() => (document.querySelector('#bench canvas') as HTMLCanvasElement).getContext('2d')?.getImageData(20, 20, 1, 1).data[0] === 255, { polling: 50 });
    expect(await textOf(gallery, '#bench-params .value')).toBe('1');
    await gallery.click('#bench-reset');
    await gallery.waitForFunction((code) => (document.querySelector('#bench canvas') as HTMLCanvasElement).getContext('2d')?.getImageData(20, 20, 1, 1).data[0] === code, { polling: 50 }, before);
    expect(await textOf(gallery, '#bench-params .value')).toBe('0');
    await gallery.click('#bench-save');
    await facts('^Saved as still-life.adjust.png');
    await gallery.keyboard.press('Escape');
    await gallery.waitForFunction(() => document.activeElement?.getAttribute('data-effect') === 'adjust', { polling: 50 });
  });

  test('says in plain words what cannot be hung, and stays usable', async ({ gallery }) => {
    const before = await downloads(gallery);
    const diary = join(folder, 'diary.txt');
    await writeFile(diary, 'Dear diary');
    await choose(gallery, diary);
    await gallery.waitForSelector('#trouble:not([hidden])');
    expect(await textOf(gallery, '#trouble')).toBe('“diary.txt” is no picture that this browser can open. Please choose a PNG, JPEG, WebP, GIF or AVIF.');
    expect(await textOf(gallery, '.photograph .medium')).toBe('still-life.jpg');
    expect(await downloads(gallery)).toEqual(before);

    const huge = join(folder, 'huge.png');
    await sharp({ create: { width: 9000, height: 8000, channels: 3, background: '#888' } }).png().toFile(huge);
    await choose(gallery, huge);
    await gallery.waitForFunction(() => document.querySelector('#trouble')?.textContent?.includes('huge'), { polling: 50 });
    expect(await textOf(gallery, '#trouble')).toBe('“huge.png” has 72 megapixels, and the gallery takes up to 64. Please choose a smaller picture.');

    await gallery.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'hello');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    });
    expect(await textOf(gallery, '#trouble')).toBe('There is no picture in the clipboard. Copy one, or choose a file.');

    await choose(gallery, await pictureFile('after.png'));
    await statusIs(gallery, /^Four artworks of after\.png/);
    expect(await gallery.$eval('#trouble', (element) => (element as HTMLElement).hidden)).toBe(true);
  });

  test('paints a picture that was chosen, dropped or pasted', async ({ gallery }) => {
    await choose(gallery, await pictureFile('fields.png'));
    await statusIs(gallery, /^Four artworks of fields\.png/);
    expect(await textOf(gallery, '.photograph [data-facts]')).toBe('60 × 40');
    const chosen = await downloads(gallery);
    expect(chosen.map(({ name, width, height }) => [name, width, height])).toEqual(ARTWORKS.map((name) => [`fields.${name}.png`, 60, 40]));

    const mirror = await readFile(await pictureFile('mirror.png', mirrored(scene(40, 60))), 'base64');
    for (const how of ['drop', 'paste'] as const) {
      await gallery.evaluate(
        (base64, type) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], `${type}.png`, { type: 'image/png' }));
          const event = type === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }) : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
          document.body.dispatchEvent(event);
        },
        mirror,
        how,
      );
      await statusIs(gallery, new RegExp(`^Four artworks of ${how}\\.png`));
      expect(await textOf(gallery, '.photograph [data-facts]')).toBe('40 × 60');
    }
  });

  test('a newer picture wins over one that is still being painted', async ({ gallery }) => {
    const input = (await gallery.$('input[type=file]')) as unknown as { uploadFile(path: string): Promise<void> };
    await input.uploadFile(await pictureFile('first.png', scene(90, 60)));
    await input.uploadFile(await pictureFile('second.png', scene(60, 40)));
    await statusIs(gallery, /^Four artworks of second\.png/);
    expect((await downloads(gallery)).map(({ name, width }) => [name, width])).toEqual(ARTWORKS.map((name) => [`second.${name}.png`, 60]));
  });

  test('switches between the presets with the arrow keys', async ({ gallery }) => {
    const studio = await downloads(gallery);
    await gallery.focus('input[name=preset]:checked');
    await gallery.keyboard.press('ArrowRight');
    await gallery.waitForFunction(() => [...document.querySelectorAll<HTMLAnchorElement>('[data-download]')].every((link) => link.download.endsWith('.cv2.png')), { polling: 50 });
    await statusIs(gallery, DONE);
    expect(await textOf(gallery, '[data-work=watercolor] .medium')).toBe('cv2.stylization');
    const cv2 = await downloads(gallery);
    cv2.forEach(({ data }, i) => expect(data, cv2[i]?.name).not.toEqual(studio[i]?.data));
  });

  test('frees its GPU memory when it is left', async ({ gallery }) => {
    const bytes = await gallery.evaluate(() => {
      const { studio } = (globalThis as unknown as { atelier: { studio: { metrics(): { bytes: Record<string, number> } } } }).atelier;
      const total = ({ budget: _budget, peak: _peak, ...held }: Record<string, number>): number => Object.values(held).reduce((sum, value) => sum + value, 0);
      const before = total(studio.metrics().bytes);
      dispatchEvent(new Event('pagehide'));
      return [before, total(studio.metrics().bytes)];
    });
    expect(bytes[0]).toBeGreaterThan(0);
    expect(bytes[1]).toBe(0);
  });

  test('shows the sample first and paints four artworks of it', async ({ page, site }) => {
    await page.setViewport({ width: 1440, height: 900 });
    await shrinkSample(page, 180);
    // The pictures fade in; a screenshot must not catch them half way.
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await page.goto(site.url('/gallery/'));
    const status = await statusIs(page, DONE);
    expect(status).toMatch(/^Four artworks of still-life\.jpg, painted in [\d.,]+ m?s\.$/);

    const views = await Promise.all(['photograph', ...ARTWORKS].map((name) => seen(page, name)));
    for (const view of views) expect(variance(view)).toBeGreaterThan(50);
    expect(new Set(views.map((view) => view.join())).size).toBe(5);

    for (const name of ARTWORKS) expect(await textOf(page, `[data-work=${name}] [data-facts]`)).toMatch(/^180 × 120, [\d.,]+ m?s$/);
    for (const name of ['live', 'pooled', 'peak', 'budget']) expect(await textOf(page, `[data-bytes=${name}]`)).toMatch(/^[\d.,]+ MB$/);
    expect(await textOf(page, '#objects')).toMatch(/^[\d,]+ GPU objects made, \d+ by the last painting$/);

    const reached = await page.evaluate(() => {
      const { atelier } = globalThis as unknown as { atelier: { studio: { metrics(): { frames: number } }; pipeline: { estimate(width: number, height: number): number } } };
      return { frames: atelier.studio.metrics().frames, estimate: atelier.pipeline.estimate(96, 64) };
    });
    expect(reached.frames).toBeGreaterThanOrEqual(ARTWORKS.length);
    expect(reached.estimate).toBeGreaterThan(0);
  });
});

describe('without WebGPU', () => {
  test('says so and still shows the photograph', async ({ page, site }) => {
    await page.evaluateOnNewDocument(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'));
    await shrinkSample(page, 96);
    await page.goto(site.url('/gallery/'));
    await page.waitForSelector('[data-work=photograph][data-state=painted]');
    expect(await textOf(page, '#notice')).toMatch(/no WebGPU.*Your photograph is shown as it is/);
    await choose(page, await pictureFile('fields.png'));
    await page.waitForFunction(() => document.querySelector('.photograph .medium')?.textContent === 'fields.png', { polling: 50 });
    await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    expect(variance(await seen(page, 'photograph'))).toBeGreaterThan(50);
    expect(await page.$eval('#presets', (element) => (element as HTMLFieldSetElement).disabled)).toBe(true);
    expect(await page.$eval('#more', (element) => (element as HTMLElement).hidden)).toBe(true);
    expect(await page.$$eval('[data-download]:not([hidden])', (links) => links.length)).toBe(0);
  });
});

describe('the first page', () => {
  test('leads to every example', async ({ page, site }) => {
    await page.goto(site.url('/'));
    const links = await page.$$eval('main a', (elements) => elements.map((link) => ({ title: link.querySelector('h2')?.textContent, href: (link as HTMLAnchorElement).href })));
    expect(links[0]).toEqual({ title: 'Gallery', href: site.url('/gallery/') });
    for (const { href } of links) expect((await fetch(href)).status, href).toBe(200);
  });
});
