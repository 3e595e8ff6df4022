import { expect } from 'vitest';
import { xdog, type XdogParams } from '../../src/effects/xdog.ts';
import { fieldOf, pictureOf } from '../reference/field.ts';
import { xdog as twin } from '../reference/xdog.ts';
import { psnr, scene } from '../support/pictures.ts';
import { shades } from '../support/shades.ts';
import { test } from '../support/studioTest.ts';

const DEFAULTS: XdogParams = {
  sigma: 1.4, k: 1.6, sharpness: 20, epsilon: 60, phi: 0.1, threshold: 'soft', levels: 4, flow: false, along: 4, tensorSigma: 1.4, antialiasSigma: 1, ink: '#000000', paper: '#ffffff',
};

test.for<[Partial<XdogParams>, typeof scene]>([
  [{}, scene],
  [{ phi: 10, sharpness: 100 }, scene],
  [{ sigma: 0.5, k: 3, sharpness: 8, epsilon: 80, phi: 0.02 }, scene],
  [{ threshold: 'hard' }, scene],
  [{ threshold: 'quantized', phi: 1, sharpness: 3 }, shades],
  [{ threshold: 'quantized', phi: 0.1, levels: 7, epsilon: 90 }, scene],
  [{ threshold: 'none', sigma: 4 }, scene],
])('it is its twin: %o', async ([params, sourceOf], { render }) => {
  const source = sourceOf(48, 36);
  const all = { ...DEFAULTS, ...params };
  const db = psnr(await render(xdog(all), source), pictureOf(twin(fieldOf(source), all)));
  console.log(db);
  expect(db).toBeGreaterThan(45);
});
