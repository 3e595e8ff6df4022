import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { float } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { screen as twin } from '../reference/screen.ts';
import kernel from '../support/kernels/screen.wgsl';
import { flat, grey, picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

interface ScreenParams { angle: number; period: number }

const screen: Effect<ScreenParams> = defineEffect({
  name: 'screen',
  params: { angle: float(15, { min: -90, max: 90 }), period: float(6, { min: 2, max: 100 }) },
  build(graph, { source }, { angle, period }) {
    const t = (angle * Math.PI) / 180;
    return graph.compute(kernel, { inputs: { source }, params: { direction: [Math.cos(t), Math.sin(t)], period } });
  },
});

/** Coverage in [0, 1] of each pixel. */
function coverages({ data }: Pixels): number[] {
  return Array.from({ length: data.length / 4 }, (_, i) => (256 * data[4 * i]! + data[4 * i + 1]!) / 65535);
}

const CODES = [2, 8, 64, 112, 160, 240, 253];

// Angles and periods that hardly repeat on the lattice of pixels, so that pixels see all of a cell alike.
test('over many cells as much is covered as was asked for', async ({ render }) => {
  for (const [angle, period] of [[15, 3.2], [75, 4], [15, 5.5], [33, 13]] as const) {
    for (const code of CODES) {
      const covered = coverages(await render(screen({ angle, period }), flat(128, 128, grey(code))));
      expect(Math.abs(covered.reduce((sum, value) => sum + value, 0) / covered.length - code / 255), `${code} of 255 at ${period} px`).toBeLessThan(0.01);
    }
  }
});

test('no ink is bare paper, full ink is solid', async ({ render }) => {
  for (const [code, coverage] of [[0, 0], [1, 0], [254, 1], [255, 1]] as const) {
    expect(new Set(coverages(await render(screen(), flat(24, 24, grey(code)))))).toEqual(new Set([coverage]));
  }
});

test('it is its twin', async ({ render }) => {
  for (const [angle, period] of [[0, 4], [45, 5.5], [75, 17]] as const) {
    const codes = picture(CODES.length * 8, 40, (x) => grey(CODES[x >> 3]!));
    const covered = coverages(await render(screen({ angle, period }), codes));
    const shown = picture(codes.width, 40, (x, y) => grey(255 * covered[y * codes.width + x]!));
    const expected = picture(codes.width, 40, (x, y) => grey(255 * twin(CODES[x >> 3]! / 255, x, y, angle, period)));
    expect(psnr(shown, expected), `${period} px`).toBeGreaterThan(45);
  }
});
