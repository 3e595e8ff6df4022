import { expect } from 'vitest';
import { anisotropicKuwahara } from '../../src/effects/anisotropicKuwahara.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { anisotropicKuwahara as twin } from '../reference/anisotropicKuwahara.ts';
import { flat, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { softScene } from '../support/softScene.ts';
import { test } from '../support/studioTest.ts';

const QUALITIES = ['exact', 'fast', 'preview'] as const;
/** Each kernel of `fast` and `preview`: nearest, 64 and 96 taps, coarser levels. */
const RADII = [3, 6, 10, 20];

test.for([
  {},
  { radius: 3 },
  { radius: 7.5, floor: 0.02 },
  { radius: 4, eccentricity: 0.3, sharpness: 12, tensorSigma: 0 },
])('exact is the float64 filter: %o', async (params, { render }) => {
  const source = scene(40, 31);
  const { radius = 6, floor = 255 ** -0.5, eccentricity = 1, sharpness = 8, tensorSigma = 2 } = params as { radius?: number; floor?: number; eccentricity?: number; sharpness?: number; tensorSigma?: number };
  const painted = await render(anisotropicKuwahara({ ...params, quality: 'exact' }), source);
  expect(psnr(painted, twin(source, { radius, floor, alpha: eccentricity, q: sharpness, sigma: tensorSigma }))).toBeGreaterThan(50);
});

test.for([[3, 38], [12, 38], [18, 42], [32, 38]] as const)('fast at radius %i keeps %i dB to exact: above 16 the coarser level keeps the variance that a plain one would lose', async ([radius, least], { render }) => {
  const source = softScene(64, 48);
  expect(psnr(await render(anisotropicKuwahara({ radius }), source), await render(anisotropicKuwahara({ radius, quality: 'exact' }), source))).toBeGreaterThan(least);
});

test('several passes paint the result again, along the same directions', async ({ render }) => {
  const source = scene(40, 31);
  expect(psnr(await render(anisotropicKuwahara({ passes: 3, radius: 3, quality: 'exact' }), source), twin(source, { passes: 3, radius: 3 }))).toBeGreaterThan(45);
});

test.for([{ width: 34, height: 67 }, { width: 65, height: 64 }])('multiscale is the float64 pyramid: $width x $height', async ({ width, height }, { render }) => {
  const source = scene(width, height);
  for (const floor of [0.02, 0.0626]) {
    expect(psnr(await render(anisotropicKuwahara({ multiscale: true, radius: 2.5, floor, quality: 'exact' }), source), twin(source, { multiscale: true, radius: 2.5, floor }))).toBeGreaterThan(57);
  }
});

test('multiscale paints calm places more broadly, and leaves edges to the small brush', async ({ render }) => {
  // Waves too long for the brush, and a step.
  const grey = (value: number): number[] => [value, value, value];
  const source = picture(96, 64, (x, y) => grey(x < 48 ? 70 + 6 * Math.sin(y / 2.5) : 200));
  const wave = (painted: Pixels): number => {
    const column = Array.from({ length: 64 }, (_, y) => texel(painted, 16, y)[0]!);
    return Math.max(...column) - Math.min(...column);
  };
  const [single, multi] = [await render(anisotropicKuwahara({ radius: 3 }), source), await render(anisotropicKuwahara({ radius: 3, multiscale: true }), source)];
  expect(wave(multi)).toBeLessThan(0.6 * wave(single));
  for (const painted of [single, multi]) expect(texel(painted, 49, 30)[0]! - texel(painted, 46, 30)[0]!).toBeGreaterThan(120);
});

test('multiscale keeps one colour, and what is too small for a pyramid is painted as without', async ({ render }) => {
  const source = flat(80, 70, [200, 120, 40]);
  expect(maxDifference(await render(anisotropicKuwahara({ multiscale: true }), source), source)).toBeLessThanOrEqual(1);
  const small = scene(50, 31);
  expect(maxDifference(await render(anisotropicKuwahara({ multiscale: true }), small), await render(anisotropicKuwahara(), small))).toBe(0);
});

test.for(QUALITIES)('where the radius map is black the picture stays, where it is white it is painted: %s', async (quality, { render }) => {
  const source = scene(80, 24);
  const halves = picture(80, 24, (x) => (x < 40 ? [0, 0, 0] : [255, 255, 255]));
  for (const radius of quality === 'exact' ? [6] : [3, 6, 12, 24]) {
    const [guided, painted] = [await render(anisotropicKuwahara({ quality, radius }), source, { inputs: { radiusMap: halves } }), await render(anisotropicKuwahara({ quality, radius }), source)];
    for (let y = 0; y < 24; y++) {
      for (const x of [0, 11, 37]) for (let c = 0; c < 3; c++) expect(Math.abs(texel(guided, x, y)[c]! - texel(source, x, y)[c]!)).toBeLessThanOrEqual(1);
      for (const x of [43, 66, 79]) expect(texel(guided, x, y)).toEqual(texel(painted, x, y));
    }
  }
});

test('the direction map lays the brush where nothing else does', async ({ render }) => {
  // Dots have no direction of their own.
  const source = picture(72, 72, (x, y) => (x % 12 < 3 && y % 12 < 3 ? [230, 230, 230] : [60, 60, 60]));
  const toward = (dx: number, dy: number): Pixels => flat(72, 72, [127.5 + 127.5 * dx, 127.5 + 127.5 * dy, 0]);
  const spread = async (map: Pixels): Promise<{ across: number; down: number }> => {
    const { data } = await render(anisotropicKuwahara({ radius: 4, sharpness: 1, quality: 'exact' }), source, { inputs: { directionMap: map } });
    const difference = (step: number): number => {
      let sum = 0;
      for (let y = 0; y < 71; y++) for (let x = 0; x < 71; x++) sum += Math.abs(data[4 * (72 * y + x)]! - data[4 * (72 * y + x + step)]!);
      return sum;
    };
    return { across: difference(1), down: difference(72) };
  };
  const [level, upright] = [await spread(toward(1, 0)), await spread(toward(0, -1))];
  expect(level.across).toBeLessThan(0.7 * level.down);
  expect(upright.down).toBeLessThan(0.7 * upright.across);
  const none = await render(anisotropicKuwahara(), source, { inputs: { directionMap: flat(72, 72, [128, 127, 0]) } });
  expect(maxDifference(none, await render(anisotropicKuwahara(), source))).toBe(0);
});

test.for(QUALITIES)('one colour stays that colour: %s', async (quality, { render }) => {
  for (const color of [[255, 255, 255], [0, 0, 0], [200, 120, 40]]) {
    const source = flat(23, 17, color);
    for (const radius of RADII) expect(maxDifference(await render(anisotropicKuwahara({ quality, radius, floor: 0.005, sharpness: 16 }), source), source)).toBeLessThanOrEqual(1);
  }
});

test.for(QUALITIES)('a mirrored or transposed picture is painted mirrored or transposed: %s', async (quality, { render }) => {
  // Even, because the half-size levels pair their pixels from the left.
  const source = softScene(64, 48);
  for (const radius of quality === 'exact' ? [6] : [6, 10, 20]) {
    const look = anisotropicKuwahara({ quality, radius });
    const painted = await render(look, source);
    expect(maxDifference(await render(look, mirrored(source)), mirrored(painted))).toBeLessThanOrEqual(2);
    // As turned by a quarter, which is mirrored and transposed. Rows and columns of the tensor's blur are rounded in another order, which lets a pixel on the rim of an ellipse in or out.
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
  expect(bytes('fast', 24)).toBeLessThan(10.4 + 8.4);
});
