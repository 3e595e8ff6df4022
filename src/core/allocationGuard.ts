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
  #open = false;

  constructor(device: GPUDevice, validation: Validation) {
    this.#device = device;
    this.#validation = validation;
  }

  /** Begins work in one task: from here to {@link end} nothing waits. */
  begin(): void {
    this.#begun = true;
    if (this.#validation === 'full') this.#openScopes();
  }

  /** Says that something is about to be allocated. */
  note(): void {
    if (this.#begun && !this.#open && this.#validation === 'alloc') this.#openScopes();
  }

  /** Validation inside: whatever uses a texture without memory is invalid too, and only the cause is of interest. */
  #openScopes(): void {
    this.#device.pushErrorScope('out-of-memory');
    this.#device.pushErrorScope('validation');
    this.#open = true;
  }

  /** Ends the work; resolves with what the GPU refused of it. `undefined` at once where nothing was asked. */
  end(): Promise<GpuFault | undefined> | undefined {
    const wasOpen = this.#open;
    this.#begun = false;
    this.#open = false;
    return wasOpen ? this.#closeScopes() : undefined;
  }

  async #closeScopes(): Promise<GpuFault | undefined> {
    const [invalid, memory] = await Promise.all([this.#device.popErrorScope(), this.#device.popErrorScope()]);
    if (memory !== null) return { kind: 'out-of-memory', message: memory.message };
    return invalid === null ? undefined : { kind: 'validation', message: invalid.message };
  }
}
