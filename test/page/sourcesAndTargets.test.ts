import sharp from 'sharp';
import { describe, expect } from 'vitest';
import { picture } from '../support/pictures.ts';
import { test as pageTest } from '../support/page.ts';

/** A page with the library in it, as `fixture`. */
const test = pageTest.extend('fixturePage', async ({ page, site }) => {
  await page.goto(site.url('test/page/fixture/index.html'), { waitUntil: 'load' });
  return page;
});

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

  test('the EXIF orientation of a JPEG is respected, as file, image and bitmap', async ({ fixturePage }) => {
    const stored = picture(24, 16, (x, y) => [x < 12 ? 230 : 30, y < 8 ? 210 : 40, x < 12 === y < 8 ? 60 : 200]);
    for (let orientation = 1; orientation <= 8; orientation++) {
      const jpeg = await sharp(stored.data, { raw: { width: 24, height: 16, channels: 4 } }).withMetadata({ orientation }).jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
      const upright = await sharp(jpeg).autoOrient().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      const differences = await fixturePage.evaluate(
        ([file, expected, width, height]) =>
          fixture.withStudio(async (same) => {
            const bytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
            const blob = new Blob([bytes(file)]);
            const wanted = { data: new Uint8ClampedArray(bytes(expected)), width, height };
            const sources = [blob, await fixture.loaded(blob), await createImageBitmap(blob)];
            return Promise.all(sources.map(async (source) => fixture.pictures.maxDifference(await same.read(source), wanted)));
          }),
        [jpeg.toString('base64'), upright.data.toString('base64'), upright.info.width, upright.info.height] as const,
      );
      // Decoders of JPEG round differently.
      expect(Math.max(...differences), `orientation ${orientation}`).toBeLessThanOrEqual(4);
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

  test('a canvas follows its size, has none at 0 px, and one with another context is refused', async ({ fixturePage }) => {
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
        const center = shownOn(canvas);
        return { empty, taken: await errorOf(() => same.render(scene, drawn(scene))), none: await errorOf(() => same.render(scene, null as never)), resized: center.data.every((value, i) => i % 4 !== 3 || value === 255) };
      }),
    );
    expect(answers).toEqual({ empty: false, taken: 'InputError canvas-context', none: 'InputError input', resized: true });
  });
});
