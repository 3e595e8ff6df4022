import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import { paintLight } from '../../src/passes/paintLight.ts';
import { valueAt } from '../reference/structureTensor.ts';
import { fromOklab, toOklab } from '../reference/oklab.ts';
import { flat, maxDifference, picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

interface LitParams { gain: number; depth: number; glint: number; lightAngle: number }

/** The picture lit as if its red were height. */
const lit: Effect<LitParams> = defineEffect({
  name: 'lit',
  params: { gain: float(3, { min: 0, max: 10 }), depth: float(0.3, { min: 0, max: 1 }), glint: float(0.1, { min: 0, max: 1 }), lightAngle: float(130, { min: 0, max: 360 }) },
  build: (graph, { source }, params) => paintLight(graph, source, source, params),
});

const hills = picture(50, 40, (x, y) => [128 + 70 * Math.sin(x / 4) * Math.cos(y / 5), 120 + x, 90 + y]);

test.for([{}, { lightAngle: 30, gain: 8 }, { glint: 1, gain: 10 }])('it is the light of float64: %o', async (given, { render }) => {
  const { gain, depth, glint, lightAngle } = { gain: 3, depth: 0.3, glint: 0.1, lightAngle: 130, ...given };
  const angle = (lightAngle * Math.PI) / 180;
  const length = Math.hypot(1, 0.7);
  const light = [Math.cos(angle) / length, -Math.sin(angle) / length, 0.7 / length] as const;
  const half = Math.hypot(light[0], light[1], light[2] + 1);
  const twin = picture(50, 40, (x, y) => {
    const at = (dx: number, dy: number): number => valueAt(hills, x + dx, y + dy, 0);
    const [gx, gy] = [0.5 * gain * (at(1, 0) - at(-1, 0)), 0.5 * gain * (at(0, 1) - at(0, -1))];
    const steep = Math.hypot(gx, gy, 1);
    const diffuse = (-gx * light[0] - gy * light[1] + light[2]) / steep / light[2];
    const towards = Math.max(0, (-gx * light[0] - gy * light[1] + light[2] + 1) / steep / half);
    const [L, a, b] = toOklab([0, 1, 2].map((c) => valueAt(hills, x, y, c)));
    return fromOklab([L * (1 + depth * (diffuse - 1)) + glint * Math.min(Math.max(towards ** 40 - 0.35, 0), 1), a, b]).map((value) => 255 * value);
  });
  expect(psnr(await render(lit(given), hills), twin)).toBeGreaterThan(45);
});

test('flat paint stays as it is, whatever the light', async ({ render }) => {
  const source = flat(9, 7, [90, 140, 60]);
  expect(maxDifference(await render(lit({ gain: 10, glint: 1 }), source), source)).toBeLessThanOrEqual(1);
  expect(maxDifference(await render(lit({ gain: 0, glint: 0 }), hills), hills)).toBeLessThanOrEqual(1);
});
