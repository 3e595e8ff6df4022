import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { bmp, bomb, LARGEST } from '../support/pictureFiles.ts';
import { picture } from '../support/pictures.ts';
import { test as pageTest } from '../support/page.ts';

/** A page with the library in it, as `fixture`. */
const test = pageTest.extend('fixturePage', async ({ page, site }) => {
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  return page;
});

/** Four flat quarters of different colours. */
const quarters = picture(48, 32, (x, y) => [x < 24 ? 230 : 30, y < 16 ? 210 : 40, x < 24 === y < 16 ? 60 : 200]);

describe('sources', () => {
  test('every kind of image brings the same picture', async ({ fixturePage }) => {
    const differences = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same, _studio, device) => {
        const { pictures, png, drawn, loaded, uploaded } = fixture;
        const scene = pictures.scene(48, 31);
        const data = new ImageData(scene.data as Uint8ClampedArray<ArrayBuffer>, scene.width, scene.height);
        const file = await png(scene);
        const offscreen = new OffscreenCanvas(scene.width, scene.height);
        offscreen.getContext('2d')?.putImageData(data, 0, 0);
        const sources = { pixels: scene, imageData: data, imageBitmap: await createImageBitmap(data), blob: file, image: await loaded(file), canvas: drawn(scene), offscreen, texture: uploaded(device, scene) };
        const byKind: Record<string, number> = {};
        for (const [kind, source] of Object.entries(sources)) byKind[kind] = pictures.maxDifference(await same.read(source), scene);
        return byKind;
      }),
    );
    expect(Object.keys(differences)).toHaveLength(8);
    for (const [kind, difference] of Object.entries(differences)) expect(difference, kind).toBeLessThanOrEqual(1);
  });

  test('every kind of image is painted in tiles where memory is short', async ({ fixturePage }) => {
    const { differences, frames } = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same, _studio, device) => {
        const { pictures, png, drawn, loaded, library } = fixture;
        const scene = pictures.scene(300, 80);
        const file = await png(scene);
        const small = await library.Studio.create({ device, memory: { maxBytes: 300_000 } });
        const sources = { imageBitmap: await createImageBitmap(file), blob: file, image: await loaded(file), canvas: drawn(scene), frame: fixture.frameOf(scene) };
        const mirrored = await same.read(scene, { mirror: true, orientation: 3 });
        const byKind: Record<string, number> = {};
        for (const [kind, source] of Object.entries(sources)) byKind[kind] = pictures.maxDifference(await small.pipeline(library.adjust()).read(source, { mirror: true, orientation: 3 }), mirrored);
        const painted = small.metrics().frames;
        small.destroy();
        return { differences: byKind, frames: painted };
      }),
    );
    expect(frames).toBeGreaterThanOrEqual(8);
    for (const [kind, difference] of Object.entries(differences)) expect(difference, kind).toBeLessThanOrEqual(1);
  });

  test('a WebGPU canvas is a source too, in the task that drew it', async ({ fixturePage }) => {
    const difference = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same, studio) => {
        const scene = fixture.pictures.scene(48, 31);
        const first = new OffscreenCanvas(48, 31);
        const second = new OffscreenCanvas(48, 31);
        const grey = studio.pipeline(fixture.library.adjust({ saturation: 0 }));
        await grey.ready;
        same.render(scene, first);
        grey.render(first, second);
        return fixture.pictures.maxDifference(fixture.shownOn(second), await grey.read(scene));
      }),
    );
    expect(difference).toBeLessThanOrEqual(1);
  });

  test('a turned picture is seen upright, as file, image and bitmap, and scaled down in its own shape', async ({ fixturePage }) => {
    const files: { name: string; file: string; expected: string; width: number; height: number }[] = [];
    for (const [type, orientation] of [...[1, 2, 3, 4, 5, 6, 7, 8].map((value) => ['jpeg', value] as const), ['png', 6] as const, ['avif', 8] as const]) {
      const file = await sharp(quarters.data, { raw: { width: 48, height: 32, channels: 4 } }).withMetadata({ orientation }).toFormat(type, { quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
      const upright = await sharp(file).autoOrient().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      files.push({ name: `${type} ${orientation}`, file: file.toString('base64'), expected: upright.data.toString('base64'), width: upright.info.width, height: upright.info.height });
    }
    const answers = await fixturePage.evaluate(
      (given) =>
        fixture.withStudio(async (same) => {
          const { pictures, library, loaded, bytesOf } = fixture;
          const found: { name: string; header: string; wholes: number[]; small: { data: number[]; size: number[] } }[] = [];
          for (const { name, file, expected, width, height } of given) {
            const blob = new Blob([bytesOf(file)]);
            const upright = { data: new Uint8ClampedArray(bytesOf(expected)), width, height };
            const wholes: number[] = [];
            for (const source of [blob, await loaded(blob), await createImageBitmap(blob)]) wholes.push(pictures.maxDifference(await same.read(source), upright));
            const small = await same.read(blob, { maxSize: 24 });
            const centres = [0.25, 0.75].flatMap((v) => [0.25, 0.75].map((u) => pictures.texel(small, Math.floor(u * small.width), Math.floor(v * small.height))));
            const wanted = [0.25, 0.75].flatMap((v) => [0.25, 0.75].map((u) => pictures.texel(upright, Math.floor(u * width), Math.floor(v * height))));
            const header = await library.readPictureHeader(blob);
            found.push({ name, header: `${header?.type} ${header?.orientation}`, wholes, small: { data: centres.flat().map((value, i) => Math.abs(value - (wanted.flat()[i] as number))), size: [small.width * 2, small.height * 2] } });
          }
          return found;
        }),
      files,
    );
    expect(answers.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
    for (const [i, { name, header, wholes, small }] of answers.entries()) {
      expect(header).toBe(name);
      // Decoders of JPEG round differently.
      expect(Math.max(...wholes), name).toBeLessThanOrEqual(4);
      expect(small.size, name).toEqual([files[i]?.width, files[i]?.height]);
      expect(Math.max(...small.data), name).toBeLessThanOrEqual(6);
    }
  });

  test('an alpha ramp survives as file, bitmap and pixels', async ({ fixturePage }) => {
    const differences = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same) => {
        const ramp = fixture.pictures.picture(64, 8, (x, y) => [200 - y * 20, 90 + x, 40, Math.round((x * 255) / 63)]);
        const data = new ImageData(ramp.data as Uint8ClampedArray<ArrayBuffer>, 64, 8);
        const sources = [ramp, await fixture.png(ramp), await createImageBitmap(data), await createImageBitmap(data, { premultiplyAlpha: 'none' })];
        return Promise.all(sources.map(async (source) => fixture.premultipliedDifference(await same.read(source), ramp)));
      }),
    );
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  test('a file is bounded while it is decoded, and what is no picture or too large is refused', async ({ fixturePage }) => {
    const answers = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same, _studio, device) => {
        const { library, pictures, png, errorOf } = fixture;
        const file = await png(pictures.scene(60, 40));
        const strict = await library.Studio.create({ device, limits: { maxPixels: 2000 } });
        const { width, height } = await same.read(file, { maxSize: 30 });
        const given = {
          size: [width, height],
          text: await errorOf(() => same.read(new Blob(['Dear diary']))),
          cutShort: await errorOf(() => same.read(file.slice(0, 60))),
          tooLarge: await errorOf(() => strict.pipeline(library.adjust()).read(file)),
          atOnce: await errorOf(() => same.render(file as unknown as ImageBitmap, new OffscreenCanvas(4, 4))),
        };
        strict.destroy();
        return given;
      }),
    );
    expect(answers).toEqual({ size: [30, 20], text: 'DecodeError decode', cutShort: 'DecodeError decode', tooLarge: 'InputTooLargeError input-too-large', atOnce: 'InputError input' });
  });

  test('a file of each type that says a giant size is refused before the browser decodes anything, and one that is cut is named', async ({ fixturePage }) => {
    const bombs = Object.entries(bomb).map(([type, make]) => [type, make(LARGEST[type as keyof typeof bomb], LARGEST[type as keyof typeof bomb]).toString('base64')] as const);
    const cut = await Promise.all((['png', 'jpeg', 'webp', 'gif', 'avif'] as const).map(async (type) => [type, (await sharp(quarters.data, { raw: { width: 48, height: 32, channels: 4 } }).toFormat(type).toBuffer()).subarray(0, type === 'avif' ? 330 : 120).toString('base64')] as const));
    const answers = await fixturePage.evaluate(
      (given, damaged) =>
        fixture.withStudio(async (same, studio) => {
          const blobOf = (base64: string): Blob => new Blob([fixture.bytesOf(base64)]);
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
          const blobOf = (base64: string): Blob => new Blob([fixture.bytesOf(base64)]);
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

  test('closed, unloaded and tainted sources are refused, and nothing stays leased', async ({ fixturePage, site }) => {
    const answers = await fixturePage.evaluate(
      (foreign) =>
        fixture.withStudio(async (same, studio) => {
          const { pictures, drawn, loaded, errorOf } = fixture;
          const target = new OffscreenCanvas(8, 8);
          const closed = await createImageBitmap(drawn(pictures.scene(8, 8)));
          closed.close();
          const image = await loaded(foreign);
          const canvas = drawn(pictures.scene(8, 8));
          canvas.getContext('2d')?.drawImage(image, 0, 0);
          const contextless = new OffscreenCanvas(8, 8);
          const codes = {
            closed: await errorOf(() => same.render(closed, target)),
            closedRead: await errorOf(() => same.read(closed)),
            unloaded: await errorOf(() => same.render(new Image(), target)),
            image: await errorOf(() => same.render(image, target)),
            canvas: await errorOf(() => same.render(canvas, target)),
            canvasRead: await errorOf(() => same.read(canvas)),
            contextless: await errorOf(() => same.render(contextless, target)),
          };
          const { live, pending, source, output, staging } = studio.metrics().bytes;
          const drawnAfterwards = same.render(pictures.scene(8, 8), target);
          return { codes, held: live + pending + source + output + staging, drawnAfterwards };
        }),
      site.foreignUrl('samples/still-life.jpg'),
    );
    expect(answers).toEqual({
      codes: {
        closed: 'InputError source-closed',
        closedRead: 'InputError source-closed',
        unloaded: 'InputError input',
        image: 'InputError tainted',
        canvas: 'InputError tainted',
        canvasRead: 'InputError tainted',
        contextless: 'InputError source-closed',
      },
      held: 0,
      drawnAfterwards: true,
    });
  });
});

describe('targets', () => {
  test('canvas, offscreen canvas, texture and file get the same picture', async ({ fixturePage }) => {
    const differences = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same, _studio, device) => {
        const { pictures, shownOn, uploaded } = fixture;
        const scene = pictures.scene(48, 31);
        const canvas = Object.assign(document.createElement('canvas'), { width: 48, height: 31 });
        const offscreen = new OffscreenCanvas(48, 31);
        const texture = uploaded(device, pictures.flat(48, 31, [0, 0, 0]));
        same.render(scene, canvas);
        const onCanvas = shownOn(canvas);
        same.render(scene, offscreen);
        const onOffscreen = shownOn(offscreen);
        same.render(scene, texture);
        const blobs = [await same.toBlob(scene), await same.toBlob(scene, { type: 'image/jpeg', quality: 1 })];
        const results = [onCanvas, onOffscreen, await same.read(texture)];
        return {
          types: blobs.map(({ type }) => type),
          differences: results.map((result) => pictures.maxDifference(result, scene)),
          png: pictures.maxDifference(await same.read(blobs[0] as Blob), scene),
          jpeg: pictures.psnr(await same.read(blobs[1] as Blob), scene),
        };
      }),
    );
    expect(differences.types).toEqual(['image/png', 'image/jpeg']);
    expect(Math.max(...differences.differences, differences.png)).toBeLessThanOrEqual(1);
    expect(differences.jpeg).toBeGreaterThan(30);
  });

  test('several canvases are drawn in one go, and one that is left out is not', async ({ fixturePage }) => {
    const differences = await fixturePage.evaluate(() =>
      fixture.withStudio(async (_same, studio) => {
        const { library, pictures, shownOn } = fixture;
        const scene = pictures.scene(40, 24);
        const pair = studio.pipeline({ grey: library.adjust({ saturation: 0 }), turned: library.adjust({ hue: 120 }) });
        const expected = await pair.read(scene);
        const grey = new OffscreenCanvas(40, 24);
        const turned = new OffscreenCanvas(40, 24);
        pair.render(scene, { grey, turned });
        const both = [pictures.maxDifference(shownOn(grey), expected.grey), pictures.maxDifference(shownOn(turned), expected.turned)];
        pair.render(pictures.flat(40, 24, [255, 255, 255]), { turned });
        return { both, turned: shownOn(turned).data.every((value) => value === 255) };
      }),
    );
    expect(Math.max(...differences.both)).toBeLessThanOrEqual(1);
    expect(differences.turned).toBe(true);
  });

  test('a canvas is premultiplied: drawn over another it shows the colours of the source', async ({ fixturePage }) => {
    const differences = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same) => {
        const ramp = fixture.pictures.picture(64, 8, (x) => [220, 120, 30, Math.round((x * 255) / 63)]);
        const canvas = new OffscreenCanvas(64, 8);
        same.render(ramp, canvas);
        const alone = fixture.shownOn(canvas);
        same.render(ramp, canvas);
        const sheet = new OffscreenCanvas(64, 8).getContext('2d') as OffscreenCanvasRenderingContext2D;
        sheet.fillStyle = 'rgb(10 60 250)';
        sheet.fillRect(0, 0, 64, 8);
        sheet.drawImage(canvas, 0, 0);
        const over = fixture.pictures.picture(64, 8, (x) => {
          const alpha = Math.round((x * 255) / 63) / 255;
          return [220 * alpha + 10 * (1 - alpha), 120 * alpha + 60 * (1 - alpha), 30 * alpha + 250 * (1 - alpha)];
        });
        return { alone: fixture.premultipliedDifference(alone, ramp), over: fixture.pictures.maxDifference(sheet.getImageData(0, 0, 64, 8), over) };
      }),
    );
    expect(differences.alone).toBeLessThanOrEqual(1);
    expect(differences.over).toBeLessThanOrEqual(2);
  });

  test('contain shows all of the picture, cover fills the canvas, fill stretches', async ({ fixturePage }) => {
    const shown = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same) => {
        const stripes = fixture.pictures.picture(40, 20, (x) => ([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]] as const)[Math.floor(x / 10)] as readonly number[]);
        const canvas = new OffscreenCanvas(40, 40);
        const rows = { top: 2, middle: 20 };
        const colors: Record<string, string> = {};
        for (const fit of ['contain', 'cover', 'fill'] as const) {
          same.render(stripes, canvas, { fit });
          const drawn = fixture.shownOn(canvas);
          for (const [row, y] of Object.entries(rows)) colors[`${fit} ${row}`] = [5, 15, 25, 35].map((x) => fixture.pictures.texel(drawn, x, y).map((value) => Math.round(value / 255)).join('')).join(' ');
        }
        return colors;
      }),
    );
    const stripes = '1001 0101 0011 1111';
    const nothing = '0000 0000 0000 0000';
    const middle = '0101 0101 0011 0011';
    expect(shown).toEqual({ 'contain top': nothing, 'contain middle': stripes, 'cover top': middle, 'cover middle': middle, 'fill top': stripes, 'fill middle': stripes });
  });

  test('a canvas follows its size, also within a frame, has none at 0 px, and one that is too large or has another context is refused', async ({ fixturePage }) => {
    const answers = await fixturePage.evaluate(() =>
      fixture.withStudio(async (same) => {
        const { pictures, drawn, errorOf, shownOn } = fixture;
        const scene = pictures.scene(16, 16);
        const canvas = new OffscreenCanvas(16, 16);
        same.render(scene, canvas);
        canvas.width = 0;
        const empty = same.render(scene, canvas);
        canvas.width = canvas.height = 32;
        same.render(scene, canvas);
        // In the middle of a frame: what was drawn is gone, and the next is drawn on the new size.
        canvas.width = canvas.height = 24;
        const again = same.render(scene, canvas);
        const center = shownOn(canvas);
        canvas.width = 100_000;
        const wide = await errorOf(() => same.render(scene, canvas));
        canvas.width = 24;
        const back = same.render(scene, canvas);
        return { again, wide, back, size: [center.width, center.height], empty, taken: await errorOf(() => same.render(scene, drawn(scene))), none: await errorOf(() => same.render(scene, null as never)), resized: center.data.every((value, i) => i % 4 !== 3 || value === 255) };
      }),
    );
    expect(answers).toEqual({ again: true, wide: 'InputError input-too-large', back: true, size: [24, 24], empty: false, taken: 'InputError canvas-context', none: 'InputError input', resized: true });
  });
});
