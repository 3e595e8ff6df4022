import { expect } from 'vitest';
import { effects, looks } from '../../src/all.ts';
import type { AnyEffect, AnyStep } from '../../src/core/effect.ts';
import type { ParamSpec } from '../../src/core/params.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { psnr, scene } from '../support/pictures.ts';
import { makeDevice, makeStudio, test as studioTest } from '../support/studioTest.ts';

const source = scene(40, 28);
const map = scene(20, 14);

const test = studioTest.extend('compatible', { scope: 'file' }, async ({}, { onCleanup }) => {
  const device = await makeDevice('compatibility');
  const studio = await makeStudio({ device });
  onCleanup(() => {
    studio.destroy();
    device.destroy();
  });
  return studio;
});

/** The values of a parameter that may choose other kernels than its default does. */
function otherValues(spec: ParamSpec): unknown[] {
  if (spec.kind === 'bool') return [!spec.default];
  if (spec.kind === 'choice') return spec.choices.filter((choice) => choice !== spec.default);
  if (spec.kind === 'colors') return [['#102030', '#e0a060']];
  if (spec.rebuilds !== true || spec.kind === 'seed' || !('min' in spec) || typeof spec.default !== 'number') return [];
  return [spec.min, spec.max];
}

/** Each kind of an effect: its defaults, and one parameter at a time changed. */
function kindsOf(effect: AnyEffect): AnyStep[] {
  const changes = Object.entries(effect.params).flatMap(([key, spec]) => otherValues(spec).map((value) => ({ [key]: value })));
  const parts = Object.fromEntries(effect.looks.map((name) => [name, adjust({ hue: 90 })]));
  return [{}, ...changes].map((params) => effect.step({ params, looks: parts }));
}

// It proves that every kernel compiles and binds within the limits of such a device; that it computes the right thing is for the tests of the effects.
test.for([...effects, ...looks].map((effect) => [effect.name, effect] as const))('%s paints the same on a compatibility-level device', async ([, effect], { studio, compatible }) => {
  const inputs = Object.fromEntries(Object.keys(effect.inputs).map((name) => [name, map]));
  for (const step of kindsOf(effect)) {
    for (const options of Object.keys(inputs).length === 0 ? [{}] : [{}, { inputs }]) {
      const [expected, painted] = await Promise.all([studio, compatible].map((painter) => {
        const pipeline = painter.pipeline(step);
        return pipeline.read(source, options).finally(() => pipeline.destroy());
      }));
      expect(psnr(expected!, painted!), JSON.stringify(step)).toBeGreaterThan(60);
    }
  }
});
