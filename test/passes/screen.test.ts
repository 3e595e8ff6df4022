import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { choice, float } from '../../src/core/params.ts';
import type { Pixels } from '../../src/io/pixels.ts';
import { roundScreen } from '../reference/screen.ts';
import kernel from '../support/kernels/screen.wgsl';
import { flat, grey, picture, psnr } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const KINDS = ['spread', 'round', 'diamond', 'line'] as const;
interface ScreenParams { kind: (typeof KINDS)[number]; angle: number; period: number }

const screen: Effect<ScreenParams> = defineEffect({
  name: 'screen',
  params: { kind: choice('round', KINDS), angle: float(15, { min: -90, max: 90 }), period: float(6, { min: 2, max: 100 }) },
  build(graph, { source }, { kind, angle, period }) {
    const t = (angle * Math.PI) / 180;
    return graph.compute(kernel, { inputs: { source }, params: { which: KINDS.indexOf(kind), direction: [Math.cos(t), Math.sin(t)], period } });
  },
});

/** Coverage in [0, 1] of each pixel. */
function coverages({ data }: Pixels): number[] {
  return Array.from({ length: data.length / 4 }, (_, i) => (256 * data[4 * i]! + data[4 * i + 1]!) / 65535);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const CODES = [2, 8, 64, 112, 160, 240, 253];

// Angles and periods that hardly repeat on the lattice of pixels, so that pixels see all of a cell alike.
test.for([
  ['round', 15, 3.2], ['round', 75, 4], ['round', 15, 5.5], ['round', 33, 13], ['spread', 15, 8.3], ['diamond', 15, 4], ['diamond', 75, 7], ['line', 15, 3.2], ['line', 33, 9],
] as const)('over many cells as much is covered as was asked for: %s, %d°, %d px', async ([kind, angle, period], { render }) => {
  for (const code of CODES) {
    const covered = coverages(await render(screen({ kind, angle, period }), flat(128, 128, grey(code))));
    expect(Math.abs(mean(covered) - code / 255), `${code} of 255`).toBeLessThan(0.01);
  }
});

test('no ink is bare paper, full ink is solid', async ({ render }) => {
  for (const kind of KINDS) {
    for (const code of [0, 255]) expect(new Set(coverages(await render(screen({ kind }), flat(24, 24, grey(code)))))).toEqual(new Set([code / 255]));
  }
});

test('round dots are their twin', async ({ render }) => {
  for (const [kind, rim, angle, period] of [['spread', 0, 0, 4], ['round', 0.46, 45, 5.5], ['round', 0.46, 75, 17]] as const) {
    const codes = picture(CODES.length * 8, 40, (x) => grey(CODES[x >> 3]!));
    const covered = coverages(await render(screen({ kind, angle, period }), codes));
    const shown = picture(codes.width, 40, (x, y) => grey(255 * covered[y * codes.width + x]!));
    const expected = picture(codes.width, 40, (x, y) => grey(255 * roundScreen(CODES[x >> 3]! / 255, x, y, angle, period, rim)));
    expect(psnr(shown, expected), `${period} px`).toBeGreaterThan(45);
  }
});
