import { expect } from 'vitest';
import { effects, looks } from '../../src/all.ts';
import type { AnyEffect, Look } from '../../src/core/effect.ts';
import type { ParamSpec } from '../../src/core/params.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { stabilize } from '../../src/effects/stabilize.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { maxDifference, picture, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';
import { makeTexture, readTexture } from '../support/textures.ts';

const SMALL = scene(48, 32);
/** Long, where lengths relative to a picture are more than the pixels that they take at least; and low, so that it is cheap. */
const LONG = scene(1024, 10);
const MAP = scene(20, 14);

/** What else a parameter needs to act, by `effect.parameter`. */
const NEEDS: Readonly<Record<string, { readonly params?: object; readonly source?: Pixels }>> = {
  'comic.dotSize': { source: LONG },
  'engraving.flow': { params: { mode: 'flow' } },
  'engraving.period': { source: LONG },
  'gouache.detail': { source: LONG },
  'hatching.spacing': { source: LONG },
  'hatching.width': { source: LONG },
  'ink.phi': { source: LONG },
  'lineIntegralConvolution.grain': { params: { of: 'noise' } },
  'lineIntegralConvolution.seed': { params: { of: 'noise' } },
  'oilImpasto.shine': { source: LONG },
  'oilPainting.bins': { params: { mode: 'soft' } },
  'oilPainting.exponent': { params: { mode: 'soft' } },
  'palette.ditherAmount': { params: { dither: 'bayer' } },
  'palette.ditherSize': { params: { dither: 'bayer' } },
  'pencilDodge.saturation': { params: { color: true } },
  'pencilDodge.shade': { params: { color: true } },
  'pencilDodge.sigmaR': { params: { smoothing: 'edgePreserving' } },
  'watercolor.bleed': { source: LONG },
  'watercolor.detail': { source: LONG },
  'xdog.levels': { params: { threshold: 'quantized' } },
};

/** An end of a range, or what else there is to choose; of a list one number at a time. */
function otherValues(spec: ParamSpec): readonly unknown[] {
  switch (spec.kind) {
    case 'bool':
      return [!spec.default];
    case 'choice':
      return spec.choices.filter((choice) => choice !== spec.default);
    case 'color':
      return ['#6040a0'];
    case 'colors':
      return [['#102030', '#e0a060']];
    case 'list':
      return spec.default.map((_, changed) => spec.default.map((value, i) => (i === changed ? (spec.min + 2 * spec.max) / 3 : value)));
    default:
      return [spec.default === spec.max ? spec.min : spec.max];
  }
}

/** Looks for a combinator, one that leaves the picture and others that do not. */
function partsOf({ looks: names }: AnyEffect): Record<string, Look> {
  return Object.fromEntries(names.map((name, i) => [name, adjust({ hue: 90 * (names.length > 1 ? i : 1) })]));
}

// A parameter that `build` forgets, or passes on under another name, is seen nowhere else: its default paints the goldens.
test.for([...effects, ...looks].filter((effect) => effect !== stabilize).map((effect) => [effect.name, effect] as const))('%s: each value of each parameter is another picture than its default', async ([name, effect], { studio }) => {
  const defaults = Object.fromEntries(Object.entries(effect.params).map(([key, { default: value }]) => [key, value]));
  const inputs = Object.fromEntries(Object.keys(effect.inputs).map((input) => [input, MAP]));
  const pipeline = studio.pipeline(effect.step({ looks: partsOf(effect) }));
  const paint = (params: object, source: Pixels): Promise<Pixels> => {
    pipeline.set(effect.looks.length, { ...defaults, ...params });
    return pipeline.read(source, { inputs });
  };
  const plainly = await paint({}, SMALL);
  const idle: string[] = [];
  for (const [key, spec] of Object.entries(effect.params)) {
    const needs = NEEDS[`${name}.${key}`];
    const { params = {}, source = SMALL } = needs ?? {};
    const plain = needs === undefined ? plainly : await paint(params, source);
    for (const value of otherValues(spec)) if (maxDifference(await paint({ ...params, [key]: value }, source), plain) === 0) idle.push(`${key}: ${String(value)}`);
  }
  pipeline.destroy();
  expect(idle).toEqual([]);
});

test('stabilize: so is each of its parameters, from the second frame on', async ({ device, studio }) => {
  const target = makeTexture(device, SMALL.width, SMALL.height);
  // By 4 levels, here and there.
  const later = picture(SMALL.width, SMALL.height, (x, y) => texel(SMALL, x, y).map((code) => code + 4 * (x % 2)));
  const painted: Pixels[] = [];
  for (const params of [{}, ...Object.entries(stabilize.params).map(([key, spec]) => ({ [key]: otherValues(spec)[0] }))]) {
    const pipeline = studio.pipeline(stabilize(adjust(), params));
    await pipeline.ready;
    for (const frame of [SMALL, later]) pipeline.render(frame, target);
    painted.push(await readTexture(device, target));
    pipeline.destroy();
  }
  const [plain, ...others] = painted as [Pixels, ...Pixels[]];
  expect(others.filter((other) => maxDifference(other, plain) === 0)).toEqual([]);
});
