import { expect } from 'vitest';
import kernel from '../../shaders/passes/penTone.wgsl';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import { lineField } from '../../src/passes/lineField.ts';
import { penTone } from '../../src/passes/penTone.ts';
import { field, fieldOf } from '../reference/field.ts';
import { penTone as twin } from '../reference/penTone.ts';
import responses from '../support/kernels/responses.wgsl';
import { flat, grey, picture, psnr, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

interface Numbers { gamma: number; local: number; threshold: number; softness: number }
const WEIGHTS = [0.95, 0.8] as const;

/** The kernel alone, where r of the picture is calm and what is around it, g and b responses of lines, and b also the anisotropy. */
const alone: Effect<Numbers> = defineEffect({
  name: 'alone',
  params: { gamma: float(1, { min: 0, max: 4 }), local: float(0, { min: 0, max: 1 }), threshold: float(1, { min: 0, max: 4 }), softness: float(1, { min: 0, max: 4 }) },
  build(graph, { source }, params) {
    const lines = graph.compute(responses, { inputs: { source } });
    return graph.compute(kernel, { inputs: { lines, tangents: source, blurred: source }, params: { ...params, weights: WEIGHTS, blurredTexel: 1 } });
  },
});

test.for<Numbers>([{ gamma: 1.1, local: 0.35, threshold: 1, softness: 1.5 }, { gamma: 1, local: 0.45, threshold: 0.8, softness: 1.3 }])('tones and contours are their twins: %o', async (numbers, { render }) => {
  const source = scene(64, 48);
  const code = fieldOf(source);
  const lines = field(64, 48, (x, y) => [code.at(x, y)[0], 20 * (code.at(x, y)[1] - 0.5), 20 * (code.at(x, y)[2] - 0.5)]);
  const expected = picture(64, 48, (x, y) => twin(lines, x, y, code.at(x, y)[2], code.at(x, y)[0], { ...numbers, weights: WEIGHTS }).map((value) => 255 * value));
  expect(psnr(await render(alone(numbers), source), expected)).toBeGreaterThan(45);
});

/** With its own blur, of a picture. */
const toned: Effect<{ local: number }> = defineEffect({
  name: 'toned',
  params: { local: float(0, { min: 0, max: 1 }) },
  build: (graph, { source }, { local }) => penTone(graph, lineField(graph, source), { local, threshold: 1, softness: 1.5, weights: WEIGHTS }),
});

test('white is nothing to a pen; what has lighter things around it is darker by the local share', async ({ render }) => {
  expect(texel(await render(toned({ local: 1 }), flat(24, 18, grey(255))), 12, 9)).toEqual([0, 0, 0, 255]);
  const square = picture(64, 64, (x, y) => grey(Math.max(Math.abs(x - 32), Math.abs(y - 32)) < 8 ? 110 : 250));
  const [plain, local] = [texel(await render(toned(), square), 32, 32), texel(await render(toned({ local: 1 }), square), 32, 32)];
  expect(local[0]).toBeGreaterThan(plain[0]! + 20);
});
