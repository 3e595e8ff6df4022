import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float, seed } from '../../src/core/params.ts';
import { weave } from '../../src/passes/weave.ts';
import { fbm } from '../reference/noise.ts';
import { flat, picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const cloth: Effect<{ period: number; seed: number }> = defineEffect({
  name: 'cloth',
  params: { period: float(5, { min: 3.6, max: 20 }), seed: seed(3) },
  build: (graph, _inputs, { period, seed }) => weave(graph, period, seed),
});

test.for([{}, { period: 9.5, seed: 67 }])('the weave is that of float64: %o', async (given, { render }) => {
  const { period, seed } = { period: 5, seed: 3, ...given };
  const twin = picture(60, 40, (x, y) => {
    const wander = (of: number): number => 0.7 * (fbm(x, y, 4 * period, of) - 0.5);
    const [u, v] = [x / period + wander(seed), y / period + wander(seed + 9)];
    const [a, b] = [Math.abs(Math.sin(Math.PI * u)), Math.abs(Math.sin(Math.PI * v))];
    const over = (((Math.floor(u) + Math.floor(v)) % 2) + 2) % 2 === 0;
    return [255 * (over ? a * (0.55 + 0.45 * b) : b * (0.55 + 0.45 * a)) * (0.8 + 0.4 * fbm(x, y, 1.3 * period, seed + 3, 2)), 0, 0];
  });
  expect(psnr(await render(cloth(given), flat(60, 40, [0, 0, 0])), twin)).toBeGreaterThan(45);
});
