import sharp, { type Sharp } from 'sharp';
import { expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import { bmp, bomb, LARGEST } from '../support/pictureFiles.ts';
import { test as pageTest } from '../support/page.ts';

const test = pageTest.extend('fixturePage', async ({ page, site }) => {
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  return page;
});

const TYPES = ['png', 'jpeg', 'webp', 'gif', 'avif'] as const;
/** Four flat quarters of different colours, wide enough that JPEG keeps them. */
const quarters = picture(48, 32, (x, y) => [x < 24 ? 230 : 30, y < 16 ? 210 : 40, x < 24 === y < 16 ? 60 : 200]);
const stored = (): Sharp => sharp(quarters.data, { raw: { width: 48, height: 32, channels: 4 } });

test('a turned picture is painted upright and in its shape, whole and scaled down, whatever type it is', async ({ fixturePage }) => {
  const files: { name: string; file: string; expected: string; width: number; height: number }[] = [];
  for (const type of ['jpeg', 'png', 'avif'] as const) {
    for (const orientation of type === 'jpeg' ? [1, 2, 3, 4, 5, 6, 7, 8] : [3, 6]) {
      const file = await stored().withMetadata({ orientation }).toFormat(type, { quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
      const upright = await sharp(file).autoOrient().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      files.push({ name: `${type} ${orientation}`, file: file.toString('base64'), expected: upright.data.toString('base64'), width: upright.info.width, height: upright.info.height });
    }
  }
  const answers = await fixturePage.evaluate(
    (given) =>
      fixture.withStudio(async (same) => {
        const { pictures, library } = fixture;
        const bytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const found: Record<string, { header: unknown; whole: number; size: number[]; small: number }> = {};
        for (const { name, file, expected, width, height } of given) {
          const blob = new Blob([bytes(file)]);
          const upright = { data: new Uint8ClampedArray(bytes(expected)), width, height };
          const whole = await same.read(blob);
          const small = await same.read(blob, { maxSize: 24 });
          // Away from the edges of the quarters both show the same colours.
          const corners = [[4, 4], [-5, 4], [4, -5], [-5, -5]].map(([x = 0, y = 0]) => {
            const at = (of: { width: number; height: number }, scale: number): [number, number] => [x < 0 ? of.width + Math.ceil(x * scale) : Math.floor(x * scale), y < 0 ? of.height + Math.ceil(y * scale) : Math.floor(y * scale)];
            const a = pictures.texel(upright, ...at(upright, 1));
            return Math.max(...pictures.texel(small, ...at(small, 0.5)).map((value, i) => Math.abs(value - (a[i] as number))));
          });
          const header = await library.readPictureHeader(blob);
          found[name] = { header: `${header?.type} ${header?.orientation}`, whole: pictures.maxDifference(whole, upright), size: [small.width * 2 - width, small.height * 2 - height], small: Math.max(...corners) };
        }
        return found;
      }),
    files,
  );
  expect(Object.keys(answers)).toEqual(files.map(({ name }) => name));
  for (const [name, { header, whole, size, small }] of Object.entries(answers)) {
    expect(header).toBe(name);
    // Decoders round differently.
    expect(whole, name).toBeLessThanOrEqual(6);
    expect(size, name).toEqual([0, 0]);
    expect(small, name).toBeLessThanOrEqual(8);
  }
});

test('a file of each type that says a giant size is refused before the browser decodes anything, and one that is cut is named', async ({ fixturePage }) => {
  const bombs = Object.entries(bomb).map(([type, make]) => [type, make(LARGEST[type as keyof typeof bomb], LARGEST[type as keyof typeof bomb]).toString('base64')] as const);
  const cut = await Promise.all(TYPES.map(async (type) => [type, (await stored().toFormat(type).toBuffer()).subarray(0, type === 'avif' ? 330 : 120).toString('base64')] as const));
  const answers = await fixturePage.evaluate(
    (given, damaged) =>
      fixture.withStudio(async (same, studio) => {
        const blobOf = (base64: string): Blob => new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
        const decode = globalThis.createImageBitmap;
        let decoded = 0;
        globalThis.createImageBitmap = ((...parts: Parameters<typeof decode>) => (decoded++, decode(...parts))) as typeof decode;
        const refused: Record<string, string> = {};
        for (const [type, file] of given) refused[type] = await fixture.errorOf(() => same.read(blobOf(file), { maxSize: 16 }));
        const before = decoded;
        const named: Record<string, string> = {};
        for (const [type, file] of damaged) named[type] = await same.read(blobOf(file)).then(() => 'no error', (error: Error) => `${error.name}: ${error.message.slice(0, 60)}`);
        globalThis.createImageBitmap = decode;
        const { live, pending, source } = studio.metrics().bytes;
        return { refused, before, named, held: live + pending + source };
      }),
    bombs,
    cut,
  );
  expect(Object.values(answers.refused)).toEqual(bombs.map(() => 'InputTooLargeError input-too-large'));
  expect(answers.before).toBe(0);
  for (const [type, file] of cut) expect(answers.named[type], type).toMatch(new RegExp(`^DecodeError: the picture (cannot be decoded|says no size): ${Buffer.from(file, 'base64').length} bytes, which look`));
  expect(answers.held).toBe(0);
});

test('scaled down while it is decoded, a picture keeps the colours at its transparent edges; a BMP is read too', async ({ fixturePage }) => {
  const fringes = picture(64, 64, (x) => (x % 2 === 0 ? [200, 0, 0, 255] : [255, 255, 255, 0]));
  const file = await sharp(fringes.data, { raw: { width: 64, height: 64, channels: 4 } }).png().toBuffer();
  const answers = await fixturePage.evaluate(
    (png, black) =>
      fixture.withStudio(async (same) => {
        const blobOf = (base64: string): Blob => new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
        const small = await same.read(blobOf(png), { maxSize: 16 });
        const bitmap = await same.read(blobOf(black), { maxSize: 8 });
        return { edge: fixture.pictures.texel(small, 8, 8), size: [bitmap.width, bitmap.height], black: fixture.pictures.texel(bitmap, 2, 2) };
      }),
    file.toString('base64'),
    bmp(32, -16).toString('base64'),
  );
  const [red, green, blue, alpha] = answers.edge as [number, number, number, number];
  expect(Math.abs(red - 200)).toBeLessThanOrEqual(4);
  expect(green + blue).toBeLessThanOrEqual(4);
  expect(Math.abs(alpha - 128)).toBeLessThanOrEqual(2);
  expect(answers.size).toEqual([8, 4]);
  expect(answers.black).toEqual([0, 0, 0, 255]);
});
