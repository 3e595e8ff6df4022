import { refused } from './device.ts';
import type { Engine } from './engine.ts';

const STAMPS = 2;
const STAMP_BYTES = BigUint64Array.BYTES_PER_ELEMENT;
const NANOSECONDS = 1e6;
const LABEL = 'atelier pass times';

/**
 * Takes the GPU's time at the beginning and end of each pass of one run. The device must have `timestamp-query`.
 * Owns: a query set, one buffer for its values and one to read them. Borrows: the engine.
 */
export class PassTimer {
  readonly #engine: Engine;
  readonly #made: (GPUQuerySet | GPUBuffer)[] = [];
  readonly #querySet: GPUQuerySet;
  readonly #values: GPUBuffer;
  readonly #staging: GPUBuffer;
  /** The steps that ran, in order. */
  readonly #steps: number[] = [];

  constructor(engine: Engine, passes: number) {
    this.#engine = engine;
    const count = STAMPS * passes;
    engine.temporaries.add(this);
    try {
      this.#querySet = engine.device.createQuerySet({ label: LABEL, type: 'timestamp', count });
      this.#made.push(this.#querySet);
      engine.account.trace?.made('query set', this.#querySet, LABEL);
      this.#values = this.#createBuffer(count, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC);
      this.#staging = this.#createBuffer(count, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
    } catch (error) {
      this.destroy();
      throw error;
    }
  }

  #createBuffer(count: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const { device, account } = this.#engine;
    const buffer = device.createBuffer({ label: LABEL, size: count * STAMP_BYTES, usage });
    this.#made.push(buffer);
    account.lease('staging', buffer.size);
    account.trace?.made('buffer', buffer, LABEL, buffer.size, 'staging');
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
    try {
      encoder.resolveQuerySet(this.#querySet, 0, count, this.#values, 0);
      encoder.copyBufferToBuffer(this.#values, 0, this.#staging, 0, count * STAMP_BYTES);
    } catch (cause) {
      throw refused('to copy the times of passes', cause);
    }
  }

  /** Waits for the GPU and gives the steps that ran with their milliseconds, once the encoder was submitted. */
  async times(): Promise<{ readonly step: number; readonly milliseconds: number }[]> {
    const stamps = await this.#read();
    // A GPU that resets its clock between two stamps gives nonsense, which is no time at all.
    return this.#steps.map((step, i) => ({ step, milliseconds: Math.max(0, Number((stamps[STAMPS * i + 1] as bigint) - (stamps[STAMPS * i] as bigint)) / NANOSECONDS) }));
  }

  async #read(): Promise<BigUint64Array> {
    try {
      await this.#engine.device.race(this.#staging.mapAsync(GPUMapMode.READ));
      return new BigUint64Array(this.#staging.getMappedRange());
    } catch (cause) {
      throw refused('mapAsync', cause);
    }
  }

  /** Destroys what it made. A second call does nothing. */
  destroy(): void {
    const { device, account, temporaries } = this.#engine;
    temporaries.delete(this);
    for (const made of this.#made) {
      if ('size' in made) account.lease('staging', -made.size);
      account.trace?.ended(made);
      // What was on a device that is no more went with it.
      if (!device.alive) continue;
      made.destroy();
      device.forget(1);
    }
    this.#made.length = 0;
  }
}
