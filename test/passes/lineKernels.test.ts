import { expect } from 'vitest';
import { detailEnhance } from '../../src/effects/detailEnhance.ts';
import { edgePreserving } from '../../src/effects/edgePreserving.ts';
import { pencilSketch } from '../../src/effects/pencilSketch.ts';
import { hash, maxDifference, picture, psnr, scene } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

test.for([detailEnhance(), pencilSketch(), pencilSketch({ color: true })])('all divisions of lines give the same picture: %j', async (step, { renderWith }) => {
  const source = scene(67, 41);
  const serial = await renderWith('serial')(step, source);
  for (const division of ['block', 'subgroups'] as const) expect(maxDifference(await renderWith(division)(step, source), serial)).toBeLessThanOrEqual(1);
});

test('box means of noise differ in single pixels, where a last bit decides who is still in the box', async ({ renderWith }) => {
  const noise = picture(300, 12, (x, y) => [255 * hash(x, y), 255 * hash(x + 500, y), 255 * hash(x, y + 500)]);
  const step = edgePreserving({ method: 'normalized', sigmaS: 20, sigmaR: 1 });
  expect(psnr(await renderWith('block')(step, noise), await renderWith('serial')(step, noise))).toBeGreaterThan(55);
});
