import { expect } from 'vitest';
import { defineEffect, type Effect } from '../../src/core/effect.ts';
import { choice, float, int } from '../../src/core/params.ts';
import { thresholded, type Threshold } from '../../src/passes/thresholded.ts';
import { field, fieldOf } from '../reference/field.ts';
import { thresholded as twin, type ThresholdFacts } from '../reference/thresholded.ts';
import affine from '../support/kernels/affine.wgsl';
import { picture, psnr, scene } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

const INK = [0.1, 0.2, 0.3] as const;
const PAPER = [1, 0.9, 0.8] as const;
const SHARPENED = { gain: 200, amount: -50 };

/** The pass on a picture whose red is -50 to 150 L*. */
const inked: Effect<{ -readonly [K in keyof ThresholdFacts]: ThresholdFacts[K] }> = defineEffect({
  name: 'inked',
  params: {
    threshold: choice('soft', ['soft', 'even', 'hard', 'quantized', 'none']),
    epsilon: float(50, { min: 1, max: 100 }), phi: float(0.1, { min: 0, max: 10 }), levels: int(1, { min: 1, max: 16 }),
  },
  build(graph, { source }, params) {
    const { gain, amount } = SHARPENED;
    const sharpened = graph.compute(affine, { inputs: { source }, params: { gain: [gain, gain, gain], amount: [amount, amount, amount] } });
    return thresholded(graph, sharpened, { ...params, ink: INK, paper: PAPER });
  },
});

test.for<Threshold>(['soft', 'even', 'hard', 'quantized', 'none'])('%s is its twin, in the colours of ink and paper', async (threshold, { render }) => {
  const source = scene(64, 48);
  const code = fieldOf(source);
  const sharpened = field(64, 48, (x, y) => code.at(x, y).map((value) => SHARPENED.gain * value + SHARPENED.amount) as [number, number, number]);
  for (const [epsilon, phi] of [[50, 0.03], [70, 2]] as const) {
    const paper = twin(sharpened, { threshold, epsilon, phi, levels: 5 });
    const expected = picture(64, 48, (x, y) => INK.map((ink, c) => 255 * (ink + (PAPER[c]! - ink) * paper.at(x, y)[0])));
    expect(psnr(await render(inked({ threshold, epsilon, phi, levels: 5 }), source), expected)).toBeGreaterThan(45);
  }
});
