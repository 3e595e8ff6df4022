import { expect, test } from 'vitest';
import { runScenario, type Rig } from '../../bench/runScenario.ts';
import type { NamedLook, Scenario } from '../../bench/scenario.ts';
import { flat } from '../support/pictures.ts';

// No GPU and no peers: nothing of them may be touched before it is known that there is something to race.
const rig: Rig = {
  device: {} as GPUDevice,
  isFallback: true,
  sample: flat(4, 4, [1, 2, 3]),
  peers: { openCv: undefined, openCvJs: undefined, cpp: undefined, missing: [] },
  exchange: { output: '', fileOf: () => Promise.reject(new Error('unexpected')), clear: async () => {} },
  roofline: { bandwidth: 1, arithmetic: 1 },
  repeats: 1,
  exampleOf: () => Promise.reject(new Error('unexpected')),
};
const of = (look: NamedLook): Scenario => ({ name: 'race', own: [{ name: 'ours', look, bytesPerPixel: 8, atLeast: 45 }] });

test.each([
  [{ effect: 'oilPancake' }, /not raced, because ours cannot be made: there is no effect "oilPancake" among .*oilPainting/],
  [{ effect: 'oilPainting', params: { size: 99 } }, /not raced.*oilPainting: size is 99, must be/],
])('a race whose effect is not there, or not so, is told as such', async (look, sentence) => {
  const table = await runScenario(of(look), { width: 8, height: 6 }, rig);
  expect(table).toMatchObject({ scenario: 'race', width: 8, height: 6, rows: [], leftOut: [expect.stringMatching(sentence)] });
});

test('rows that take minutes on a GPU in software are left out there, and named', async () => {
  const { own: [ours] } = of({ effect: 'oilPancake' });
  const { leftOut } = await runScenario({ name: 'race', own: [ours, { ...ours, name: 'in blocks', needsGpu: true }] }, { width: 8, height: 6 }, rig);
  expect(leftOut[0]).toBe('in blocks: not on a fallback adapter, where it takes minutes');
});
