import type { Engine } from './engine.ts';

const STAMPS = 2;
const STAMP_BYTES = BigUint64Array.BYTES_PER_ELEMENT;
const NANOSECONDS = 1e6;

/**
 * Takes the GPU's time at the beginning and end of each pass of one run. The device must have `timestamp-query`.
 * Owns: a query set, one buffer for its values and one to read them. Borrows: the engine.
 */
export class PassTimer {
  readonly #engine: Engine;
  readonly #querySet: GPUQuerySet;
  readonly #values: GPUBuffer;
  readonly #staging: GPUBuffer;
  /** The steps that ran, in order. */
  readonly #steps: number[] = [];

  constructor(engine: Engine, passes: number) {
    const { device, account } = engine;
    const count = STAMPS * passes;
    this.#engine = engine;
    this.#querySet = device.handle.createQuerySet({ label: 'atelier pass times', type: 'timestamp', count });
    device.counters.created++;
    account.trace?.made('query set', this.#querySet, 'atelier pass times');
    this.#values = this.#createBuffer('atelier pass times', count, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC);
    this.#staging = this.#createBuffer('atelier pass times, read', count, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  #createBuffer(label: string, count: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const { device, account } = this.#engine;
    const buffer = device.createBuffer({ label, size: count * STAMP_BYTES, usage });
    account.lease('staging', buffer.size);
    account.trace?.made('buffer', buffer, label, buffer.size, 'staging');
    return buffer;
  }

  /** What to begin the pass of a step with. */
  describe(step: number): { readonly timestampWrites: GPUComputePassTimestampWrites & GPURenderPassTimestampWrites } {
    const at = STAMPS * (this.#steps.push(step) - 1);
    return { timestampWrites: { querySet: this.#querySet, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 } };
  }

  /** Records the copy of the times behind the run. */
  copy(encoder: GPUCommandEncoder): void {
    const count = STAMPS * this.#steps.length;
    if (count === 0) return;
    encoder.resolveQuerySet(this.#querySet, 0, count, this.#values, 0);
    encoder.copyBufferToBuffer(this.#values, 0, this.#staging, 0, count * STAMP_BYTES);
  }

  /** Waits for the GPU and gives the steps that ran with their milliseconds, once the encoder was submitted. */
  async times(): Promise<{ readonly step: number; readonly milliseconds: number }[]> {
    await this.#engine.device.race(this.#staging.mapAsync(GPUMapMode.READ));
    const stamps = new BigUint64Array(this.#staging.getMappedRange());
    // A GPU that resets its clock between two stamps gives nonsense, which is no time at all.
    return this.#steps.map((step, i) => ({ step, milliseconds: Math.max(0, Number((stamps[STAMPS * i + 1] as bigint) - (stamps[STAMPS * i] as bigint)) / NANOSECONDS) }));
  }

  /** Destroys what it made. */
  destroy(): void {
    const { device, account } = this.#engine;
    if (!device.alive) return;
    for (const buffer of [this.#values, this.#staging]) {
      account.lease('staging', -buffer.size);
      buffer.destroy();
      account.trace?.ended(buffer);
    }
    this.#querySet.destroy();
    account.trace?.ended(this.#querySet);
    // The two buffers and the query set.
    device.forget(3);
  }
}
