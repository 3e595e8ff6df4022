import { describe, expect, test } from 'vitest';
import accumulate from '../../support/kernels/accumulate.wgsl';
import add from '../../support/kernels/add.wgsl';
import constant from '../../support/kernels/constant.wgsl';
import derived from '../../support/kernels/derived.wgsl';
import offset from '../../support/kernels/offset.wgsl';
import offsetHalf from '../../support/kernels/offset.wgsl?rgba16float';
import shown from '../../support/kernels/shown.wgsl';
import { ParameterError } from '../../../src/core/errors.ts';
import { FrameGraph, type BufferHandle, type TextureHandle } from '../../../src/core/frameGraph.ts';
import { makePlan, type Plan } from '../../../src/core/plan.ts';

const FRAME = { width: 20, height: 10, origin: [0, 0], scale: 1 } as const;
const RGBA8 = 20 * 10 * 4;

function plan(record: (graph: FrameGraph, source: TextureHandle) => TextureHandle): Plan {
  const graph = new FrameGraph(FRAME);
  const source = graph.external('source', FRAME);
  graph.present('result', record(graph, source), source);
  return makePlan(graph.recording, 64);
}

const move = (graph: FrameGraph, source: TextureHandle, amount: number): TextureHandle => graph.compute(offset, { inputs: { source }, params: { amount } });
const sum = (graph: FrameGraph, a: TextureHandle, b: TextureHandle): TextureHandle => graph.compute(add, { inputs: { a, b } });
const computeSteps = ({ steps }: Plan): number => steps.filter(({ kind }) => kind === 'compute').length;

describe('a plan', () => {
  test('drops passes whose results nobody reads', () => {
    const made = plan((graph, source) => {
      const unread = move(graph, source, 0.5);
      move(graph, unread, 0.25);
      return move(graph, source, 0.1);
    });
    expect(computeSteps(made)).toBe(1);
    expect(made.bytes).toBe(RGBA8);
  });

  test('merges passes with the same kernel, inputs and parameters, through chains of them', () => {
    const made = plan((graph, source) => sum(graph, move(graph, move(graph, source, 0.1), 0.2), move(graph, move(graph, source, 0.1), 0.2)));
    expect(computeSteps(made)).toBe(3);
  });

  test('keeps passes apart that differ in a parameter, a format or an input', () => {
    expect(computeSteps(plan((graph, source) => sum(graph, move(graph, source, 0.1), move(graph, source, 0.2))))).toBe(3);
    expect(computeSteps(plan((graph, source) => sum(graph, move(graph, source, 0.1), graph.compute(offsetHalf, { inputs: { source }, params: { amount: 0.1 } }))))).toBe(3);
  });

  describe('merges what is done to buffers', () => {
    const total = (graph: FrameGraph, ...amounts: number[]): BufferHandle => {
      const buffer = graph.buffer(256, { clear: true });
      for (const amount of amounts) graph.computeAll(accumulate, { inputs: { total: buffer }, params: { amount }, size: { width: 1, height: 1 } });
      return buffer;
    };
    const show = (graph: FrameGraph, buffer: BufferHandle): TextureHandle => graph.compute(shown, { inputs: { total: buffer } });

    test('where all of it is the same', () => {
      const made = plan((graph) => sum(graph, show(graph, total(graph, 1, 2)), show(graph, total(graph, 1, 2))));
      expect(computeSteps(made)).toBe(2 + 1 + 1);
      expect(made.bytes).toBe(2 * RGBA8 + 256);
    });

    test('and not where it goes on differently', () => {
      const made = plan((graph) => sum(graph, show(graph, total(graph, 1, 2)), show(graph, total(graph, 1, 3))));
      expect(computeSteps(made)).toBe(2 + 1 + 2 + 1 + 1);
      expect(made.bytes).toBe(3 * RGBA8 + 2 * 256);
    });

    test('and not where what is kept of one buffer reads another half way', () => {
      const made = plan((graph) => {
        const [a, b, c, d] = [0, 1, 2, 3].map(() => graph.buffer(256, { clear: true })) as [BufferHandle, BufferHandle, BufferHandle, BufferHandle];
        const add = (total: BufferHandle, amount: number): unknown => graph.computeAll(accumulate, { inputs: { total }, params: { amount }, size: { width: 1, height: 1 } });
        const derive = (total: BufferHandle, other: BufferHandle): unknown => graph.computeAll(derived, { inputs: { total, other }, size: { width: 1, height: 1 } });
        add(a, 1);
        derive(a, b);
        add(a, 2);
        add(c, 1);
        derive(c, d);
        add(c, 2);
        // Only by this the other two are not the same as the first two.
        add(d, 7);
        return sum(graph, sum(graph, show(graph, a), show(graph, b)), sum(graph, show(graph, c), show(graph, d)));
      });
      const writes = new Map<number, number>();
      const halfWay: (number | undefined)[] = [];
      for (const step of made.steps) {
        if (step.kind !== 'compute') continue;
        const [first, second] = step.bound.filter((place) => place >= 0) as [number, number];
        if (step.shader === accumulate) writes.set(first, (writes.get(first) ?? 0) + 1);
        if (step.shader === derived) halfWay.push(writes.get(first));
        expect(second).not.toBe(first);
      }
      expect(halfWay).toEqual([1, 1]);
    });

    test('and not where something reads it half way', () => {
      const made = plan((graph) => {
        const first = show(graph, total(graph, 1, 2));
        const other = total(graph, 1);
        const halfWay = show(graph, other);
        graph.computeAll(accumulate, { inputs: { total: other }, params: { amount: 2 }, size: { width: 1, height: 1 } });
        return sum(graph, sum(graph, first, halfWay), show(graph, other));
      });
      // The second half of the other is the same as the first's, so nobody needs it.
      expect(made.steps.filter((step) => step.kind === 'compute' && step.shader === accumulate).length).toBe(2 + 1);
      expect(made.places.filter((place) => place.kind === 'buffer').length).toBe(2);
    });
  });

  test('lets textures share memory when their lives are apart: a chain of ten needs two', () => {
    const made = plan((graph, source) => Array.from({ length: 10 }).reduce<TextureHandle>((handle, _, i) => move(graph, handle, i / 20), source));
    expect(computeSteps(made)).toBe(10);
    expect(made.bytes).toBe(2 * RGBA8);
  });

  test('never lets a pass write what it reads, nor what a later pass still reads', () => {
    const made = plan((graph, source) => {
      const kept = move(graph, source, 0.1);
      const far = move(graph, move(graph, move(graph, kept, 0.2), 0.3), 0.4);
      return sum(graph, kept, far);
    });
    for (const step of made.steps) {
      if (step.kind === 'compute') expect(new Set(step.bound.filter((place) => place >= 0)).size).toBe(step.bound.filter((place) => place >= 0).length);
    }
    const [first] = made.steps;
    const last = made.steps.findLast(({ kind }) => kind === 'compute');
    const keptPlace = first?.kind === 'compute' ? first.bound[2] : undefined;
    expect(last?.kind === 'compute' && last.bound.slice(0, 2)).toContain(keptPlace);
    const writers = made.steps.filter((step) => step.kind === 'compute' && step.bound.at(-1) === keptPlace);
    expect(writers).toHaveLength(1);
  });

  test('does not share across formats, and counts both', () => {
    const made = plan((graph, source) => move(graph, graph.compute(offsetHalf, { inputs: { source }, params: { amount: 0 } }), 0.1));
    expect(made.bytes).toBe(RGBA8 + 2 * RGBA8);
  });

  test('has one signature for all values of a parameter, and another for other passes', () => {
    const chain = (...amounts: number[]): Plan => plan((graph, source) => amounts.reduce<TextureHandle>((handle, amount) => move(graph, handle, amount), source));
    expect(chain(0.1, 0.2).signature).toBe(chain(0.3, 0.4).signature);
    expect(chain(0.1, 0.2).uniforms).not.toEqual(chain(0.3, 0.4).uniforms);
    expect(chain(0.1).signature).not.toBe(chain(0.1, 0.2).signature);
  });

  test('refuses to read what nobody wrote', () => {
    expect(() => plan((graph) => move(graph, graph.texture('rgba8unorm'), 0))).toThrow(ParameterError);
  });

  test('records a baked texture once per key and size, and only where it is read', () => {
    const paper = (graph: FrameGraph): TextureHandle => graph.baked('paper', 'rgba8unorm', FRAME, (into) => graph.compute(constant, { into, params: { color: [1, 1, 1, 1] } }));
    expect(computeSteps(plan((graph, source) => sum(graph, paper(graph), sum(graph, paper(graph), source))))).toBe(3);
    expect(computeSteps(plan((graph, source) => (paper(graph), move(graph, source, 0.1))))).toBe(1);
  });
});

describe('recording', () => {
  const graph = new FrameGraph(FRAME);
  const source = graph.external('source', FRAME);

  test('names the kernel and the names it has when an input or parameter does not fit', () => {
    expect(() => graph.compute(offset, { inputs: {}, params: { amount: 0 } })).toThrow('outside/offset: input "source" is missing');
    expect(() => graph.compute(offset, { inputs: { source, mask: source }, params: { amount: 0 } })).toThrow('there is no input "mask"; it has source');
    expect(() => graph.compute(offset, { inputs: { source }, params: {} })).toThrow('params.amount is missing');
    expect(() => graph.compute(offset, { inputs: { source }, params: { amount: 0, more: 1 } })).toThrow('there is no field of params "more"; it has amount');
    expect(() => graph.compute(offset, { inputs: { source }, params: { amount: Number.NaN } })).toThrow('params.amount is NaN, must be finite');
    expect(() => graph.compute(offset, { inputs: { source }, params: { amount: 0 }, into: graph.texture('r32float') })).toThrow('output "output" is rgba8unorm, but the texture to write into is r32float');
    expect(() => graph.compute(offset, { inputs: { source: graph.buffer(4) }, params: { amount: 0 } })).toThrow('is a buffer, must be a texture');
  });

  test('refuses to read and write one texture in a pass', () => {
    const both = graph.texture('rgba8unorm');
    expect(() => graph.compute(offset, { inputs: { source: both }, into: both, params: { amount: 0 } })).toThrow('read and write the same texture');
  });

  test('measures lengths against the long side', () => {
    expect(graph.unit(10)).toBe(2);
    expect(graph.sizeOf(source)).toEqual({ width: 20, height: 10 });
  });
});

test('a step knows the targets it serves, shared steps all of theirs', () => {
  const graph = new FrameGraph(FRAME);
  const source = graph.external('source', FRAME);
  const shared = move(graph, source, 0.1);
  graph.present('left', move(graph, shared, 0.2), source);
  graph.present('right', shared, source);
  const { steps } = makePlan(graph.recording, 64);
  expect(steps.map((step) => (step.kind === 'compute' ? [...step.serves].sort() : step.target))).toEqual([['left', 'right'], ['left'], 'left', 'right']);
});

test('what is kept serves whom it serves a frame later', () => {
  const graph = new FrameGraph(FRAME);
  const source = graph.external('source', FRAME);
  const { previous, current } = graph.history('seen', 'rgba8unorm');
  const moved = move(graph, source, 0.1);
  graph.compute(offset, { inputs: { source: moved }, params: { amount: 0.2 }, into: current });
  graph.present('left', sum(graph, source, previous), source);
  graph.present('right', source, source);
  const { steps } = makePlan(graph.recording, 64);
  expect(steps.flatMap((step) => (step.kind === 'compute' ? [step.serves] : []))).toEqual([['left'], ['left'], ['left']]);
});
