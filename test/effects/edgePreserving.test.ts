import { describe, expect } from 'vitest';
import { LINE_KERNELS } from '../../src/core/deviceTraits.ts';
import { edgePreserving, type EdgePreservingParams } from '../../src/effects/edgePreserving.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { edgePreserving as reference } from '../reference/edgePreserving.ts';
import { golden } from '../support/golden.ts';
import { flat, hash, maxDifference, mirrored, picture, psnr, scene, texel, transposed } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const METHODS = ['recursive', 'normalized', 'interpolated'] as const;

describe.each(LINE_KERNELS)('line kernels: %s', (lineKernels) => {
  test.for(['recursive', 'normalized'] as const)('smooths as OpenCV does: %s', async (method, { renderWith }) => {
    const source = await golden('scene');
    expect(maxDifference(source, scene(64, 48))).toBe(0);
    for (const [sigmaS, sigmaR] of [[60, 0.4], [20, 0.2]] as const) {
      expect(psnr(await renderWith(lineKernels)(edgePreserving({ method, sigmaS, sigmaR }), source), await golden(`edgePreserving_${method}_${sigmaS}_${sigmaR}`))).toBeGreaterThan(60);
    }
  });

  test.for(METHODS.flatMap((method): Partial<EdgePreservingParams>[] => [{ method }, { method, sigmaS: 8, sigmaR: 1, iterations: 2 }, { method, sigmaS: 200, sigmaR: 0.8, iterations: 5 }]))('follows the definition: %j', async (params, { renderWith }) => {
    const source = scene(45, 35);
    expect(psnr(await renderWith(lineKernels)(edgePreserving(params), source), reference(source, edgePreserving(params).params))).toBeGreaterThan(58);
  });

  test.for(METHODS)('tiny pictures: %s', async (method, { renderWith }) => {
    for (const [width, height] of [[1, 1], [1, 7], [5, 3], [65, 1]] as const) {
      const source = scene(width, height);
      for (const params of [{ method, sigmaS: 0.5, sigmaR: 0.01 }, { method, sigmaS: 200, sigmaR: 1, iterations: 5 }]) {
        expect(maxDifference(await renderWith(lineKernels)(edgePreserving(params), source), reference(source, edgePreserving(params).params))).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe.each(METHODS)('%s', (method) => {
  test('all divisions of lines give the same picture, also where a line is longer than the tile of a workgroup', async ({ renderWith }) => {
    for (const [width, height, params] of [[61, 23, { iterations: 2, sigmaS: 200, sigmaR: 1 }], [1, 530, { iterations: 1 }], [2070, 1, { iterations: 1 }]] as const) {
      const source = scene(width, height);
      const serial = await renderWith('serial')(edgePreserving({ method, ...params }), source);
      for (const division of ['block', 'subgroups'] as const) expect(maxDifference(await renderWith(division)(edgePreserving({ method, ...params }), source), serial)).toBeLessThanOrEqual(1);
    }
  });

  test('keeps a constant, also one much smaller than the window, where OpenCV 4.6 paints black', async ({ render }) => {
    for (const iterations of [1, 2, 3, 4, 5]) {
      expect(maxDifference(await render(edgePreserving({ method, iterations }), flat(37, 23, [200, 100, 3])), flat(37, 23, [200, 100, 3]))).toBe(0);
    }
  });

  test('mirrors with the picture', async ({ render }) => {
    for (const params of [{ method }, { method, sigmaS: 20, sigmaR: 0.2, iterations: 2 }]) {
      const source = scene(150, 90);
      const painted = mirrored(await render(edgePreserving(params), source));
      const other = await render(edgePreserving(params), mirrored(source));
      // The recursion goes there before it goes back, as OpenCV's does, and that is no symmetry.
      if (method === 'recursive') expect(psnr(other, painted)).toBeGreaterThan(42);
      else expect(maxDifference(other, painted)).toBeLessThanOrEqual(1);
    }
  });

  test('turns with the picture, but for what rows before columns make of a corner', async ({ render }) => {
    const source = scene(96, 60);
    const painted = await render(edgePreserving({ method, iterations: 5 }), source);
    const turned = transposed(await render(edgePreserving({ method, iterations: 5 }), transposed(source)));
    expect(psnr(turned, painted)).toBeGreaterThan(35);
  });

  test('smooths the more the larger sigmaR', async ({ render }) => {
    const source = scene(96, 60);
    const steps = await Promise.all([0.02, 0.07, 0.2, 0.4, 0.8].map(async (sigmaR) => roughness(await render(edgePreserving({ method, sigmaR }), source))));
    expect(steps.toSorted((a, b) => b - a)).toEqual(steps);
    expect(roughness(source)).toBeGreaterThan(steps[0] as number);
  });

  test('leaves the picture where nothing may mix', async ({ render }) => {
    const source = scene(61, 43);
    expect(psnr(await render(edgePreserving({ method, sigmaS: 0.5, sigmaR: 0.01, iterations: 1 }), source), source)).toBeGreaterThan(40);
  });

  test('keeps the edges of a guide instead of its own', async ({ studio }) => {
    const source = picture(64, 40, (x, y) => [128 + 100 * (hash(x, y) - 0.5), 90, 90]);
    const guide = picture(64, 40, (x) => (x < 32 ? [20, 20, 20] : [230, 230, 230]));
    const tinted = picture(64, 40, (x, y) => (x < 32 ? [60 + 60 * hash(x, y), 90, 90] : [160 + 60 * hash(x, y), 90, 90]));
    for (const [picked, edges] of [[source, guide], [tinted, guide], [scene(64, 40), tinted]] as const) {
      const step = edgePreserving({ method });
      const pipeline = studio.pipeline(step);
      expect(psnr(await pipeline.read(picked, { inputs: { guide: edges } }), reference(picked, step.params, edges))).toBeGreaterThan(50);
      pipeline.destroy();
    }
  });

  test('a long line has no NaN and no streak', async ({ render }) => {
    const long = picture(4096, 2, (x, y) => [255 * hash(x, y), 255 * hash(x + 9, y), 255 * hash(x, y + 9)]);
    const painted = await render(edgePreserving({ method, sigmaS: 200, sigmaR: 0.01 }), long);
    for (let i = 0; i < painted.data.length; i += 4) expect(Math.abs((painted.data[i] as number) - (long.data[i] as number))).toBeLessThanOrEqual(40);
  });
});

test('a step between two colours stays a step', async ({ render }) => {
  const halves = picture(80, 60, (x, y) => (x < 40 ? [40 + 20 * hash(x, y), 60, 60] : [200 + 20 * hash(x, y), 190, 180]));
  for (const method of ['recursive', 'normalized'] as const) {
    const painted = await render(edgePreserving({ method, sigmaR: 0.2 }), halves);
    for (let y = 0; y < 60; y++) {
      expect(texel(painted, 39, y)[0]).toBeLessThan(60);
      expect(texel(painted, 40, y)[0]).toBeGreaterThan(200);
      expect(Math.abs((texel(painted, 20, y)[0] as number) - 50)).toBeLessThan(4);
    }
  }
});

describe.each(['normalized', 'interpolated'] as const)('alpha: %s', (method) => {
  test('transparent pixels do not bleed in', async ({ render }) => {
    // One opaque pixel in four. The import changes the colour of pixels of no alpha at all, so these have a little.
    const dots = picture(30, 20, (x, y) => ((x % 2) + (y % 2) === 0 ? [40, 160, 90, 255] : [50, 160, 110, 2]));
    const painted = await render(edgePreserving({ method, sigmaS: 30 }), dots);
    for (let y = 0; y < 20; y += 2) for (let x = 0; x < 30; x += 2) expect(maxDifference(flat(1, 1, texel(painted, x, y)), flat(1, 1, [40, 160, 90]))).toBeLessThanOrEqual(1);
  });

  test('half-transparent pixels count half', async ({ renderWith }) => {
    const source = picture(41, 37, (x, y) => [100 + 60 * hash(x, y), 90 + 40 * hash(y, x), 80, 85 * (1 + Math.floor(3 * hash(x + 99, y)))]);
    for (const lineKernels of LINE_KERNELS) {
      expect(psnr(await renderWith(lineKernels)(edgePreserving({ method }), source), reference(source, edgePreserving({ method }).params))).toBeGreaterThan(58);
    }
  });
});

test('gives alpha 1, so that the next effect counts all pixels alike', async ({ render }) => {
  const source = picture(41, 37, (x, y) => [100 + 60 * hash(x, y), 90 + 40 * hash(y, x), 80, 85 * (1 + Math.floor(3 * hash(x + 99, y)))]);
  const opaque = picture(41, 37, (x, y) => texel(source, x, y).slice(0, 3));
  const next = edgePreserving({ method: 'normalized' });
  for (const method of METHODS) {
    const unchanged = edgePreserving({ method, sigmaS: 0.5, sigmaR: 0.01, iterations: 1 });
    expect(psnr(await render([unchanged, next], source), await render([unchanged, next], opaque))).toBeGreaterThan(56);
  }
});

test('scale keeps the composition', async ({ render }) => {
  const source = scene(96, 64);
  const half = await render(edgePreserving({ sigmaS: 40 }), source, { scale: 0.5 });
  const reduced = await render(edgePreserving({ sigmaS: 20 }), await render(edgePreserving({ method: 'normalized', sigmaS: 0.5, sigmaR: 0.01 }), source, { scale: 0.5 }));
  expect(maxDifference(half, reduced)).toBeLessThanOrEqual(1);
});

/** Sum of the steps between neighbours. */
function roughness({ data, width, height }: Pixels): number {
  let sum = 0;
  for (let i = 4 * (width + 1); i < 4 * width * height; i++) sum += Math.abs((data[i] as number) - (data[i - 4] as number)) + Math.abs((data[i] as number) - (data[i - 4 * width] as number));
  return sum;
}
