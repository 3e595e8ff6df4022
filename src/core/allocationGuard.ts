/**
 * How much the GPU is asked whether it did what it was told. `off`: never. `alloc`: in frames that allocate, which are the first ones and those after a
 * change of size; the others cost nothing. `full`: in every frame, which costs some 20 microseconds each.
 */
export type Validation = 'off' | 'alloc' | 'full';
/** Every {@link Validation}. */
export const VALIDATIONS: readonly Validation[] = ['off', 'alloc', 'full'];

/** What the GPU refused, found out some time after it was told. */
export interface GpuFault {
  readonly kind: 'out-of-memory' | 'validation';
  readonly message: string;
}

/**
 * Error scopes around work that allocates. WebGPU grants every texture at once and says later, only to whoever asked, that there was no memory for it.
 * Owns: nothing that lasts. Borrows: the device.
 */
export class AllocationGuard {
  readonly #device: GPUDevice;
  readonly #validation: Validation;
  #begun = false;
  /** How many scopes are. */
  #open = 0;
  #unanswered = 0;

  constructor(device: GPUDevice, validation: Validation) {
    this.#device = device;
    this.#validation = validation;
  }

  /** Begins work in one task: from here to {@link end} nothing waits. */
  begin(): void {
    this.#begun = true;
    // Until it is known whether there was memory, later work may use what has none.
    if (this.#validation === 'full' || (this.#validation === 'alloc' && this.#unanswered > 0)) this.#openScopes();
  }

  /** Says that something is about to be allocated. */
  note(): void {
    if (this.#begun && this.#open === 0 && this.#validation === 'alloc') this.#openScopes();
  }

  /** Validation inside: whatever uses a texture without memory is invalid too, and only the cause is of interest. */
  #openScopes(): void {
    this.#device.pushErrorScope('out-of-memory');
    this.#open++;
    this.#device.pushErrorScope('validation');
    this.#open++;
  }

  /** Ends the work; resolves with what the GPU refused of it. `undefined` at once where nothing was asked. */
  end(): Promise<GpuFault | undefined> | undefined {
    const open = this.#open;
    this.#begun = false;
    this.#open = 0;
    return open > 0 ? this.#closeScopes(open) : undefined;
  }

  async #closeScopes(open: number): Promise<GpuFault | undefined> {
    this.#unanswered++;
    const [invalid, memory] = await Promise.all([open > 1 ? this.#device.popErrorScope() : null, this.#device.popErrorScope()]).finally(() => this.#unanswered--);
    if (memory !== null) return { kind: 'out-of-memory', message: memory.message };
    return invalid === null ? undefined : { kind: 'validation', message: invalid.message };
  }
}
