import type { Device } from './device.ts';
import type { MemoryAccount } from './memoryAccount.ts';
import { freshId } from './pool.ts';

/** Dynamic offsets must be multiples of this on every device. */
export const UNIFORM_STEP = 256;
const FIRST_BYTES = 65536;

/** A part of the ring that one frame's passes read from. */
export interface UniformSlice {
  /** The id of the ring's buffer at that time. */
  readonly ring: number;
  readonly offset: number;
  readonly bytes: number;
}

/**
 * One buffer that all uniforms of all frames are written to. The queue keeps order, so the slice of a submitted frame can be
 * overwritten at once; only slices of encoders that their owner has not submitted yet are kept apart.
 * Owns: the buffer. Borrows: the device and the account.
 */
export class UniformRing {
  readonly #device: Device;
  readonly #account: MemoryAccount;
  readonly #pinned = new Set<UniformSlice>();
  #outgrown: GPUBuffer[] = [];
  #buffer: GPUBuffer | undefined;
  #size = 0;
  /** Changes whenever the buffer does: a bind group made for another id is stale. */
  id = 0;

  constructor(device: Device, account: MemoryAccount) {
    this.#device = device;
    this.#account = account;
  }

  get buffer(): GPUBuffer {
    if (this.#buffer === undefined) this.#grow(FIRST_BYTES);
    return this.#buffer as GPUBuffer;
  }

  /** Writes `bytes` to a free part of the ring and returns where. */
  write(bytes: Uint8Array<ArrayBuffer>): number {
    const offset = this.#place(bytes.byteLength);
    this.#device.writeBuffer(this.buffer, offset, bytes);
    return offset;
  }

  /** Bytes that the ring becomes larger by where a frame writes so many. */
  growthFor(bytes: number): number {
    return this.#offsetFor(bytes) === undefined ? sizeFor(bytes) : 0;
  }

  /** The lowest offset at which no pinned slice lies. */
  #place(bytes: number): number {
    const offset = this.#offsetFor(bytes);
    if (offset === undefined) this.#grow(sizeFor(bytes));
    return offset ?? 0;
  }

  #offsetFor(bytes: number): number | undefined {
    let offset = 0;
    for (const slice of this.#pinned) if (slice.ring === this.id) offset = Math.max(offset, slice.offset + slice.bytes);
    return offset + bytes <= this.#size ? offset : undefined;
  }

  /** Keeps a slice from being overwritten until it is unpinned. */
  pin(slice: UniformSlice): void {
    this.#pinned.add(slice);
  }

  unpin(slice: UniformSlice): void {
    this.#pinned.delete(slice);
    if (this.#pinned.size === 0) this.#endOutgrown();
  }

  /** Makes the next write allocate anew, because the buffer there is may have got no memory. */
  renew(): void {
    if (this.#buffer !== undefined) this.#outgrown.push(this.#buffer);
    this.#buffer = undefined;
    this.#size = 0;
    if (this.#pinned.size === 0) this.#endOutgrown();
  }

  /** The old buffer stays until nothing that is still to be submitted can name it. */
  #grow(bytes: number): void {
    const grown = this.#device.createBuffer({ label: 'atelier uniform ring', size: bytes, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
    if (this.#buffer !== undefined) this.#outgrown.push(this.#buffer);
    this.#buffer = grown;
    this.#account.lease('uniforms', bytes);
    this.#account.trace?.made('buffer', this.#buffer, this.#buffer.label, bytes, 'uniforms');
    this.#size = bytes;
    this.id = freshId();
    if (this.#pinned.size === 0) this.#endOutgrown();
  }

  #endOutgrown(): void {
    for (const buffer of this.#outgrown) this.#end(buffer);
    this.#outgrown = [];
  }

  #end(buffer: GPUBuffer): void {
    this.#account.lease('uniforms', -buffer.size);
    this.#device.forget(1);
    buffer.destroy();
    this.#account.trace?.ended(buffer);
  }

  /** Forgets the buffers of a lost device. */
  abandon(): void {
    for (const buffer of [...this.#outgrown, ...(this.#buffer === undefined ? [] : [this.#buffer])]) {
      this.#account.lease('uniforms', -buffer.size);
      this.#account.trace?.ended(buffer);
    }
    this.#outgrown = [];
    this.#buffer = undefined;
    this.#size = 0;
  }

  destroy(): void {
    this.#endOutgrown();
    if (this.#buffer !== undefined) this.#end(this.#buffer);
    this.#buffer = undefined;
    this.#size = 0;
  }
}

function sizeFor(bytes: number): number {
  return Math.max(FIRST_BYTES, 2 ** Math.ceil(Math.log2(bytes * 2)));
}
