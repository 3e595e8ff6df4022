import fc from 'fast-check';
import { expect, test } from 'vitest';
import { untilAborted } from '../../../src/core/abort.ts';
import { AtelierError, BudgetError, DecodeError } from '../../../src/core/errors.ts';
import type { Pixels } from '../../../src/io/pixels.ts';
import { openBatch, type BatchItem } from '../../../src/studio/batch.ts';
import type { Pipeline } from '../../../src/studio/pipeline.ts';

/** What becomes of an input: painted, undecodable, failing once for want of memory and then painted, failing so each time, or not to be opened. */
const FATES = ['good', 'broken', 'late', 'hopeless', 'closed'] as const;
type Fate = (typeof FATES)[number];

interface Run {
  readonly fates: readonly Fate[];
  readonly ahead: number;
  /** How many items the loop takes before it leaves, and how. */
  readonly takes: number;
  readonly leaves: 'break' | 'abort' | 'throw';
}

const runs = fc.record<Run>({
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 8 }),
  ahead: fc.nat({ max: 3 }),
  takes: fc.nat({ max: 9 }),
  leaves: fc.constantFrom('break', 'abort', 'throw'),
});

/** Stands for a pipeline whose paintings end in any order. */
class FakePipeline {
  readonly tries = new Map<number, number>();
  painting = 0;
  mostPainting = 0;
  copies = 0;
  readonly #inWork = new Set<Promise<unknown>>();
  readonly #turn: <T>(value: T, label: string) => Promise<T>;

  constructor(turn: <T>(value: T, label: string) => Promise<T>) {
    this.#turn = turn;
  }

  copy(): FakePipeline {
    this.copies++;
    return this;
  }

  read(source: { readonly number: number; readonly fate: Fate }, { signal }: { signal: AbortSignal }): Promise<Pixels> {
    signal.throwIfAborted();
    const painting = this.#paint(source);
    this.#inWork.add(painting);
    void painting.catch(() => {}).finally(() => this.#inWork.delete(painting));
    return untilAborted(painting, signal);
  }

  async #paint({ number, fate }: { readonly number: number; readonly fate: Fate }): Promise<Pixels> {
    this.tries.set(number, (this.tries.get(number) ?? 0) + 1);
    this.mostPainting = Math.max(this.mostPainting, ++this.painting);
    await this.#turn(undefined, `painting ${number}`);
    this.painting--;
    if (fate === 'broken') throw new DecodeError('no picture');
    if (fate === 'hopeless' || (fate === 'late' && this.tries.get(number) === 1)) throw new BudgetError('no room now');
    return { data: new Uint8ClampedArray(4).fill(number), width: 1, height: 1 };
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#inWork);
  }

  destroy(): void {
    this.copies--;
  }

  trim(): void {}
  assertUsable(): void {}
}

test('whatever becomes of the inputs, in whatever order paintings end and however the loop is left', async () => {
  await fc.assert(
    fc.asyncProperty(runs, fc.scheduler(), async ({ fates, ahead, takes, leaves }, scheduler) => {
      const turn = <T>(value: T, label: string): Promise<T> => scheduler.schedule(Promise.resolve(value), label);
      const pipeline = new FakePipeline(turn);
      let [opened, closed, ended] = [0, 0, 0];
      function* inputs(): Generator<() => Promise<object>> {
        try {
          for (const [number, fate] of fates.entries()) {
            yield async () => {
              opened++;
              await turn(undefined, `opening ${number}`);
              if (fate === 'closed') {
                opened--;
                throw new Error('there is no such file');
              }
              return { number, fate, close: () => closed++ };
            };
          }
        } finally {
          ended++;
        }
      }
      const stop = new AbortController();
      const items: BatchItem<unknown, unknown>[] = [];
      const progress: number[] = [];
      const looped = (async () => {
        const batch = openBatch(inputs() as never, pipeline as unknown as Pipeline<string>, { ahead, signal: stop.signal, onProgress: ({ done }) => progress.push(done) });
        for await (const item of batch) {
          items.push(item);
          // Nothing is begun that was not asked for.
          expect(pipeline.tries.size).toBeLessThanOrEqual(items.length + ahead);
          if (items.length < takes) continue;
          if (leaves === 'break') break;
          if (leaves === 'throw') throw new Error('enough');
          stop.abort(new Error('enough'));
        }
      })();
      const left = looped.then(() => 'done', (error: unknown) => String(error));
      await scheduler.waitFor(left);
      await scheduler.waitFor(pipeline.settled());
      const isCut = Math.max(takes, 1) <= fates.length;
      expect(await left).toBe(isCut && leaves !== 'break' ? 'Error: enough' : 'done');
      const count = isCut ? Math.max(takes, 1) : fates.length;
      expect(items.map(({ index }) => index)).toEqual([...fates.keys()].slice(0, count));
      expect(progress).toEqual(items.map((_, i) => i + 1));
      for (const [i, { outputs, error }] of items.entries()) {
        const fate = fates[i] as Fate;
        expect(outputs === undefined ? error instanceof AtelierError : (outputs as Pixels).data[0] === i, fate).toBe(fate !== 'closed');
        expect(outputs !== undefined, fate).toBe(fate === 'good' || fate === 'late');
        expect(pipeline.tries.get(i) ?? 0, fate).toBe({ good: 1, broken: 1, late: 2, hopeless: 2, closed: 0 }[fate]);
      }
      expect(pipeline.mostPainting).toBeLessThanOrEqual(ahead + 1);
      await scheduler.waitIdle();
      expect([pipeline.copies, pipeline.painting, closed], 'nothing is left').toEqual([0, 0, opened]);
      expect(ended).toBe(1);
    }),
    { numRuns: 300, seed: 11 },
  );
});
