/** How a call of WebGPU can fail: it throws, gives nothing, gets no memory, or the device is lost just before it. */
export type FaultKind = 'throw' | 'null' | 'memory' | 'loss';

interface Patched {
  readonly owner: object;
  readonly name: string;
  readonly original: (...given: unknown[]) => unknown;
}

/** What the library asks of WebGPU, but for ending things. */
function calls(): readonly (readonly [owner: object, ...names: string[]])[] {
  return [
    [GPUDevice.prototype, 'createTexture', 'createBuffer', 'createQuerySet', 'createBindGroup', 'createBindGroupLayout', 'createPipelineLayout', 'createShaderModule', 'createSampler', 'createCommandEncoder', 'createComputePipelineAsync', 'createRenderPipelineAsync', 'pushErrorScope'],
    [GPUTexture.prototype, 'createView'],
    [GPUQueue.prototype, 'submit', 'writeBuffer', 'writeTexture'],
    [GPUCommandEncoder.prototype, 'beginComputePass', 'beginRenderPass', 'clearBuffer', 'copyTextureToBuffer', 'copyBufferToBuffer', 'resolveQuerySet', 'finish'],
    [GPUComputePassEncoder.prototype, 'setPipeline', 'setBindGroup', 'dispatchWorkgroups', 'end'],
    [GPURenderPassEncoder.prototype, 'setPipeline', 'setBindGroup', 'draw', 'end'],
    [GPUBuffer.prototype, 'mapAsync', 'getMappedRange'],
  ];
}

const GIVES_NOTHING_BY_NATURE: ReadonlySet<string> = new Set(['submit', 'writeBuffer', 'writeTexture', 'clearBuffer', 'copyTextureToBuffer', 'copyBufferToBuffer', 'resolveQuerySet', 'setPipeline', 'setBindGroup', 'dispatchWorkgroups', 'end', 'draw', 'pushErrorScope', 'mapAsync']);
const ALLOCATES: ReadonlySet<string> = new Set(['createTexture', 'createBuffer']);

/**
 * Counts the calls of WebGPU that can fail in a way, and lets one or some of them fail. It stands between the library and the API of the process: one at a time.
 * Owns: its patches of the API's prototypes, until `restore()`.
 */
export class FaultyGpu {
  readonly #kind: FaultKind;
  readonly #at: (call: number) => boolean;
  readonly #patched: Patched[] = [];
  #devices: readonly GPUDevice[] = [];
  readonly #scopes: unknown[] = [];
  #refusedMemory = false;
  /** How many calls were seen that can fail so. */
  count = 0;
  /** The name of the call that failed. */
  failed: string | undefined;

  /** @param at - which of the calls that can fail so do, counted from 1 */
  constructor(kind: FaultKind, at: number | ((call: number) => boolean)) {
    this.#kind = kind;
    this.#at = typeof at === 'number' ? (call) => call === at : at;
    for (const [owner, ...names] of calls()) for (const name of names) this.#patch(owner, name);
    const tellsOfMemory = (): boolean => this.#tellsOfMemory();
    this.#replace(GPUDevice.prototype, 'popErrorScope', (original) =>
      async function (this: GPUDevice): Promise<GPUError | null> {
        const tells = tellsOfMemory();
        const error = (await original.call(this)) as GPUError | null;
        return tells ? new GPUOutOfMemoryError('refused by the test') : error;
      });
  }

  /** The devices that a loss ends. */
  watch(...devices: readonly GPUDevice[]): void {
    this.#devices = devices;
  }

  #replace(owner: object, name: string, make: (original: Patched['original']) => Patched['original']): void {
    const original = (owner as Record<string, Patched['original']>)[name] as Patched['original'];
    this.#patched.push({ owner, name, original });
    (owner as Record<string, unknown>)[name] = make(original);
  }

  /** Whether the scope that is closed now is the one that tells of refused memory. */
  #tellsOfMemory(): boolean {
    const tells = this.#scopes.pop() === 'out-of-memory' && this.#refusedMemory;
    if (tells) this.#refusedMemory = false;
    return tells;
  }

  #patch(owner: object, name: string): void {
    const called = (given: unknown[], call: () => unknown): unknown => {
      if (name === 'pushErrorScope') this.#scopes.push(given[0]);
      return this.#fails(name) ? this.#fail(name, call) : call();
    };
    this.#replace(owner, name, (original) =>
      function (this: unknown, ...given: unknown[]): unknown {
        return called(given, () => original.apply(this, given));
      });
  }

  #fails(name: string): boolean {
    if (this.#kind === 'null' && GIVES_NOTHING_BY_NATURE.has(name)) return false;
    if (this.#kind === 'memory' && !ALLOCATES.has(name)) return false;
    return this.#at(++this.count);
  }

  #fail(name: string, call: () => unknown): unknown {
    this.failed = name;
    const isPromise = name.endsWith('Async');
    if (this.#kind === 'throw') {
      if (isPromise) return Promise.reject(new Error(`${name} was refused by the test`));
      throw new Error(`${name} was refused by the test`);
    }
    if (this.#kind === 'null') return isPromise ? Promise.resolve(null) : null;
    if (this.#kind === 'loss') {
      for (const device of this.#devices) device.destroy();
      return call();
    }
    // What got no memory is there and cannot be used.
    const made = call() as GPUTexture | GPUBuffer;
    made.destroy();
    this.#refusedMemory = true;
    return made;
  }

  restore(): void {
    for (const { owner, name, original } of this.#patched) (owner as Record<string, unknown>)[name] = original;
  }
}
