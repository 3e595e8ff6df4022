import { expect } from 'vitest';
import { brushStrokes } from '../../src/effects/brushStrokes.ts';
import { flat, maxDifference, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const PLAIN = { lightness: 0, chroma: 0, hue: 0, relief: 0 };

test('without variation and relief one colour stays that colour, with any number of layers', async ({ render }) => {
  const source = flat(40, 30, [120, 90, 60]);
  for (const layers of [1, 4]) expect(maxDifference(await render(brushStrokes({ ...PLAIN, layers }), source), source)).toBeLessThanOrEqual(1);
});

test('finer layers come nearer to the picture, the nearer the more detail is asked for', async ({ render }) => {
  const source = scene(96, 64);
  const near = async (params: Parameters<typeof brushStrokes>[0]): Promise<number> => psnr(await render(brushStrokes({ ...PLAIN, width: 24, clip: 1, respect: 2, ...params }), source), source);
  const broad = await near({ layers: 1 });
  expect(await near({ layers: 3 })).toBeGreaterThan(broad + 1);
  expect(await near({ layers: 3, detail: 1 })).toBeGreaterThan(await near({ layers: 3, detail: 0 }));
});

test('relief shows on the paint of a flat picture', async ({ render }) => {
  const source = flat(60, 40, [150, 120, 90]);
  const lit = await render(brushStrokes({ ...PLAIN, relief: 2 }), source);
  expect(psnr(lit, source)).toBeLessThan(40);
});

test('a radius map of 0 leaves the picture, and a direction map turns the strokes', async ({ render }) => {
  const source = flat(60, 60, [128, 128, 128]);
  const none = await render(brushStrokes({ lightness: 0.3, relief: 0, layers: 1 }), source, { inputs: { radiusMap: flat(4, 4, [0, 0, 0]) } });
  expect(maxDifference(none, source)).toBeLessThanOrEqual(1);
  // Along x a row changes less than a column does.
  const along = await render(brushStrokes({ lightness: 0.3, relief: 0, layers: 1, angle: 0, length: 60 }), source, { inputs: { directionMap: flat(4, 4, [255, 128, 0]) } });
  const changes = (dx: number, dy: number): number => {
    let sum = 0;
    for (let y = 5; y < 55; y++) for (let x = 5; x < 55; x++) sum += Math.abs((texel(along, x + dx, y + dy)[0] as number) - (texel(along, x, y)[0] as number));
    return sum;
  };
  expect(changes(1, 0)).toBeLessThan(0.6 * changes(0, 1));
});

test('strokes follow a contour and stay on their side of it', async ({ render }) => {
  const source = picture(60, 60, (x, y) => (x + y < 60 ? [220, 60, 40] : [40, 80, 200]));
  expect(psnr(await render(brushStrokes(PLAIN), source), source)).toBeGreaterThan(24);
});

test('tiny pictures and the ends of every range are painted', async ({ render }) => {
  for (const params of [{ width: 2, length: 400 }, { width: 120, length: 2, spacing: 0.4 }, { width: 2, layers: 4 }, { tensorSigma: 0, hand: 0 }]) {
    for (const [width, height] of [[1, 1], [7, 5], [33, 20]] as const) expect((await render(brushStrokes(params), scene(width, height))).data).toHaveLength(4 * width * height);
  }
});
