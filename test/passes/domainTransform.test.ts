import { expect } from 'vitest';
import { defineEffect, type Look } from '../../src/core/effect.ts';
import { applyLook } from '../../src/core/look.ts';
import type { LineKernels } from '../../src/core/deviceTraits.ts';
import { FrameGraph } from '../../src/core/frameGraph.ts';
import { makePlan, type Plan } from '../../src/core/plan.ts';
import { edgePreserving } from '../../src/effects/edgePreserving.ts';
import { pencilSketch } from '../../src/effects/pencilSketch.ts';
import { stylization } from '../../src/effects/stylization.ts';
import { domainTransform, windowRadius } from '../../src/passes/domainTransform.ts';
import { interpolatedConvolution } from '../../src/passes/interpolatedConvolution.ts';
import { normalizedConvolution } from '../../src/passes/normalizedConvolution.ts';
import { recursiveFilter } from '../../src/passes/recursiveFilter.ts';
import { windowCounts } from '../../src/passes/windowCounts.ts';
import counter from '../../shaders/effects/pencilSketch.wgsl';
import { windowCounts as reference } from '../reference/domainTransform.ts';
import { flat, hash, picture, scene, texel } from '../support/pictures.ts';
import { test } from '../support/studioTest.ts';

/** Shows the populations of both windows as grey levels. */
function counted(sigmaS: number, sigmaR: number, radius: number = windowRadius(sigmaS, 0, 3)): Look {
  return defineEffect<Record<string, never>>({
    name: 'counted',
    params: {},
    build(graph, { source }) {
      const counts = windowCounts(graph, domainTransform(graph, source, { sigmaS, sigmaR }), radius);
      return graph.compute(counter, { inputs: { ...counts }, params: { shade: 1 / 255 } });
    },
  })();
}

test.for([[60, 0.4], [20, 0.07], [3, 1], [200, 0.01], [0.5, 0.01]] as const)('windows hold the pixels within their radius: sigmas %d and %d', async ([sigmaS, sigmaR], { render }) => {
  for (const source of [scene(90, 67), scene(63, 130), flat(40, 100, [10, 90, 70])]) {
    const { data } = await render(counted(sigmaS, sigmaR), source);
    const expected = reference(source, sigmaS, sigmaR);
    const wrong = [...expected.keys()].filter((i) => data[4 * i] !== Math.min(255, expected[i] as number));
    // A rounding of the last bit moves a pixel over the edge of a window now and then.
    expect(wrong.length / expected.length).toBeLessThan(0.003);
  }
});

test('windows are open below and closed above, as those of OpenCV', async ({ render }) => {
  // Everywhere else pixels exactly a radius away are rare; on a flat picture all distances are whole.
  const { data } = await render(counted(60, 0.4, 5), flat(30, 40, [9, 8, 7]));
  const along = (i: number, length: number): number => Math.min(i + 5, length - 1) - Math.max(i - 4, 0) + 1;
  for (let y = 0; y < 40; y++) for (let x = 0; x < 30; x++) expect(data[4 * (y * 30 + x)]).toBe(along(x, 30) + along(y, 40));
});

test('a pixel is in its own window, also where single precision cannot tell its bounds from itself', async ({ render }) => {
  // The sums grow to millions, where the distance of two numbers is more than this radius.
  const columns = picture(256, 3, (x) => [255 * hash(x, 0), 255 * hash(x, 1), 255 * hash(x, 2)]);
  const { data } = await render(counted(200, 0.01, 0.001), columns);
  for (let x = 0; x < 256; x++) expect(data[4 * x]).toBe(1 + 1);
});

test('the variances of all rounds sum to that of sigma', () => {
  for (const iterations of [1, 2, 3, 5]) {
    // A box of half width r has the variance r^2 / 3.
    const variance = Array.from({ length: iterations }, (_, i) => windowRadius(60, i, iterations) ** 2 / 3).reduce((sum, part) => sum + part);
    expect(variance).toBeCloseTo(3600, 1);
  }
});

const FULL_HD = { width: 1920, height: 1080, origin: [0, 0], scale: 1 } as const;

function planOf(looks: readonly Look[], lineKernels: LineKernels = 'serial'): Plan {
  const graph = new FrameGraph(FULL_HD, { lineKernels, subgroups: false });
  const source = graph.external('source', FULL_HD);
  for (const [i, look] of looks.entries()) graph.present(String(i), applyLook(graph, look, { source }), source);
  return makePlan(graph.recording, 16);
}

test('effects with the same sigmas share their passes', () => {
  const sigmas = { sigmaS: 60, sigmaR: 0.07 };
  const looks = [edgePreserving({ ...sigmas, method: 'normalized' }), stylization(sigmas), pencilSketch(sigmas), pencilSketch({ ...sigmas, color: true })];
  const dispatches = planOf(looks).steps.flatMap((step) => (step.kind === 'compute' ? step.shader.label : []));
  const times = (label: string): number => dispatches.filter((other) => other === label).length;
  expect(['passes/domainTransform', 'passes/windowSweep', 'effects/stylization', 'passes/windowSweep?count', 'effects/pencilSketch', 'effects/pencilSketch?colored'].map(times)).toEqual([2, 6, 1, 2, 1, 1]);
});

test('two recursive filters with the same sigmas are one, though they work in place', () => {
  const twice = planOf([edgePreserving(), [edgePreserving(), edgePreserving({ sigmaS: 20 })]]);
  expect(twice.steps.filter((step) => step.kind === 'compute').length).toBe(12);
  expect(planOf([edgePreserving(), edgePreserving({ iterations: 2 })]).steps.filter((step) => step.kind === 'compute').length).toBe(6 + 4);
});

test.for([
  ['serial', edgePreserving(), 33.2e6],
  ['block', edgePreserving(), 33.2e6],
  ['serial', edgePreserving({ method: 'normalized' }), 49.8e6],
  ['block', edgePreserving({ method: 'normalized' }), 66.4e6],
  ['serial', edgePreserving({ method: 'interpolated' }), 83e6],
  ['block', edgePreserving({ method: 'interpolated' }), 83e6],
  ['serial', stylization(), 49.8e6],
  ['block', stylization(), 83e6],
  ['serial', pencilSketch(), 33.2e6],
] as const)('bytes of a frame at 1920x1080: %s kernels, %j', ([lineKernels, look, bytes]) => {
  expect(planOf([look], lineKernels).bytes / bytes).toBeCloseTo(1, 2);
});

test('a picture that is all one value counts its whole lines', async ({ render }) => {
  const painted = await render(counted(200, 0.4), flat(31, 47, [5, 5, 5]));
  expect(texel(painted, 0, 0)[0]).toBe(31 + 47);
  expect(texel(painted, 30, 46)[0]).toBe(31 + 47);
});

test('a guide of another size is refused', () => {
  const graph = new FrameGraph(FULL_HD);
  const source = graph.external('source', FULL_HD);
  const guide = graph.texture('rgba8unorm', { width: 960, height: 540 });
  for (const filter of [recursiveFilter, normalizedConvolution, interpolatedConvolution]) {
    expect(() => filter(graph, source, { sigmaS: 60, sigmaR: 0.4, iterations: 3, guide })).toThrow('the guide is 960x540, must be 1920x1080 as the source');
  }
});
