import { describe, expect, onTestFinished } from 'vitest';
import { effects, looks } from '../../src/all.ts';
import type { Look } from '../../src/core/effect.ts';
import type { Frame } from '../../src/core/frameGraph.ts';
import { haloOf } from '../../src/core/look.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { anisotropicKuwahara } from '../../src/effects/anisotropicKuwahara.ts';
import { blend } from '../../src/effects/blend.ts';
import { generalizedKuwahara } from '../../src/effects/generalizedKuwahara.ts';
import { guidedFilter } from '../../src/effects/guidedFilter.ts';
import { mask } from '../../src/effects/mask.ts';
import { paperTexture } from '../../src/effects/paperTexture.ts';
import { palette } from '../../src/effects/palette.ts';
import { pencilDodge } from '../../src/effects/pencilDodge.ts';
import type { Generation } from '../../src/studio/generation.ts';
import { hash, picture, scene, transposed } from '../support/pictures.ts';
import { test as base } from '../support/studioTest.ts';
import { textureOf } from '../support/textures.ts';
import { differenceOf, makeGeneration, paintBothWays } from '../support/tiling.ts';

const FRAME: Frame = { width: 1024, height: 768, origin: [0, 0], scale: 1 };

const test = base.extend('generation', { scope: 'file' }, async ({}, { onCleanup }): Promise<Generation> => {
  const generation = await makeGeneration();
  onCleanup(() => generation.engine.destroy());
  return generation;
});

// Long enough that tiles begin within the picture on both sides: the grid is 64 px.
const ACROSS = scene(224, 20);
const DOWN = transposed(ACROSS);
const TILE = { width: 64, height: 64 };

/** Parameters with which a halo is smaller than the picture, and passes are reduced. */
const PARAMS: Readonly<Record<string, object>> = {
  anisotropicKuwahara: { radius: 8, tensorSigma: 8, passes: 2 },
  generalizedKuwahara: { radius: 20 },
  bilateral: { sigmaSpace: 9 },
  guidedFilter: { radius: 12 },
  xdog: { tensorSigma: 0.3, along: 2 },
  lineIntegralConvolution: { of: 'noise', tensorSigma: 0.4, sigma: 3, grain: 3 },
  cartoon: { tensorSigma: 0.4, rounds: 1, along: 1, sigmaD: 1 },
  palette: { palette: ['#102030', '#d08040', '#ffffff'], dither: 'noise', ditherSize: 3 },
};

const steps = effects.filter((effect) => effect.looks.length === 0).map((effect) => effect.step({ params: PARAMS[effect.name] ?? {} }));
const local = steps.filter((step) => haloOf(step, FRAME) !== undefined);

describe('an effect with a halo', () => {
  test.for(local.map((step) => [step.effect.name, step] as const))('%s is the same in tiles', async ([, step], { generation }) => {
    for (const [source, count] of [[ACROSS, 4], [DOWN, 4]] as const) {
      const { whole, tiled, tiles } = await paintBothWays(generation, step, source, TILE);
      expect(tiles).toBe(count);
      expect(differenceOf(whole, tiled)).toBeLessThanOrEqual(1);
    }
  });

  test('that is too small is seen', async ({ generation }) => {
    const { whole, tiled } = await paintBothWays(generation, generalizedKuwahara({ radius: 8 }), ACROSS, TILE, { halo: 1 });
    expect(differenceOf(whole, tiled)).toBeGreaterThan(1);
  });

  test('whose tiles forget where they lie is seen', async ({ generation }) => {
    const placeless = { ...palette(PARAMS['palette']), effect: Object.assign(() => {}, palette, { build: ((graph, ...rest) => palette.build(Object.assign(graph, { frame: { ...graph.frame, origin: [0, 0] } }), ...rest)) as typeof palette.build }) };
    const { whole, tiled } = await paintBothWays(generation, placeless as unknown as Look, ACROSS, TILE);
    expect(differenceOf(whole, tiled)).toBeGreaterThan(1);
  });
});

const of = (look: Look, frame: Partial<Frame> = {}): number | undefined => haloOf(look, { ...FRAME, ...frame });
const [near, far, all] = [generalizedKuwahara({ radius: 4 }), generalizedKuwahara({ radius: 12 }), looks[0]!.step({})];

describe('the halo of a look', () => {
  test('of a chain is the sum, of a blend the larger', () => {
    expect(of([near, far])).toBe((of(near) as number) + (of(far) as number));
    expect(of(blend(near, [far, near]))).toBe((of(near) as number) + (of(far) as number));
    expect(of([])).toBe(0);
  });

  test('of a mask is that of its feather where that reaches farther', () => {
    expect(of(mask(near))).toBe(of(near));
    expect(of(mask(near, 'mask', { feather: 30 }))).toBeGreaterThan(of(near) as number);
  });

  test('is none as soon as one step looks at the whole picture', () => {
    for (const look of [all, [near, all], blend(near, all), mask([near, all]), palette(), anisotropicKuwahara({ multiscale: true }), pencilDodge({ smoothing: 'edgePreserving' })]) expect(of(look)).toBeUndefined();
  });

  test('follows the scale of the picture', () => {
    expect(of(far, { scale: 0.5 })).toBe(of(generalizedKuwahara({ radius: 6 })));
  });

  test('is there for every effect but those that need the whole picture', () => {
    expect(steps.filter((step) => of(step) === undefined).map(({ effect }) => effect.name).sort()).toEqual(['brushStrokes', 'coherenceEnhancing', 'detailEnhance', 'edgePreserving', 'pencilSketch', 'stylization']);
  });
});

describe('tiles of a picture', () => {
  const LOOK = [guidedFilter({ radius: 12 }), paperTexture()];

  test('that is cropped, mirrored, turned and reduced are the same', async ({ generation }) => {
    const source = scene(300, 40);
    for (const options of [{ crop: { x: 33, y: 3, width: 240, height: 30 } }, { mirror: true }, { orientation: 6 }, { orientation: 4, mirror: true, crop: { x: 7, y: 1, width: 220, height: 33 } }, { maxSize: 213 }, { orientation: 7, scale: 0.77 }]) {
      const { whole, tiled, tiles } = await paintBothWays(generation, LOOK, source, TILE, options);
      expect(tiles).toBeGreaterThanOrEqual(4);
      expect(differenceOf(whole, tiled)).toBeLessThanOrEqual(1);
    }
  });

  test('with transparent parts are the same', async ({ generation }) => {
    const source = picture(224, 20, (x, y) => [x, 255 - x, 12 * y, x % 100 < 55 ? 0 : hash(x, y) < 0.2 ? 128 : 255]);
    const { whole, tiled } = await paintBothWays(generation, pencilDodge({ sigma: 3, color: true }), source, TILE);
    expect(differenceOf(whole, tiled)).toBeLessThanOrEqual(1);
    expect(tiled.data.filter((_, i) => i % 4 === 3)).toEqual(source.data.filter((_, i) => i % 4 === 3));
  });

  test('take the colours of transparent pixels from beyond what is painted for them', async ({ generation }) => {
    const look = pencilDodge({ sigma: 10 });
    // A few pixels beyond what is painted for the first tile.
    const end = 64 + (of(look) as number) + 3;
    const source = picture(224, 8, (x) => (x < 64 ? [60, 60, 60] : x < end ? [0, 0, 0, 0] : [255, 255, 255]));
    const { whole, tiled } = await paintBothWays(generation, look, source, TILE);
    expect(differenceOf(whole, tiled)).toBeLessThanOrEqual(1);
  });

  test('with a mask of another size are the same', async ({ generation }) => {
    const cover = picture(57, 31, (x, y) => [4 * x + y, 0, 0]);
    const { whole, tiled } = await paintBothWays(generation, mask(adjust({ hue: 120 }), 'cover', { feather: 6 }), ACROSS, TILE, { inputs: { cover } });
    expect(differenceOf(whole, tiled)).toBeLessThanOrEqual(1);
  });

  test('from a texture are the same', async ({ generation }) => {
    const source = textureOf(generation.engine.device.handle, ACROSS);
    onTestFinished(() => source.destroy());
    const { whole, tiled } = await paintBothWays(generation, LOOK, source, TILE);
    expect(differenceOf(whole, tiled)).toBeLessThanOrEqual(1);
    expect(differenceOf((await paintBothWays(generation, LOOK, ACROSS, TILE)).whole, tiled)).toBeLessThanOrEqual(1);
  });

  test('that is a pixel wide are the same', async ({ generation }) => {
    for (const source of [scene(1, 200), scene(200, 1)]) {
      const { whole, tiled } = await paintBothWays(generation, LOOK, source, TILE);
      expect(differenceOf(whole, tiled)).toBeLessThanOrEqual(1);
    }
  });
});
