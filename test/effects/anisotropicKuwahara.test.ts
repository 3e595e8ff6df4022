import { expect } from 'vitest';
import { anisotropicKuwahara } from '../../src/effects/anisotropicKuwahara.ts';
import { anisotropicKuwahara as twin } from '../reference/anisotropicKuwahara.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, transposed } from '../support/pictures.ts';
import { longTest, test } from '../support/studioTest.ts';

const QUALITIES = ['exact', 'fast', 'preview'] as const;
/** Each kernel of `fast` and `preview`: nearest, 64 and 96 taps, half-size level. */
const RADII = [3, 6, 10, 20];

/** A photograph has no independent noise in every pixel; this is the test scene without it and with soft edges. */
const photo = (width: number, height: number) => {
  const sharp = scene(width, height);
  return picture(width, height, (x, y) =>
    [0, 1, 2].map((c) => {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) sum += sharp.data[4 * (Math.min(Math.max(y + dy, 0), height - 1) * width + Math.min(Math.max(x + dx, 0), width - 1)) + c] as number;
      return sum / 9;
    }),
  );
};

test.for([
  {},
  { radius: 3 },
  { radius: 9.5, floor: 0.02 },
  { radius: 4, eccentricity: 0.3, sharpness: 12, tensorSigma: 0 },
])('exact is the float64 filter: %o', async (params, { render }) => {
  const source = scene(48, 37);
  const { radius = 6, floor = 255 ** -0.5, eccentricity = 1, sharpness = 8, tensorSigma = 2 } = params as { radius?: number; floor?: number; eccentricity?: number; sharpness?: number; tensorSigma?: number };
  const painted = await render(anisotropicKuwahara({ ...params, quality: 'exact' }), source);
  expect(psnr(painted, twin(source, { radius, floor, alpha: eccentricity, q: sharpness, sigma: tensorSigma }))).toBeGreaterThan(50);
});

longTest.for([3, 6, 12])('fast keeps 38 dB at radius %i', async (radius, { render }) => {
  const source = photo(64, 48);
  expect(psnr(await render(anisotropicKuwahara({ radius }), source), twin(source, { radius }))).toBeGreaterThan(38);
});

longTest('the half-size level keeps the variance that a plain one would lose', async ({ render }) => {
  const source = photo(48, 40);
  expect(psnr(await render(anisotropicKuwahara({ radius: 20 }), source), twin(source, { radius: 20 }))).toBeGreaterThan(36);
});

test.for(QUALITIES)('one colour stays that colour: %s', async (quality, { render }) => {
  for (const color of [[255, 255, 255], [0, 0, 0], [200, 120, 40]]) {
    const source = flat(23, 17, color);
    for (const radius of RADII) expect(maxDifference(await render(anisotropicKuwahara({ quality, radius, floor: 0.005, sharpness: 16 }), source), source)).toBeLessThanOrEqual(1);
  }
});

test.for(QUALITIES)('a mirrored or transposed picture is painted mirrored or transposed: %s', async (quality, { render }) => {
  // Even, because the half-size levels pair their pixels from the left.
  const source = photo(64, 48);
  for (const radius of [6, 10, 20]) {
    const look = anisotropicKuwahara({ quality, radius });
    const painted = await render(look, source);
    expect(maxDifference(await render(look, mirrored(source)), mirrored(painted))).toBeLessThanOrEqual(2);
    // Rows and columns of the tensor's blur are rounded in another order, which lets a pixel on the rim of an ellipse in or out.
    const turned = await render(look, transposed(source));
    expect(psnr(turned, transposed(painted))).toBeGreaterThan(55);
    expect(maxDifference(turned, transposed(painted))).toBeLessThanOrEqual(quality === 'exact' ? 6 : 2);
  }
});

test('the brush lies along the edge: stripes stay, and stay straight', async ({ render }) => {
  const stripes = picture(48, 48, (_, y) => (y % 12 < 6 ? [220, 200, 160] : [40, 60, 90]));
  for (const quality of QUALITIES) expect(psnr(await render(anisotropicKuwahara({ quality, radius: 5 }), stripes), stripes)).toBeGreaterThan(25);
});

test('a lower floor keeps fainter facets', async ({ render }) => {
  const faint = picture(48, 48, (x) => (x < 24 ? [120, 110, 100] : [128, 118, 108]));
  const contrast = async (floor: number): Promise<number> => {
    const { data } = await render(anisotropicKuwahara({ floor, quality: 'exact' }), faint);
    return (data[4 * (24 * 48 + 24)] as number) - (data[4 * (24 * 48 + 23)] as number);
  };
  expect(await contrast(0.005)).toBeGreaterThan(await contrast(0.0626));
});

test('pictures smaller than the brush and odd sizes are painted sanely', async ({ render }) => {
  for (const [width, height] of [[1, 1], [1, 7], [5, 3], [17, 33]] as const) {
    const source = scene(width, height);
    for (const quality of QUALITIES) {
      for (const radius of [1, 6, 32]) {
        const { data } = await render(anisotropicKuwahara({ quality, radius, floor: 0.005, sharpness: 16 }), source);
        const [low, high] = [Math.min(...source.data), Math.max(...source.data)];
        expect(Math.min(...data)).toBeGreaterThanOrEqual(low - 1);
        expect(Math.max(...data)).toBeLessThanOrEqual(high + 1);
      }
    }
  }
});

test('the exact kernel holds two full-size tensor textures, the others a quarter of that', async ({ studio }) => {
  const bytes = (quality: 'exact' | 'fast', radius: number): number => {
    const pipeline = studio.pipeline(anisotropicKuwahara({ quality, radius }));
    const estimate = pipeline.estimate(1920, 1080);
    pipeline.destroy();
    return estimate / 1e6;
  };
  // The result itself is an rgba8 of 8.3 MB.
  expect(bytes('exact', 6)).toBeLessThan(33.2 + 8.4);
  expect(bytes('fast', 6)).toBeLessThan(8.3 + 8.4);
  expect(bytes('fast', 24)).toBeLessThan(12.5 + 8.4);
});
