import type { Device } from './device.ts';
import type { MemoryAccount } from './memoryAccount.ts';
import { Pool, type Lease, type Pooled, type PoolLimits } from './pool.ts';

/** What a pooled buffer is asked for. */
export interface BufferKey {
  readonly bytes: number;
  readonly usage: GPUBufferUsageFlags;
}

/** A pooled buffer. */
export interface PooledBuffer extends Pooled {
  readonly buffer: GPUBuffer;
}

export type BufferLease = Lease<PooledBuffer>;
export type BufferPool = Pool<BufferKey, PooledBuffer>;

const SMALL_BUFFER = 65536;

/** The size a request is rounded up to: a power of two while small, then a multiple of 256. */
export function bufferBytes({ bytes }: Pick<BufferKey, 'bytes'>): number {
  return bytes <= SMALL_BUFFER ? 2 ** Math.ceil(Math.log2(Math.max(256, bytes))) : Math.ceil(bytes / 256) * 256;
}

/** The key as text, to look free buffers up by. */
export function bufferKey(key: BufferKey): string {
  return `${bufferBytes(key)} ${key.usage}`;
}

/** Makes the pool of all buffers of a studio. */
export function createBufferPool(device: Device, account: MemoryAccount, limits: PoolLimits): BufferPool {
  return new Pool(
    {
      name: 'buffer pool',
      keyOf: bufferKey,
      familyOf: (key: BufferKey) => `${key.usage}`,
      bytesOf: bufferBytes,
      create(key: BufferKey, id: number): PooledBuffer {
        const bytes = bufferBytes(key);
        const label = `atelier buffer ${bytes} B #${id}`;
        return { id, label, bytes, buffer: device.createBuffer({ label, size: bytes, usage: key.usage }) };
      },
      destroy({ buffer }: PooledBuffer): void {
        buffer.destroy();
        device.forget(1);
      },
    },
    account,
    limits,
  );
}
