import { afterAll, beforeAll, expect, test } from 'vitest';
import { effects, looks } from '../../src/all.ts';
import type { AnyEffect, AnyStep } from '../../src/core/effect.ts';
import type { ParamSpec } from '../../src/core/params.ts';
import { adjust } from '../../src/effects/adjust.ts';
import { Studio } from '../../src/studio/studio.ts';
import { psnr, scene } from '../support/pictures.ts';
import { makeDevice, PATIENT } from '../support/studioTest.ts';

const source = scene(40, 28);
const map = scene(20, 14);
const studios: Studio[] = [];
const devices: GPUDevice[] = [];

beforeAll(async () => {
  for (const level of ['core', 'compatibility'] as const) {
    const device = await makeDevice(level);
    devices.push(device);
    studios.push(await Studio.create({ device, memory: PATIENT }));
  }
});

afterAll(() => {
  for (const studio of studios) studio.destroy();
  for (const device of devices) device.destroy();
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
test.for([...effects, ...looks].map((effect) => [effect.name, effect] as const))('%s paints the same on a compatibility-level device', async ([, effect]) => {
  const inputs = Object.fromEntries(Object.keys(effect.inputs).map((name) => [name, map]));
  for (const step of kindsOf(effect)) {
    for (const options of Object.keys(inputs).length === 0 ? [{}] : [{}, { inputs }]) {
      const [core, compatible] = await Promise.all(studios.map((studio) => {
        const pipeline = studio.pipeline(step);
        return pipeline.read(source, options).finally(() => pipeline.destroy());
      }));
      expect(psnr(core!, compatible!), JSON.stringify(step)).toBeGreaterThan(60);
    }
  }
});
