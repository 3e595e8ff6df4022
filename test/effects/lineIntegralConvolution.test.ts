import { expect } from 'vitest';
import { lineIntegralConvolution, type LineIntegralConvolutionParams } from '../../src/effects/lineIntegralConvolution.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { lineIntegralConvolution as twin } from '../reference/lineIntegralConvolution.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
import { test } from '../support/studioTest.ts';

// Below 1.5 px the tensor has full size, as that of the twin.
const FULL: LineIntegralConvolutionParams = { of: 'picture', sigma: 6, stopAngle: 90, tensorSigma: 1.4, grain: 1.5, amount: 1, seed: 1 };

test.for<[Partial<LineIntegralConvolutionParams>, typeof scene]>([
  [{}, scene],
  [{ sigma: 3, stopAngle: 25, amount: 0.6 }, scene],
  // On grain a last bit may send a line elsewhere, and white noise shows every line.
  [{ of: 'noise' }, shades],
  [{ of: 'noise', sigma: 12, grain: 3, amount: 0.5, seed: 9 }, shades],
])('it is its twin: %o', async ([params, sourceOf], { render }) => {
  const source = sourceOf(48, 36);
  const all = { ...FULL, ...params };
  expect(psnr(await render(lineIntegralConvolution(all), source), pictureOf(twin(fieldOf(source), all)))).toBeGreaterThan(45);
});

test('amount 0 leaves the picture, lines of length 0 too, and one colour stays that colour', async ({ render }) => {
  const source = scene(33, 17);
  for (const of of ['picture', 'noise'] as const) expect(maxDifference(await render(lineIntegralConvolution({ of, amount: 0 }), source), source)).toBe(0);
  expect(maxDifference(await render(lineIntegralConvolution({ sigma: 0 }), source), source)).toBe(0);
  expect(maxDifference(await render(lineIntegralConvolution(), flat(33, 17, [200, 100, 3])), flat(33, 17, [200, 100, 3]))).toBe(0);
});

test('noise is grey, hardly changes along the stripes of a picture and much across them', async ({ render }) => {
  const stripes = picture(64, 64, (_, y) => (y % 12 < 6 ? [220, 200, 160] : [40, 60, 90]));
  const lines = await render(lineIntegralConvolution({ of: 'noise', sigma: 12 }), stripes);
  let [along, across] = [0, 0];
  for (let y = 8; y < 56; y++) {
    for (let x = 8; x < 56; x++) {
      const [r, g, b] = texel(lines, x, y);
      expect([g, b]).toEqual([r, r]);
      along += Math.abs(r! - texel(lines, x + 1, y)[0]!);
      across += Math.abs(r! - texel(lines, x, y + 1)[0]!);
    }
  }
  expect(across).toBeGreaterThan(4 * along);
});

test('the contrast of the noise does not hang on the length of its lines, and another seed is another noise', async ({ render }) => {
  const source = scene(96, 64);
  const deviation = async (params: Partial<LineIntegralConvolutionParams>): Promise<number> => {
    const { data } = await render(lineIntegralConvolution({ of: 'noise', ...params }), source);
    const greys = Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]! / 255);
    const mean = greys.reduce((sum, grey) => sum + grey, 0) / greys.length;
    return Math.sqrt(greys.reduce((sum, grey) => sum + (grey - mean) ** 2, 0) / greys.length);
  };
  for (const params of [{ sigma: 0 }, { sigma: 4 }, { sigma: 20 }, { sigma: 8, grain: 4 }]) {
    expect(await deviation(params)).toBeGreaterThan(0.15);
    expect(await deviation(params)).toBeLessThan(0.27);
  }
  expect(psnr(await render(lineIntegralConvolution({ of: 'noise', seed: 1 }), source), await render(lineIntegralConvolution({ of: 'noise', seed: 2 }), source))).toBeLessThan(15);
});

test('a mirrored picture is smeared mirrored', async ({ render }) => {
  // A multiple of all reductions of the tensor.
  const source = scene(64, 48);
  expect(psnr(mirrored(await render(lineIntegralConvolution(), source)), await render(lineIntegralConvolution(), mirrored(source)))).toBeGreaterThan(45);
});

test('a direction map turns the lines', async ({ render }) => {
  const source = picture(64, 64, (x, y) => (x % 12 < 3 && y % 12 < 3 ? [230, 230, 230] : [60, 60, 60]));
  const toward = (dx: number, dy: number) => flat(64, 64, [127.5 + 127.5 * dx, 127.5 + 127.5 * dy, 0]);
  const level = await render(lineIntegralConvolution({ sigma: 12 }), source, { inputs: { directionMap: toward(1, 0) } });
  const upright = await render(lineIntegralConvolution({ sigma: 12 }), source, { inputs: { directionMap: toward(0, -1) } });
  // Between two dots of a row, where only level lines bring light.
  expect(texel(level, 31, 25)[0]).toBeGreaterThan(90);
  expect(texel(upright, 31, 25)[0]).toBeLessThan(62);
});

test('alpha stays, and tiny pictures keep to their range', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [7, 5]] as const) {
    const source = picture(width, height, (x, y) => [100 + ((7 * x + 13 * y) % 50), 120, 140, x % 2 === 0 ? 255 : 130]);
    for (const tensorSigma of [0, 2, 10]) {
      const { data } = await render(lineIntegralConvolution({ tensorSigma }), source);
      for (let i = 0; i < data.length; i += 4) expect([data[i]! >= 99 && data[i]! <= 150, data[i + 3]]).toEqual([true, source.data[i + 3]]);
    }
    await render(lineIntegralConvolution({ of: 'noise' }), source);
  }
});
